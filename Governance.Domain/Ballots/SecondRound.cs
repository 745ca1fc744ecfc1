using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>What a second ballot puts where the result of a first one calls for it.</summary>
public static class SecondRound
{
    /// <summary>The question of the second round; null where the result calls for none.</summary>
    /// <param name="tie">The rule that the first ballot opened under.</param>
    public static Question? Of(Question first, MethodOutcome outcome, TieRule tie)
    {
        if (Plurality.SecondRound(first, outcome) is { } called)
            return called;
        if (outcome.Verdict != Verdict.Tied || tie.Break != TieBreak.SecondRound)
            return null;
        // A tie over who is out, or whose surplus goes on, leaves everybody who is not elected in the race.
        IReadOnlyList<string> options = outcome.Steps.OfType<TieDeclared>().Last().Over == TieOver.Seat
            ? outcome.Tied
            : [.. first.Standing.Except(outcome.Elected, StringComparer.Ordinal)];
        return new(WithSeats(first.Method, first.Seats - outcome.Elected.Count), options);
    }

    /// <summary>Why a draft is not the second round of a ballot; null when it is.</summary>
    internal static Refusal? Misfit(Ballot first, BodyId body, DecisionKind decision, Contest? contest)
    {
        if (first is Ballot.Unknown)
            return new BallotNotFound();
        if (first is not Ballot.Proclaimed { Opening.Rules.Tie.Content: var tie } proclaimed)
            return new NoSecondRoundCalled();
        if (proclaimed is { Draft.Contest: { } put, Method: { } outcome })
        {
            return Of(put.Question, outcome, tie) is not { } called ? new NoSecondRoundCalled()
                : body == proclaimed.Draft.Body && decision == proclaimed.Draft.Decision && contest is not null && contest.Of == put.Of
                    && contest.Question.Seats == called.Seats && contest.Question.Options.ToHashSet(StringComparer.Ordinal).SetEquals(called.Options)
                    ? null
                    : new SecondRoundPutsSomethingElse();
        }

        return proclaimed.Outcome?.Verdict != Verdict.Tied || tie.Break != TieBreak.SecondRound ? new NoSecondRoundCalled()
            : body == proclaimed.Draft.Body && decision == proclaimed.Draft.Decision && contest is null ? null
            : new SecondRoundPutsSomethingElse();
    }

    private static Method WithSeats(Method method, int seats) => method switch
    {
        Plurality => new Plurality(seats),
        Approval m => m with { Seats = seats },
        Points m => m with { Seats = seats },
        Schulze m => m with { Seats = seats },
        MajorityJudgment m => m with { Seats = seats },
        SingleTransferableVote m => m with { Seats = seats },
        _ => throw new ArgumentException($"{method.GetType().Name} elects nobody.", nameof(method)),
    };
}
