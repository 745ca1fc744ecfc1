using System.Text.Json;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>What the options of a contest are.</summary>
public enum ContestOptions
{
    /// <summary>Words, as they stand on the paper.</summary>
    Words,

    /// <summary>Workstreams of the association, by their id.</summary>
    Workstreams,

    /// <summary>People of the association, by their id: no name stands in an event.</summary>
    People,
}

/// <summary>A question with options that a ballot puts, by another method than the motion. Two are equal when they are stored alike.</summary>
/// <param name="Of">What the options of the question are.</param>
public sealed record Contest(Question Question, ContestOptions Of = ContestOptions.Words)
{
    /// <summary>What is wrong with it by itself; null when it can be put. Whether its options are there is asked at the draft.</summary>
    public Refusal? Fault() =>
        Question.Fault()
        ?? (Question.Method is Consent ? Texts.Number("options", Question.Options.Count, 1, 1) : null)
        ?? (Of != ContestOptions.Words && Question.Options.FirstOrDefault(o => Identifier(o) is null) is { } none ? new OptionNotFound(none, Of) : null);

    /// <summary>What keeps it from being put by a draft or a text: what is wrong with it, and what nobody says beforehand.</summary>
    /// <param name="decision">The kind of decision that it would be.</param>
    public Refusal? CannotBePut(DecisionKind decision) =>
        Fault()
        ?? (Question.TieOrder is not null ? new TieOrderInDraft() : null)
        ?? (decision.IsYesOrNo() ? new DecisionHasNoOptions(decision) : (Refusal?)null);

    /// <summary>Why it cannot be put where others than who drafts say what stands; null when every option does.</summary>
    internal Refusal? Withdraws() => Question.Withdrawn is { Count: > 0 } gone ? new OptionsWithdrawnInDraft(gone.Count) : null;

    /// <summary>The options, where they are workstreams.</summary>
    public IReadOnlyList<WorkstreamId> Workstreams() => Of == ContestOptions.Workstreams ? Identifiers<WorkstreamId>(Question.Options) : [];

    /// <summary>The options, where they are people.</summary>
    public IReadOnlyList<PersonId> People() => Of == ContestOptions.People ? Identifiers<PersonId>(Question.Options) : [];

    /// <summary>Options as the identifiers that they are; any that is none is left out.</summary>
    public static IReadOnlyList<T> Identifiers<T>(IEnumerable<string> options) where T : struct, IIdentifier<T> =>
        [.. options.Select(Identifier).OfType<Guid>().Select(T.Of)];

    public bool Equals(Contest? other) => other is not null && Stored() == other.Stored();

    public override int GetHashCode() => Stored().GetHashCode(StringComparison.Ordinal);

    private string Stored() => JsonSerializer.Serialize(this, EventCatalogue.Json);

    // One way to write each, so that papers compared letter by letter name the same option.
    private static Guid? Identifier(string option) =>
        Guid.TryParseExact(option, "D", out var id) && string.Equals(id.ToString("D"), option, StringComparison.Ordinal) ? id : null;
}
