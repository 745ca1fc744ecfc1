using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <param name="Edition">Which one it is, from 1.</param>
/// <param name="Starts">The first day, or the month or year when no more is known.</param>
/// <param name="Capacity">Places; null for no bound.</param>
public sealed record PlanGathering(GatheringId Gathering, int Edition, string Title, string Place, EffectiveTime Starts, int Days, int? Capacity, EffectiveTime On)
{
    public const int MostDays = 31;
    public const int MostPlaces = 100_000;

    /// <param name="others">Every other gathering there is or was, read after the register.</param>
    public Decision Decide(Timeline<Gathering> gathering, Timeline<RegisterOfGatherings> register, IReadOnlyList<Timeline<Gathering>> others)
    {
        if ((Texts.Number("edition", Edition, 1, 999) ?? Texts.Name("title", Title) ?? Texts.Name("place", Place) ?? Texts.Number("days", Days, 1, MostDays)
            ?? Texts.Number("capacity", Capacity, 1, MostPlaces)) is { } wrong)
        {
            return wrong;
        }

        var planned = new GatheringPlanned(Gathering, Edition, Title, Place, Starts, Days, Capacity);
        if (gathering.Latest is not Gatherings.Gathering.Unplanned)
            return gathering.Effective[0].Event.Equals(planned) ? Decision.NoChange : new GatheringAlreadyPlanned(Title);
        if (others.Planning(Edition) is { } other)
            return new EditionPlannedAlready(Edition, other.Title);
        List<Fact> facts = [new(gathering.Stream, planned, On), new(register.Stream, new GatheringListed(Gathering), On)];
        return (gathering.Refuses(facts) ?? register.Refuses(facts)) is { } impossible ? impossible : Decision.Accept(facts);
    }
}
