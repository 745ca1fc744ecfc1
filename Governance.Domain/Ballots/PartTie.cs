using System.Security.Cryptography;
using System.Text;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>What a lot is drawn from: the association's log at the size at which it first holds the result that was declared tied.</summary>
/// <param name="Size">Leaves of the tree: the index of the event of that result.</param>
/// <param name="Root">The root of the tree at that size, in base64, as the third line of its checkpoint has it.</param>
public sealed record LotSeed(long Size, string Root);

/// <summary>Parts options that a proclaimed result left tied: by lot, or by age, as the rule says that the ballot opened under.</summary>
/// <param name="TieOrder">By age: at least the options tied, the eldest first, as whoever keeps the records declares it. None for a lot.</param>
/// <param name="Source">By age: the document that tells it. None for a lot.</param>
/// <param name="Seed">What the lot is drawn from; null while the log does not reach so far.</param>
public sealed record PartTie(BallotId Ballot, IReadOnlyList<string>? TieOrder, string? Source, LotSeed? Seed, DateTimeOffset Now)
{
    public Decision Decide(Timeline<Ballot> ballot)
    {
        switch (ballot.Latest)
        {
            case Ballots.Ballot.Proclaimed { Parted: { } parted }:
                return TieOrder is null || (TieOrder.SequenceEqual(parted.Order, StringComparer.Ordinal) && Source == parted.Source)
                    ? Decision.NoChange
                    : new TieAlreadyParted();
            case Ballots.Ballot.Proclaimed { Verdict: not Verdict.Tied }:
                return new NothingTied();
            // A lot is settled by the result itself, whoever finds what: nobody can put off its draw.
            case Ballots.Ballot.Proclaimed { IsLeftToLot: false } tied when tied.Unsettled.Count() is > 0 and var unsettled:
                return new IrregularityUnsettled(unsettled);
            case Ballots.Ballot.Proclaimed tied:
                return Part(ballot, tied);
            case Ballots.Ballot.Counted:
                return new ResultNotProclaimed();
            case var otherwise:
                return otherwise.Otherwise();
        }
    }

    /// <summary>
    /// Options in the order that a lot gives them: ascending by the SHA-256, in lower-case hexadecimal, of the UTF-8 text « root ballot option », the
    /// three parted by one space each.
    /// </summary>
    public static IReadOnlyList<string> Draw(LotSeed seed, BallotId ballot, IReadOnlyList<string> options) =>
    [
        .. options.OrderBy(option => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed.Root} {ballot} {option}"))), StringComparer.Ordinal),
    ];

    private Decision Part(Timeline<Ballot> ballot, Ballots.Ballot.Proclaimed tied)
    {
        var (article, rule) = (tied.Opening.Rules.Tie.Article, tied.Opening.Rules.Tie.Content.Break);
        if (rule == TieBreak.SecondRound)
            return new TiePartedBySecondRound(article);
        if (rule is not (TieBreak.Lot or TieBreak.Eldest))
            return new TieLeftOpen(article);
        // Neither a lot nor an age says yes or no to a text.
        if (tied.Draft.Contest is not { } contest)
            return new MotionNotPartedByLot(article);
        return rule == TieBreak.Lot ? ByLot(ballot, tied, contest, article) : ByAge(ballot, tied, contest);
    }

    private Decision ByLot(Timeline<Ballot> ballot, Ballots.Ballot.Proclaimed tied, Contest contest, string article)
    {
        if (TieOrder is not null || Source is not null)
            return new LotTakesNoOrder(article);
        if (Seed is null)
            return new CheckpointAwaited();
        // All that stand, not the tied alone: once one is out, others may be tied after it.
        var order = Draw(Seed, Ballot, contest.Question.Standing);
        return ballot.Accept(
            BallotStanding.ActNow(Now, tied.Last), new DeclaredTieParted(Ballot, TieBreak.Lot, order, Judge(tied, contest, order), Seed));
    }

    private Decision ByAge(Timeline<Ballot> ballot, Ballots.Ballot.Proclaimed tied, Contest contest)
    {
        var order = TieOrder ?? [];
        if ((contest.Question with { TieOrder = order }).Fault() is { } fault)
            return fault;
        if (Texts.Text("source", Source ?? "") is { } wrong)
            return wrong;
        if (tied.Method!.Tied.Except(order, StringComparer.Ordinal).Count() is > 0 and var missing)
            return new TieOrderIncomplete(missing);
        var outcome = Judge(tied, contest, order);
        return outcome.Verdict == Verdict.Tied
            ? new TieOrderIncomplete(outcome.Tied.Except(order, StringComparer.Ordinal).Count())
            : ballot.Accept(BallotStanding.ActNow(Now, tied.Last), new DeclaredTieParted(Ballot, TieBreak.Eldest, order, outcome, Source: Source));
    }

    private static MethodOutcome Judge(Ballots.Ballot.Proclaimed tied, Contest contest, IReadOnlyList<string> order) => ProclaimResult.Judge(
        contest with { Question = contest.Question with { TieOrder = order } }, tied.Opening, tied.Was.Count, tied.Was.Chunks.SelectMany(c => c.Papers));
}
