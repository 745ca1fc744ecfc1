using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;

namespace Governance.Domain.Associations;

/// <summary>What a change to be declared is about.</summary>
public enum DeclarationMatter
{
    Title,
    Purpose,
    Seat,
    Statutes,
    Officers,
}

public enum DeclarationStanding
{
    /// <summary>Within the three months, not filed yet.</summary>
    Awaited,

    /// <summary>The three months are over and nothing was filed.</summary>
    Overdue,

    /// <summary>Filed; the receipt has not come.</summary>
    Filed,

    Acknowledged,
}

/// <summary>A change that the prefecture must be told of.</summary>
/// <param name="Event">The event that made it due.</param>
/// <param name="DueOn">The last day to declare it, in the association's time zone.</param>
public sealed record DeclarationDuty(EventId Event, IReadOnlyList<DeclarationMatter> Matters, EffectiveTime ChangedOn, DateOnly DueOn)
{
    /// <summary>How the duty stands on a day, given the association as it is at the end of that day.</summary>
    public DeclarationStanding StandingOn(DateOnly day, Association association) => association.DeclarationOf(Event) switch
    {
        { Receipt: not null } => DeclarationStanding.Acknowledged,
        not null => DeclarationStanding.Filed,
        null => day > DueOn ? DeclarationStanding.Overdue : DeclarationStanding.Awaited,
    };
}

/// <summary>
/// Which events open the three-month clock: changes of those who administer the association, of its title, purpose and seat,
/// and of its statutes (law of 1 July 1901, art. 5, last paragraphs; decree of 16 August 1901, art. 3).
/// </summary>
public static class DeclarationDuties
{
    public const int Months = 3;

    public static IReadOnlyList<DeclarationDuty> Of(Timeline<Association> association, TimeZoneInfo zone) =>
        Of(association.Effective, zone, Matters);

    /// <summary>The duties that a body opens: none unless it administers the association (board, bureau).</summary>
    public static IReadOnlyList<DeclarationDuty> Of(Timeline<Body> body, TimeZoneInfo zone) => body.Latest switch
    {
        Body.Constituted { Kind: BodyKind.Board or BodyKind.Bureau } or Body.Dissolved { Was.Kind: BodyKind.Board or BodyKind.Bureau }
            => Of(body.Effective, zone, @event => @event is MandateAppointed or MandateEnded ? [DeclarationMatter.Officers] : []),
        _ => [],
    };

    /// <summary>
    /// The duties that amended statutes open. The first version changes nothing; one adopted with a transformation is declared
    /// with it.
    /// </summary>
    public static IReadOnlyList<DeclarationDuty> Of(Timeline<StatutesVersions> statutes, Timeline<Association> association, TimeZoneInfo zone)
    {
        var transformed = association.Effective.Select(e => e.Event).OfType<AssociationTransformed>().Select(e => e.Statutes).ToHashSet();
        var first = statutes.Effective.Select(e => e.Event).OfType<StatutesAdopted>().FirstOrDefault();
        return Of(statutes.Effective, zone, @event => @event is StatutesAdopted adopted && adopted != first && !transformed.Contains(adopted.Version)
            ? [DeclarationMatter.Statutes]
            : []);
    }

    /// <summary>What must be declared of an event of the association itself; empty when nothing is.</summary>
    public static IReadOnlyList<DeclarationMatter> Matters(IEvent @event) => @event switch
    {
        AssociationRenamed => [DeclarationMatter.Title],
        PurposeChanged => [DeclarationMatter.Purpose],
        SeatMoved => [DeclarationMatter.Seat],
        AssociationTransformed => [DeclarationMatter.Title, DeclarationMatter.Purpose, DeclarationMatter.Statutes],
        _ => [],
    };

    /// <summary>
    /// Three months from day to day (code of civil procedure, art. 641): a change of 30 November is due on the last day of
    /// February. The day that a weekend or holiday would add (art. 642) is left as a margin.
    /// </summary>
    public static DateOnly DueOn(EffectiveTime changed, TimeZoneInfo zone) => LocalTime.DayOf(changed.Instant, zone).AddMonths(Months);

    private static List<DeclarationDuty> Of(
        IReadOnlyList<Recorded> effective, TimeZoneInfo zone, Func<IEvent, IReadOnlyList<DeclarationMatter>> matters) =>
        [.. effective
            .Select(e => new DeclarationDuty(e.Id, matters(e.Event), e.On, DueOn(e.On, zone)))
            .Where(d => d.Matters.Count > 0)];
}
