using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <param name="Territory">Region or territory that the applicant covers.</param>
public sealed record ApplyForMembership(MemberId Member, MemberName Name, string? Territory, EffectiveTime On)
{
    /// <param name="reservation">Of the organisation's name; null for an individual.</param>
    public Decision Decide(Timeline<Member> member, Timeline<MemberNameReservation>? reservation)
    {
        if ((MemberChecks.Name(Name) ?? Texts.OptionalName("territory", Territory)) is { } wrong)
            return wrong;
        var facts = new List<Fact>();
        switch (member.At(On))
        {
            case Members.Member.Applicant m when MemberChecks.Same(m.Entry.Name, Name) && m.Entry.Territory == Territory:
                return Decision.NoChange;
            case Members.Member.Unknown or Members.Member.Refused:
                facts.Add(new Fact(member.Stream, new MembershipRequested(Member, Name, Territory), On));
                return (MemberChecks.Reserve(Member, Name, reservation, On, facts) ?? member.Refuses(facts)) is { } refused ? refused : Decision.Accept(facts);
            default:
                return member.Stands(On);
        }
    }
}
