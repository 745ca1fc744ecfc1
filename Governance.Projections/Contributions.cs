using Governance.Domain.Contributions;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Collective papers for funders, from their subject to their publication.</summary>
public sealed class Contributions : TimelineModel<Contributions.Entry>
{
    private const string Stored = "contributions_1";

    /// <summary>A step that was taken.</summary>
    /// <param name="Text">What was said of it: a summary, findings, to whom.</param>
    public sealed record Step(ContributionStage Stage, EffectiveTime On, string? Text = null);

    public sealed record Observation(MemberId Centre, string Text, EffectiveTime On);

    /// <param name="Question">What it is to find out.</param>
    /// <param name="Steps">In the order taken, the proposal first; observations are beside.</param>
    /// <param name="Decision">The ballot that retained it.</param>
    /// <param name="Document">The paper, as it is kept here.</param>
    public sealed record Entry(
        ContributionId Id, ContributionCallId Call, string Subject, string? Question, ContributionStage Stage, IReadOnlyList<Step> Steps,
        IReadOnlyList<Observation> Observations, BallotId? Decision = null, DocumentId? Document = null);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["contribution"];

    public override IReadOnlyList<Type> Events => ContributionEvents.Types;

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Uuid("call", c => c.Call.Value)
        .Text("subject", c => c.Subject)
        .Text("question", c => c.Question, optional: true)
        .Choice<ContributionStage>("stage", c => c.Stage)
        .Json("steps", c => c.Steps)
        .Json("observations", c => c.Observations)
        .Uuid("decision", c => c.Decision?.Value, optional: true)
        .Uuid("document", c => c.Document?.Value, optional: true);

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(history[0].Stream.Thing(), history, default(Entry), Evolve, c => c);

    private static Entry? Evolve(Entry? c, Recorded e) => (c, e.Event) switch
    {
        (null, SubjectProposed p) => new(p.Contribution, p.Call, p.Subject, p.Question, ContributionStage.Proposed, [new(ContributionStage.Proposed, e.On, p.Question)], []),
        (not null, SubjectDiscussed d) => At(c, ContributionStage.Discussed, e, d.Summary),
        (not null, SubjectValidated v) => At(c, ContributionStage.Validated, e) with { Decision = v.Decision.Ballot },
        (not null, ContributionSetAside s) => At(c, ContributionStage.SetAside, e, s.Reason),
        (not null, ObservationCollected o) => c with
        {
            Stage = ContributionStage.Observed,
            Observations = [.. c.Observations.Where(before => before.Centre != o.Centre), new(o.Centre, o.Observation, e.On)],
        },
        (not null, ObservationsAnalysed a) => At(c, ContributionStage.Analysed, e, a.Findings),
        (not null, TeachingsDebated d) => At(c, ContributionStage.Debated, e, d.Teachings),
        (not null, ContributionPresented p) => At(c, ContributionStage.Presented, e, p.To),
        (not null, ContributionPublished p) => At(c, ContributionStage.Published, e, p.Reference) with { Document = p.Document },
        _ => throw ImpossibleHistoryException.After((object?)c ?? "a subject not proposed", e.Event, e.On),
    };

    private static Entry At(Entry c, ContributionStage stage, Recorded e, string? text = null) => c with { Stage = stage, Steps = [.. c.Steps, new(stage, e.On, text)] };

    private const string Selected = "key, call, subject, question, stage, steps, observations, decision, document";

    /// <summary>Every contribution known at the view's moment, by subject.</summary>
    public static ValueTask<IReadOnlyList<Entry>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} c where {AsOf.Of("c")} order by stage = 'set-aside', subject, key", Read, ct);

    /// <summary>One contribution, or null when its subject was not proposed yet at the view's moment.</summary>
    public static ValueTask<Entry?> FindAsync(ReadView view, ContributionId contribution, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} c where {AsOf.Of("c")} and key = @contribution", Read, ct, ("contribution", contribution.Value));

    private static Entry Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<ContributionId>(0), r.Id<ContributionCallId>(1), r.GetString(2), r.TextOrNull(3), r.Choice<ContributionStage>(4), r.Json<IReadOnlyList<Step>>(5),
        r.Json<IReadOnlyList<Observation>>(6), r.IdOrNull<BallotId>(7), r.IdOrNull<DocumentId>(8));
}
