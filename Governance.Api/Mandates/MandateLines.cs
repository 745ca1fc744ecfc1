using Governance.Api.Members;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Projections.Runtime;

namespace Governance.Api.Mandates;

/// <summary>Where a mandate stands at the moment looked at.</summary>
public enum MandateStage
{
    Held,
    Coming,
    Past,
}

/// <summary>A body as a view names it.</summary>
public sealed record NamedBody(BodyId Id, string Name, BodyKind Kind);

/// <summary>A mandate with the names that go with it.</summary>
/// <param name="Represents">The member that the person represents; null when the mandate is the person's own.</param>
/// <param name="College">The college that delegates the person to the body.</param>
/// <param name="TermEnds">The first instant after the term.</param>
/// <param name="Terms">How many terms it has run, the present one included; an interim counts none.</param>
/// <param name="InHoldover">The term is over and the holder stays until replaced.</param>
/// <param name="Until">The first instant at which it is no longer held, as far as is known.</param>
/// <param name="Reason">Why it ends there; null when the term alone ends it, or nothing does.</param>
/// <param name="Decision">The vote that gave it, or has ratified or renewed it since; of a contested one that which was annulled; null when none is named.</param>
/// <param name="Contested">A vote that it rests on, at present or in a term to come, was annulled, and the mandate has not ended.</param>
public sealed record MandateLine(
    MandateId Mandate,
    NamedBody Body,
    NamedPerson Person,
    NamedMember? Represents,
    NamedBody? College,
    Office Office,
    EffectiveTime Since,
    EffectiveTime? TermEnds,
    int Terms,
    bool InHoldover,
    bool AwaitingRatification,
    bool CoOpted,
    bool Interim,
    EffectiveTime? Until,
    EndReason? Reason,
    MandateStage Stage,
    BallotId? Decision = null,
    bool Contested = false);

/// <summary>Mandates with the names of their bodies, holders and members, for any view that lists some.</summary>
public sealed class MandateLines(PersonNames people, MemberNames members)
{
    /// <summary>Mandates held at the view's moment, in the order given.</summary>
    public ValueTask<IReadOnlyList<MandateLine>> HeldAsync(ReadView view, IReadOnlyList<Projections.Mandates.Mandate> held, CancellationToken ct) =>
        LinesAsync(view, [.. held.Select(m => (m, MandateStage.Held))], ct);

    /// <summary>Those held, then the others of a history in its order.</summary>
    public ValueTask<IReadOnlyList<MandateLine>> AllAsync(
        ReadView view, IReadOnlyList<Projections.Mandates.Mandate> held, IReadOnlyList<Projections.Mandates.Tenure> history, CancellationToken ct)
    {
        var present = held.Select(m => m.Id).ToHashSet();
        return LinesAsync(
            view,
            [
                .. held.Select(m => (m, MandateStage.Held)),
                .. history.Where(t => !present.Contains(t.Mandate.Id))
                    .Select(t => (t.Mandate, t.Mandate.Since.Instant > view.AsOf.Instant ? MandateStage.Coming : MandateStage.Past)),
            ],
            ct);
    }

    private async ValueTask<IReadOnlyList<MandateLine>> LinesAsync(
        ReadView view, IReadOnlyList<(Projections.Mandates.Mandate Mandate, MandateStage Stage)> mandates, CancellationToken ct)
    {
        var named = await people.OfAsync(view, mandates.Select(m => m.Mandate.Person), ct);
        var represented = await members.OfAsync(view, mandates.Where(m => m.Mandate.Member is not null).Select(m => m.Mandate.Member!.Value), ct);
        var bodies = await Projections.Bodies.ManyAsync(
            view, mandates.SelectMany(m => m.Mandate.College is { } college ? new[] { m.Mandate.Body, college } : [m.Mandate.Body]), ct);
        var contested = (mandates.Count == 0 ? [] : await Projections.Mandates.ContestedAsync(view, mandates.Select(m => m.Mandate.Id), ct))
            .ToDictionary(m => m.Id, m => m.Decision);
        return
        [
            .. mandates.Select(pair =>
            {
                var m = pair.Mandate;
                return new MandateLine(
                    m.Id, Named(m.Body), named[m.Person], m.Member is { } member ? represented[member] : null,
                    m.College is { } college && college != m.Body ? Named(college) : null, m.Office, m.Since, m.TermEnds, m.Terms,
                    m.InHoldover && pair.Stage == MandateStage.Held, m.AwaitingRatification, m.CoOpted, m.Interim,
                    m.Ends ?? (m.Holdover ? null : m.TermEnds), m.Reason, pair.Stage,
                    contested.GetValueOrDefault(m.Id) ?? m.Decision, contested.ContainsKey(m.Id));
            }),
        ];

        NamedBody Named(BodyId id) => bodies.TryGetValue(id, out var body) ? Of(body) : new NamedBody(id, "", BodyKind.College);
    }

    public static NamedBody Of(Projections.Bodies.Body body) => new(body.Id, body.Name, body.Kind);
}
