using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <param name="Edition">Which one it is, from 1.</param>
/// <param name="Starts">The first day, or the month or year when no more is known.</param>
/// <param name="Capacity">Places; null for no bound.</param>
public sealed record PlanGathering(GatheringId Gathering, int Edition, string Title, string Place, EffectiveTime Starts, int Days, int? Capacity, EffectiveTime On)
{
    public const int MostDays = 31;
    public const int MostPlaces = 100_000;

    public Decision Decide(Timeline<Gathering> gathering)
    {
        if ((Texts.Number("edition", Edition, 1, 999) ?? Texts.Name("title", Title) ?? Texts.Name("place", Place) ?? Texts.Number("days", Days, 1, MostDays)
            ?? Texts.Number("capacity", Capacity, 1, MostPlaces)) is { } wrong)
        {
            return wrong;
        }

        var planned = new GatheringPlanned(Gathering, Edition, Title, Place, Starts, Days, Capacity);
        return gathering.Latest switch
        {
            Gatherings.Gathering.Unplanned => gathering.Accept(On, planned),
            _ when gathering.Effective[0].Event.Equals(planned) => Decision.NoChange,
            _ => new GatheringAlreadyPlanned(Title),
        };
    }
}
