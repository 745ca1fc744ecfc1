using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>What the statutes say of exclusion.</summary>
/// <param name="NoticeDays">Least number of days from the notice to the hearing.</param>
/// <param name="Article">Where the statutes say so; null for the default.</param>
public sealed record ExclusionRules(int NoticeDays = 15, string? Article = null);

/// <summary>Tells a member that it may be excluded, on what grounds, and when it will be heard.</summary>
/// <param name="Grounds">In the terms of the statutes; names nobody.</param>
public sealed record NotifyExclusion(string Grounds, EffectiveTime HearingOn, EffectiveTime On)
{
    public Decision Decide(Timeline<Member> member, ExclusionRules rules, TimeZoneInfo zone)
    {
        if (Texts.Text("grounds", Grounds) is { } wrong)
            return wrong;
        var then = member.At(On);
        if (!then.IsMember)
            return member.Stands(On);
        if (then.ExclusionUnderWay is { } exclusion)
            return exclusion.Grounds == Grounds && exclusion.HearingOn == HearingOn ? Decision.NoChange : new ExclusionAlreadyUnderWay(exclusion.HearingOn);
        return LocalTime.DayOf(HearingOn.Instant, zone).DayNumber - LocalTime.DayOf(On.Instant, zone).DayNumber < rules.NoticeDays
            ? new ExclusionNoticeTooShort(rules.NoticeDays, rules.Article)
            : member.Accept(On, new ExclusionNotified(Grounds, HearingOn));
    }
}
