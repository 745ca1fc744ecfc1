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

    /// <summary>Whether the result of a ballot calls for a second round.</summary>
    /// <param name="contest">What the second round puts; null where it puts the motion again.</param>
    public static bool IsCalled(this Ballot.Proclaimed first, out Contest? contest)
    {
        var tie = first.Opening.Rules.Tie.Content;
        contest = first is { Draft.Contest: { } put, Method: { } outcome } && Of(put.Question, outcome, tie) is { } question ? put with { Question = question } : null;
        return contest is not null || (first.Outcome?.Verdict == Verdict.Tied && tie.Break == TieBreak.SecondRound);
    }

    /// <summary>Which round follows a ballot, from 2.</summary>
    internal static int After(Ballot first) => 1 + (first is Ballot.Held { Draft: var draft } ? draft.Round ?? (draft.SecondRoundOf is null ? 1 : 2) : 1);

    /// <summary>Why a draft is not the second round of a ballot; null when it is.</summary>
    /// <param name="put">The second round that the ballot has already; null for none.</param>
    internal static Refusal? Misfit(Ballot first, Ballot? put, BallotDrafted draft)
    {
        if (first is Ballot.Unknown)
            return new BallotNotFound();
        if (first is not Ballot.Proclaimed proclaimed || !proclaimed.IsCalled(out var called))
            return new NoSecondRoundCalled();
        if (put is not (null or Ballot.Unknown or Ballot.Annulled))
            return new SecondRoundAlreadyPut(put.Title ?? "");
        // Its own rounds would take the tie out of the rule of the statutes: what follows the last, and how many there are.
        if (draft.Contest?.Question.Method is Plurality { Rounds: > 1 })
            return new SecondRoundOfSeveralRounds();
        if (draft.Contest?.Withdraws() is { } gone)
            return gone;
        var was = proclaimed.Draft;
        return draft.Body == was.Body && draft.Decision == was.Decision && draft.Election == was.Election && draft.Workstream == was.Workstream && draft.Minutes == was.Minutes
            && Same(draft.Contest, called) && (draft.Contest is not null || SameText(draft.Motion, was.Motion)) ? null : new SecondRoundPutsSomethingElse();
    }

    /// <summary>Whether two texts of a motion are one: a form breaks lines otherwise than a file.</summary>
    internal static bool SameText(string left, string right) => Plain(left) == Plain(right);

    private static string Plain(string text) => text.ReplaceLineEndings("\n").Trim();

    // By which method of one round the second round is held is for whoever puts it.
    private static bool Same(Contest? put, Contest? called) => (put, called) switch
    {
        (null, null) => true,
        ({ } one, { } other) => one.Of == other.Of && one.Question.Seats == other.Question.Seats
            && one.Question.Options.ToHashSet(StringComparer.Ordinal).SetEquals(other.Question.Options),
        _ => false,
    };

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
