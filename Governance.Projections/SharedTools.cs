using System.Collections.Immutable;
using Governance.Domain.Kernel;
using Governance.Domain.SharedTools;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>The tools that centres keep together, from launch to end.</summary>
public sealed class SharedTools : TimelineModel<SharedTools.Tool>
{
    private const string Stored = "shared_tools_2";

    public enum Stage
    {
        InUse,
        BeingReworked,
        Merged,
        Retired,
    }

    /// <summary>A version that went online.</summary>
    public sealed record Release(string Name, EffectiveTime On, string? Remark = null);

    /// <param name="Decision">The joint decision that shared them out.</param>
    public sealed record Watched(MemberId Centre, IReadOnlyList<string> Sources, EffectiveTime On, BallotId? Decision = null);

    /// <param name="KeptBy">Who keeps it and how, in words.</param>
    /// <param name="Network">How many centres there were in all when they were counted.</param>
    /// <param name="Into">The working group that carries on what it was for.</param>
    /// <param name="Remark">What is reworked, or why it was retired.</param>
    public sealed record Tool(
        SharedToolId Id, string Name, string? Purpose, string? KeptBy, Stage Stage, EffectiveTime Launched, IReadOnlyList<MemberId> Centres, int? Counted,
        int? Network, IReadOnlyList<Release> Releases, WorkingGroupId? Into, EffectiveTime? Ended, string? Remark, Rota Rota, IReadOnlyList<Watched> Sources)
    {
        /// <summary>How many centres take part: those known by name, or the number given.</summary>
        public int CentreCount => Math.Max(Centres.Count, Counted ?? 0);
    }

    private sealed record KeptSwap(DateOnly Week, MemberId Centre);

    private sealed record KeptRota(IReadOnlyList<Turns> All, IReadOnlyList<KeptSwap> Swapped, IReadOnlyList<DutySwap> Proposed)
    {
        public Rota Read() => new([.. All], Swapped.ToImmutableDictionary(s => s.Week, s => s.Centre), [.. Proposed]);
    }

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["shared-tool"];

    public override IReadOnlyList<Type> Events => SharedToolEvents.Types;

    public override Columns<Tool> Columns { get; } = new Columns<Tool>()
        .Text("name", t => t.Name)
        .Text("purpose", t => t.Purpose, optional: true)
        .Text("kept_by", t => t.KeptBy, optional: true)
        .Choice<Stage>("stage", t => t.Stage)
        .Time("launched", t => t.Launched)
        .Uuids("centres", t => [.. t.Centres.Select(c => c.Value)])
        .Int32("counted", t => t.Counted, optional: true)
        .Int32("network", t => t.Network, optional: true)
        .Json("releases", t => t.Releases)
        .Uuid("into_group", t => t.Into?.Value, optional: true)
        .Time("ended", t => t.Ended, optional: true)
        .Text("remark", t => t.Remark, optional: true)
        .Json("rota", t => new KeptRota(t.Rota.All, [.. t.Rota.Swapped.OrderBy(s => s.Key).Select(s => new KeptSwap(s.Key, s.Value))], t.Rota.Proposed))
        .Json("sources", t => t.Sources);

    public override IEnumerable<Segment<Tool>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(history[0].Stream.Thing(), history, default(Tool), Evolve, t => t);

    private static Tool? Evolve(Tool? t, Recorded e) => (t, e.Event) switch
    {
        (null, SharedToolLaunched l) => new(l.Tool, l.Name, l.Purpose, l.KeptBy, Stage.InUse, e.On, [], null, null, [], null, null, null, Rota.None, []),
        (not null, SharedToolReworked r) => t with { Stage = Stage.BeingReworked, Remark = r.Remark },
        (not null, SharedToolReleased r) => t with { Stage = Stage.InUse, Remark = null, Releases = [.. t.Releases, new(r.Release, e.On, r.Remark)] },
        (not null, SharedToolJoined j) => t with { Centres = [.. t.Centres.Append(j.Centre).OrderBy(c => c.Value)] },
        (not null, SharedToolLeft l) => t with { Centres = [.. t.Centres.Where(c => c != l.Centre)], Sources = [.. t.Sources.Where(s => s.Centre != l.Centre)] },
        (not null, SharedToolCentresCounted c) => t with { Counted = c.Centres, Network = c.Network },
        (not null, RotaSet r) => t with { Rota = t.Rota.With(new Turns(r.Week, r.Order)) },
        (not null, DutySwapProposed s) => t with { Rota = t.Rota.With(new DutySwap(s.By, s.Week, s.With, s.Their)) },
        (not null, DutySwapAnswered s) => t with
        {
            Rota = s.Answer == DutyAnswer.Agreed ? t.Rota.Agreed(new(s.By, s.Week, s.With, s.Their)) : t.Rota.Without(new DutySwap(s.By, s.Week, s.With, s.Their)),
        },
        (not null, SourcesEntrusted s) => t with
        {
            Sources = [.. t.Sources.Where(o => o.Centre != s.Centre), .. s.Sources.Count > 0 ? [new Watched(s.Centre, s.Sources, e.On, s.Decision?.Ballot)] : Array.Empty<Watched>()],
        },
        (not null, SharedToolMerged m) => t with { Stage = Stage.Merged, Into = m.Into, Ended = e.On },
        (not null, SharedToolRetired r) => t with { Stage = Stage.Retired, Ended = e.On, Remark = r.Reason },
        _ => throw ImpossibleHistoryException.After((object?)t ?? "a tool not launched", e.Event, e.On),
    };

    private const string Selected =
        "key, name, purpose, kept_by, stage, launched, launched_precision, centres, counted, network, releases, into_group, ended, ended_precision, remark, rota, sources";

    /// <summary>Every tool known at the view's moment: those in use first, then by name.</summary>
    public static ValueTask<IReadOnlyList<Tool>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} t where {AsOf.Of("t")} order by stage in ('merged', 'retired'), name, key", Read, ct);

    /// <summary>One tool, or null when it was not launched yet at the view's moment.</summary>
    public static ValueTask<Tool?> FindAsync(ReadView view, SharedToolId tool, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} t where {AsOf.Of("t")} and key = @tool", Read, ct, ("tool", tool.Value));

    private static Tool Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<SharedToolId>(0), r.GetString(1), r.TextOrNull(2), r.TextOrNull(3), r.Choice<Stage>(4), r.Time(5), r.Ids<MemberId>(7), r.Int32OrNull(8),
        r.Int32OrNull(9), r.Json<IReadOnlyList<Release>>(10), r.IdOrNull<WorkingGroupId>(11), r.TimeOrNull(12), r.TextOrNull(14), r.Json<KeptRota>(15).Read(),
        r.Json<IReadOnlyList<Watched>>(16));
}
