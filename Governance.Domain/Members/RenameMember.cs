using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

public sealed record RenameMember(MemberName Name, EffectiveTime On)
{
    /// <param name="former">Of the name that the organisation leaves; null for an individual.</param>
    /// <param name="next">Of the name that it takes; null for an individual.</param>
    public Decision Decide(Timeline<Member> member, Timeline<MemberNameReservation>? former, Timeline<MemberNameReservation>? next)
    {
        if (MemberChecks.Name(Name) is { } wrong)
            return wrong;
        // Who was refused has no name in the register to keep.
        if (member.At(On) is Member.Refused || member.At(On).Register is not { } entry)
            return member.Stands(On);
        if (entry.Name == Name)
            return Decision.NoChange;
        if ((entry.Name.Organisation is null) != (Name.Organisation is null) || entry.Name.Individual?.Person != Name.Individual?.Person)
            return new MemberKindChanged();

        List<Fact> facts = [new(member.Stream, new MemberRenamed(Name), On)];
        if (former?.Stream != next?.Stream)
        {
            if (former?.At(On) is MemberNameReservation.Taken taken && taken.By == entry.Id)
                facts.Add(new Fact(former.Stream, new MemberNameReleased(entry.Id), On));
            if (MemberChecks.Reserve(entry.Id, Name, next, On, facts) is { } refused)
                return refused;
        }

        return (member.Refuses(facts) ?? former?.Refuses(facts)) is { } impossible ? impossible : Decision.Accept(facts);
    }
}
