using Governance.Domain.Voting;

namespace Governance.Api.Voting;

/// <summary>One count of the single transferable vote: what opened it, where everybody stands then, who has a seat by it.</summary>
/// <param name="Opened">The transfer that opened it; null for the first preferences.</param>
/// <param name="Elected">Whoever has a seat at this count.</param>
public sealed record CountOfVotes(Step? Opened, VotesStand Stand, IReadOnlyList<string> Elected)
{
    /// <summary>Who is out since this count.</summary>
    public string? Excluded => (Opened as OptionExcluded)?.Option;

    /// <summary>The counts of an outcome, in order; empty for another method.</summary>
    public static IReadOnlyList<CountOfVotes> Of(MethodOutcome outcome)
    {
        var counts = new List<CountOfVotes>();
        Step? opened = null;
        foreach (var step in outcome.Steps)
        {
            switch (step)
            {
                case SurplusTransferred or OptionExcluded:
                    opened = step;
                    break;
                case VotesStand stand:
                    counts.Add(new(opened, stand, []));
                    opened = null;
                    break;
                case OptionsElected elected:
                    counts[^1] = counts[^1] with { Elected = [.. counts[^1].Elected, .. elected.Options] };
                    break;
            }
        }

        return counts;
    }
}
