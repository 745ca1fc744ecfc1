using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

public sealed record RefuseApplication(string Reason, DecisionReference? Decision, EffectiveTime On)
{
    /// <param name="reservation">Of the applicant's name, which becomes free; null for an individual.</param>
    public Decision Decide(Timeline<Member> member, Timeline<MemberNameReservation>? reservation)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        switch (member.At(On))
        {
            case Member.Refused:
                return Kernel.Decision.NoChange;
            case Member.Applicant applicant:
                List<Fact> facts = [new(member.Stream, new MembershipRefused(Reason, Decision), On)];
                if (reservation?.At(On) is MemberNameReservation.Taken taken && taken.By == applicant.Entry.Id)
                    facts.Add(new Fact(reservation.Stream, new MemberNameReleased(taken.By), On));
                return (member.Refuses(facts) ?? reservation?.Refuses(facts)) is { } refused ? refused : Kernel.Decision.Accept(facts);
            default:
                return member.Stands(On);
        }
    }
}
