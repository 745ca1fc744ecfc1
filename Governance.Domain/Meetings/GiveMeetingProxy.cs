using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>Puts the votes of a mandate in a meeting into somebody's hands, or puts a blank proxy given before into one.</summary>
/// <param name="Giver">The mandate whose votes they are.</param>
/// <param name="Holder">Who may cast them; null for a blank proxy.</param>
/// <param name="By">The person who gives it, for an own mandate; null for whoever keeps the records and enters what was received.</param>
/// <param name="Substitute">Who may once the holder has left; null for nobody.</param>
public sealed record GiveMeetingProxy(
    MeetingId Meeting, MandateId Giver, PersonId? Holder, PersonId? By, ProxyForm Form, PersonId? Substitute, EffectiveTime On)
{
    /// <remarks>
    /// What breaks a cap is refused when the giver can still choose somebody else. On paper it was given already: it is
    /// entered, and the rule says what is void.
    /// </remarks>
    public Decision Decide(Timeline<Meeting> meeting, MeetingBasis basis)
    {
        if (meeting.Latest is not Meetings.Meeting.Known known || known is Meetings.Meeting.Cancelled or Meetings.Meeting.Closed or Meetings.Meeting.WithoutQuorum)
            return meeting.Latest.Otherwise();
        var (ground, giver, refused) = Ground(known, basis, Giver, On);
        if (ground is null)
            return refused!;
        if (By is { } by && by != giver!.Person)
            return new MandateOfAnotherPerson();

        var running = basis.Proxies.Latest.Running(Giver);
        if (running is not null && running.Holder == Holder && running.Substitute == Substitute)
            return Decision.NoChange;
        var givesOut = running is { Holder: null } && By is null && Substitute is null && Holder is not null && ground.Rule.Content.Blank == BlankProxies.GivenOut;
        if (running is not null && !givesOut)
            return new ProxyAlreadyGiven();

        IEvent happened = givesOut ? new MeetingProxyHandedOn(Meeting, Giver, Holder!.Value) : new MeetingProxyGiven(Meeting, Giver, Form, Holder, Substitute);
        var next = ground.Standing(basis.Proxies.Latest.Evolve(happened, On).All, Giver);
        var fault = ground.Refuses(next, giver!, By is null && Form != ProxyForm.Platform && !givesOut)
            ?? (Substitute is { } named ? ground.Refuses(next, giver!, named, Holder) : null);
        // Who will preside is not known before the opening.
        return fault is null || (fault is BlankProxyWithoutChair && known is not Meetings.Meeting.Held)
            ? Decision.All(basis.Proxies.Accept(On, happened), LateAttendance.Raise(meeting, giver!.Person, On, null, On.Instant))
            : fault;
    }

    /// <summary>On what a proxy of a meeting is put into a hand: the mandates held now and who is in the room.</summary>
    internal static (ProxyGround? Ground, Elector? Giver, Refusal? Refused) Ground(Meetings.Meeting.Known known, MeetingBasis basis, MandateId mandate, EffectiveTime on)
    {
        var chair = (known as Meetings.Meeting.Held)?.Chair;
        var room = Room.At(known, basis, known.Decision, on.Instant, chair);
        if (room.Kind is not { } kind)
            return (null, null, new GroupDoesNotVote());
        // Judged as if nobody were represented yet.
        List<Elector> electors = [.. room.Electors.Select(e => e.Present == Presence.Represented ? e with { Present = null } : e)];
        return electors.Find(e => e.Mandate == mandate) is { } giver
            ? (new(room.Rules.Proxies(kind, known.Decision), electors, known.Starts, chair, new HashSet<PersonId>()), giver, null)
            : (null, null, new ProxyGiverNoElector());
    }
}
