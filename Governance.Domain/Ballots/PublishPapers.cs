using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Takes the papers of a closed secret ballot out of the box, in the order of their tracking codes, which says nothing of who put them in or when.</summary>
public sealed record PublishPapers(BallotId Ballot, DateTimeOffset Now)
{
    /// <summary>Whether the papers that this decision publishes are the last: with them the box is emptied.</summary>
    public static bool EmptiesTheBox(Decision decision) =>
        decision is Decision.Accepted { Facts: [.., { Event: PapersPublished { } last }] } && last.Number == last.Of;

    /// <param name="papers">The paper of every elector who signed, opened; null where there is none or it cannot be. Nothing is added to them after the closing.</param>
    /// <param name="strays">How many papers in the box belong to nobody who signed.</param>
    public Decision Decide(Timeline<Ballot> ballot, IReadOnlyDictionary<MandateId, SecretPaper?> papers, int strays)
    {
        switch (ballot.Latest)
        {
            case Ballots.Ballot.Closed { Opening.Secret: true, IsPublished: false } closed:
                return papers.Values.Count(p => p is null) + strays is > 0 and var unreadable
                    ? new SealedPapersUnreadable(unreadable)
                    : ballot.Accept(BallotStanding.ActNow(Now, closed.Last), Parts(closed, papers));
            case Ballots.Ballot.Closed or Ballots.Ballot.Counted or Ballots.Ballot.Proclaimed:
                return Decision.NoChange;
            case var otherwise:
                return otherwise.Otherwise();
        }
    }

    private List<IEvent> Parts(Ballots.Ballot.Closed closed, IReadOnlyDictionary<MandateId, SecretPaper?> papers)
    {
        var rules = closed.Opening.Rules;
        // Sorted by all that they say, so that even two of one code come in an order that is theirs and not the box's.
        List<PublishedPaper> sorted =
        [
            .. papers.Select(p => (Elector: closed.Roll[p.Key], Paper: p.Value!))
                .Select(p => new PublishedPaper(p.Paper.Code, p.Elector.Weight, p.Paper.Choice, p.Paper.Paper, SecretBallot.CollegeTold(rules, p.Elector)))
                .OrderBy(LineOf(closed.Draft.Contest), StringComparer.Ordinal),
        ];
        var parts = PapersCounted.Parts(sorted);
        return PapersCounted.AtOnce(parts.Select((part, i) => new PapersPublished(Ballot, i + 1, parts.Count, part)).Skip(closed.PartsPublished));
    }

    /// <summary>
    /// How the hash of a count has a paper, one a line in ordinal order, each ended by a line feed: code, choice (in a contest the paper as
    /// <see cref="PapersCounted.Text"/> has it), weight, college or « - ».
    /// </summary>
    public static Func<PublishedPaper, string> LineOf(Contest? contest)
    {
        var packing = contest is null ? null : new PackedPaper(contest.Question);
        return paper =>
            $"{paper.Code} {(packing is null ? Electorate.StoredName(paper.Choice!.Value) : PapersCounted.Text(packing, paper.Paper!))} {paper.Weight} {paper.College?.ToString() ?? "-"}";
    }
}
