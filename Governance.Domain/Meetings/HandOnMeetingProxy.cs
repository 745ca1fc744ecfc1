using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>Whoever presides puts a proxy whose holder has left into another hand, where the rule has it so.</summary>
/// <param name="Giver">The mandate whose votes they are.</param>
public sealed record HandOnMeetingProxy(MeetingId Meeting, MandateId Giver, PersonId Holder, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting, MeetingBasis basis)
    {
        if (meeting.Latest is not Meetings.Meeting.Known known || known is Meetings.Meeting.Cancelled or Meetings.Meeting.Closed or Meetings.Meeting.WithoutQuorum)
            return meeting.Latest.Otherwise();
        if (basis.Proxies.Latest.Running(Giver) is not { } running)
            return new MeetingProxyNotFound();
        if (running.Holder == Holder)
            return Decision.NoChange;
        var (ground, giver, refused) = GiveMeetingProxy.Ground(known, basis, Giver, On);
        if (ground is null)
            return refused!;
        if (ground.Rule.Content.HolderLeaves != HolderLeaves.Reassigned)
            return new ReassignmentNotForeseen(ground.Rule.Article);
        if (running.Holder is not { } before || !basis.Sheet.At(On).HasLeft(before))
            return new ProxyHolderStays(ground.Rule.Article);
        var happened = new MeetingProxyHandedOn(Meeting, Giver, Holder);
        return ground.Refuses(ground.Standing(basis.Proxies.Latest.Evolve(happened, On).All, Giver), giver!, received: false) is { } fault
            ? fault
            : Decision.All(basis.Proxies.Accept(On, happened), LateAttendance.Raise(meeting, giver!.Person, On, null, On.Instant));
    }
}
