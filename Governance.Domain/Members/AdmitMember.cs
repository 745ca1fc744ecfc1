using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>Admits an applicant, or somebody who never had to apply.</summary>
/// <param name="Name">Null for the name of the application.</param>
/// <param name="Placeholder">The name stands for an organisation that no document names; the remark says so.</param>
/// <param name="Territory">Region or territory that it covers; null for that of the application.</param>
public sealed record AdmitMember(
    MemberId Member, MemberName? Name, string? Territory, bool Placeholder, string? Remark, DecisionReference? Decision, EffectiveTime On)
{
    /// <param name="reservation">Of the organisation's name; null for an individual.</param>
    public Decision Decide(Timeline<Member> member, Timeline<MemberNameReservation>? reservation)
    {
        if ((Texts.OptionalName("territory", Territory) ?? Texts.OptionalText("remark", Remark) ?? (Name is null ? null : MemberChecks.Name(Name))) is { } wrong)
            return wrong;
        if (Placeholder && Remark is null)
            return new PlaceholderWithoutRemark();
        switch (member.At(On))
        {
            case Members.Member.Active m when (Name is null || MemberChecks.Same(m.Entry.Name, Name)) && m.Since == On:
                return Kernel.Decision.NoChange;
            case Members.Member.Applicant m:
                return Name is null || MemberChecks.Same(m.Entry.Name, Name)
                    ? Admit(member, reservation, m.Entry.Name, Territory ?? m.Entry.Territory)
                    : new AdmittedUnderAnotherName();
            case Members.Member.Unknown or Members.Member.Refused when Name is null:
                return member.Stands(On);
            case Members.Member.Unknown or Members.Member.Refused:
                return Admit(member, reservation, Name, Territory);
            default:
                return member.Stands(On);
        }
    }

    private Decision Admit(Timeline<Member> member, Timeline<MemberNameReservation>? reservation, MemberName name, string? territory)
    {
        List<Fact> facts = [new(member.Stream, new MemberAdmitted(Member, name, Placeholder, territory, Remark, Decision), On)];
        return (MemberChecks.Reserve(Member, name, reservation, On, facts) ?? member.Refuses(facts)) is { } refused ? refused : Kernel.Decision.Accept(facts);
    }
}
