using Governance.Domain.Kernel;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.Projections.Runtime;
using Fold = Governance.Domain.Statutes.StatutesVersions;

namespace Governance.Projections;

/// <summary>Every version of the statutes, with its articles and the rules that it carries.</summary>
public sealed class StatutesVersions : TimelineModel<StatutesVersions.Version>
{
    private const string Stored = "statutes_versions_1";

    /// <param name="BasedOn">The version that it was drafted from.</param>
    /// <param name="Adopted">When it was adopted; null for a draft.</param>
    /// <param name="InForceFrom">The first instant at which it holds; null for a draft.</param>
    public sealed record Version(
        StatutesVersionId Id, string Title, EffectiveTime Drafted, StatutesVersionId? BasedOn, EffectiveTime? Adopted, EffectiveTime? InForceFrom,
        BallotId? Decision, IReadOnlyList<Article> Articles, IReadOnlyList<Rule> Rules);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["statutes"];

    public override IReadOnlyList<Type> Events => StatutesEvents.Types;

    public override Columns<Version> Columns { get; } = new Columns<Version>()
        .Text("title", v => v.Title)
        .Time("drafted", v => v.Drafted)
        .Uuid("based_on", v => v.BasedOn?.Value, optional: true)
        .Time("adopted", v => v.Adopted, optional: true)
        .Time("in_force_from", v => v.InForceFrom, optional: true)
        .Uuid("decision", v => v.Decision?.Value, optional: true)
        .Json("articles", v => v.Articles)
        .Json("rules", v => v.Rules);

    public override Guid Part(IEvent @event) => @event switch
    {
        StatutesDrafted e => e.Version.Value,
        ArticleAmended e => e.Version.Value,
        ArticleRepealed e => e.Version.Value,
        RuleSet e => e.Version.Value,
        RuleRemoved e => e.Version.Value,
        StatutesAdopted e => e.Version.Value,
        _ => Guid.Empty,
    };

    public override IEnumerable<Segment<Version>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var drafted = history[0].On;
        return Segments.Of<Fold, Version>(Part(history[0].Event), history, fold => RowOf(fold.All[0], drafted));
    }

    private static Version RowOf(StatutesVersion v, EffectiveTime drafted) => v is StatutesVersion.Adopted a
        ? new(v.Id, v.Title, drafted, v.BasedOn, a.On, a.InForceFrom, a.Decision?.Ballot, v.Articles, v.Rules)
        : new(v.Id, v.Title, drafted, v.BasedOn, null, null, null, v.Articles, v.Rules);

    private const string Selected =
        "key, title, drafted, drafted_precision, based_on, adopted, adopted_precision, in_force_from, in_force_from_precision, decision, articles, rules";

    /// <summary>Every version known at the view's moment: drafts first, then the adopted ones, latest in force first.</summary>
    public static ValueTask<IReadOnlyList<Version>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select {Selected} from read.{Stored} v where {AsOf.Of("v")} order by in_force_from desc nulls first, adopted desc, drafted desc, key",
        Read,
        ct);

    /// <summary>The version in force at the view's moment; null before the first.</summary>
    public static ValueTask<Version?> InForceAsync(ReadView view, CancellationToken ct = default) => view.Database.FindAsync(
        view,
        $"""
        select {Selected} from read.{Stored} v where {AsOf.Of("v")} and in_force_from <= @instant
        order by in_force_from desc, adopted desc, key limit 1
        """,
        Read,
        ct);

    /// <summary>A query for the key of the version in force, and for those of drafts.</summary>
    internal static readonly string StandingKeys =
        $"""
        (select key from read.{Stored} v where {AsOf.Of("v")} and in_force_from <= @instant order by in_force_from desc, adopted desc, key limit 1)
        union all select key from read.{Stored} v where {AsOf.Of("v")} and in_force_from is null
        """;

    /// <summary>One version, or null when it was not drafted yet at the view's moment.</summary>
    public static ValueTask<Version?> FindAsync(ReadView view, StatutesVersionId version, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} v where {AsOf.Of("v")} and key = @version", Read, ct, ("version", version.Value));

    private static Version Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<StatutesVersionId>(0), r.GetString(1), r.Time(2), r.IdOrNull<StatutesVersionId>(4), r.TimeOrNull(5), r.TimeOrNull(7), r.IdOrNull<BallotId>(9),
        r.Json<IReadOnlyList<Article>>(10), r.Json<IReadOnlyList<Rule>>(11));
}
