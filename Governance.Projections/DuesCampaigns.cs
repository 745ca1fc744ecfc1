using Governance.Domain.DuesCampaigns;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Campaigns of dues: their terms, what members declared, whom they called. What is paid of it are <see cref="Dues"/>.</summary>
public sealed class DuesCampaigns : TimelineModel<DuesCampaigns.Campaign>
{
    internal const string Stored = "dues_campaigns_1";

    /// <param name="Member">Who declared it.</param>
    public sealed record Declaration(MemberId Member, int? Number = null, string? Category = null);

    /// <param name="Until">The last day of the period.</param>
    /// <param name="Closed">When it was closed; null while it is open.</param>
    /// <param name="Declared">In the order of the members' ids.</param>
    /// <param name="Calls">In the order of the members' ids.</param>
    public sealed record Campaign(
        DuesCampaignId Id, string Period, EffectiveTime Opened, EffectiveTime From, EffectiveTime Until, EffectiveTime DueOn, EffectiveTime? Closed, DuesMeasure Measure,
        string? MeasureName, LateAdmission LateAdmission, int DaysToPay, DecisionReference? Decision, IReadOnlyList<DuesBracket> Brackets,
        IReadOnlyList<Declaration> Declared, IReadOnlyList<DuesCampaignCall> Calls);

    // The state of the domain alone does not say when it was opened.
    private sealed record Told(EffectiveTime Opened, DuesCampaign State);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["dues-campaign"];

    public override IReadOnlyList<Type> Events => DuesCampaignEvents.Types;

    public override Columns<Campaign> Columns { get; } = new Columns<Campaign>()
        .Text("period", c => c.Period)
        .Time("opened", c => c.Opened)
        .Time("from_day", c => c.From)
        .Time("until_day", c => c.Until)
        .Time("due_on", c => c.DueOn)
        .Time("closed", c => c.Closed, optional: true)
        .Choice<DuesMeasure>("measure", c => c.Measure)
        .Text("measure_name", c => c.MeasureName, optional: true)
        .Choice<LateAdmission>("late_admission", c => c.LateAdmission)
        .Int32("days_to_pay", c => c.DaysToPay)
        .Uuid("decision", c => c.Decision?.Ballot.Value, optional: true)
        .Json("brackets", c => c.Brackets)
        .Json("declared", c => c.Declared)
        .Json("calls", c => c.Calls);

    public override IEnumerable<Segment<Campaign>> Rows(AssociationId association, IReadOnlyList<Recorded> history) => Segments.Of<Told?, Campaign>(
        history[0].Stream.Thing(),
        history,
        null,
        (told, e) => new(told?.Opened ?? e.On, (told?.State ?? DuesCampaign.Initial).Evolve(e.Event, e.On)),
        told => told is { Opened: var opened, State: DuesCampaign.Known known } ? Row(opened, known) : null);

    private static Campaign Row(EffectiveTime opened, DuesCampaign.Known known) => new(
        known.Plan.Campaign, known.Period, opened, known.Plan.From, known.Plan.Until, known.Plan.DueOn, (known as DuesCampaign.Closed)?.On, known.Plan.Measure,
        known.Plan.MeasureName, known.Plan.LateAdmission, known.Plan.DaysToPay, known.Plan.Decision, known.Brackets,
        [.. known.Declared.OrderBy(d => d.Key.Value).Select(d => new Declaration(d.Key, d.Value.Number, d.Value.Category))],
        [.. known.Called.OrderBy(c => c.Key.Value).Select(c => c.Value)]);

    private const string Selected =
        "key, period, opened, opened_precision, from_day, from_day_precision, until_day, until_day_precision, due_on, due_on_precision, closed, closed_precision, "
        + "measure, measure_name, late_admission, days_to_pay, decision, brackets, declared, calls";

    /// <summary>Every campaign known at the view's moment, the latest period first.</summary>
    public static ValueTask<IReadOnlyList<Campaign>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} c where {AsOf.Of("c")} order by from_day desc, period, key", Read, ct);

    /// <summary>One campaign, or null when it was not open yet at the view's moment.</summary>
    public static ValueTask<Campaign?> FindAsync(ReadView view, DuesCampaignId campaign, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} c where {AsOf.Of("c")} and key = @campaign", Read, ct, ("campaign", campaign.Value));

    private static Campaign Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<DuesCampaignId>(0), r.GetString(1), r.Time(2), r.Time(4), r.Time(6), r.Time(8), r.TimeOrNull(10), r.Choice<DuesMeasure>(12), r.TextOrNull(13),
        r.Choice<LateAdmission>(14), r.GetInt32(15), r.IdOrNull<BallotId>(16) is { } ballot ? new(ballot) : null, r.Json<IReadOnlyList<DuesBracket>>(17),
        r.Json<IReadOnlyList<Declaration>>(18), r.Json<IReadOnlyList<DuesCampaignCall>>(19));
}
