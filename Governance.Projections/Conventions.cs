using Governance.Domain.Conventions;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Conventions with funders: every version, what came in, what was reported. What is delivered under them is in <see cref="Deliveries"/>.</summary>
public sealed class Conventions : TimelineModel<Conventions.Entry>
{
    private const string Stored = "conventions_1";

    public enum Stage
    {
        Draft,
        Signed,
        Ended,
    }

    /// <param name="Ended">When it ended; null while it has not.</param>
    /// <param name="Reason">Why it ended, where it was said.</param>
    public sealed record Entry(ConventionId Id, string Title, Stage Stage, ConventionFile File, EffectiveTime? Ended, string? Reason)
    {
        /// <summary>As the domain has it.</summary>
        internal Convention State => Stage switch
        {
            Stage.Draft => new Convention.Draft(File),
            Stage.Signed => new Convention.Signed(File),
            _ => new Convention.Ended(File, Ended!.Value, Reason),
        };
    }

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["convention"];

    public override IReadOnlyList<Type> Events => ConventionEvents.Types;

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Text("title", c => c.Title)
        .Choice<Stage>("stage", c => c.Stage)
        .Json("file", c => c.File)
        .Time("ended", c => c.Ended, optional: true)
        .Text("reason", c => c.Reason, optional: true);

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of<Convention, Entry>(history[0].Stream.Thing(), history, Row);

    private static Entry? Row(Convention convention) => convention switch
    {
        Convention.Draft c => new(c.File.Id, c.File.Title, Stage.Draft, c.File, null, null),
        Convention.Signed c => new(c.File.Id, c.File.Title, Stage.Signed, c.File, null, null),
        Convention.Ended c => new(c.File.Id, c.File.Title, Stage.Ended, c.File, c.On, c.Reason),
        _ => null,
    };

    private const string Selected = "key, title, stage, file, ended, ended_precision, reason";

    /// <summary>Every convention known at the view's moment: what has not ended first, then by title.</summary>
    public static ValueTask<IReadOnlyList<Entry>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} c where {AsOf.Of("c")} order by stage = 'ended', title, key", Read, ct);

    /// <summary>One convention, or null when it was not drafted yet at the view's moment.</summary>
    public static ValueTask<Entry?> FindAsync(ReadView view, ConventionId convention, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} c where {AsOf.Of("c")} and key = @convention", Read, ct, ("convention", convention.Value));

    private static Entry Read(Npgsql.NpgsqlDataReader r) =>
        new(r.Id<ConventionId>(0), r.GetString(1), r.Choice<Stage>(2), r.Json<ConventionFile>(3), r.TimeOrNull(4), r.TextOrNull(6));
}
