using System.Security.Cryptography;
using System.Text;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Counts the votes of a closed ballot. Papers too many for one append follow by the same command given again, until it changes nothing.</summary>
public sealed record CountBallot(BallotId Ballot, DateTimeOffset Now)
{
    /// <param name="votes">Every vote stream of this ballot, in any order; all of them were recorded before the closing.</param>
    /// <param name="signings">Every signing of this ballot, in a secret one, where there are no votes.</param>
    /// <param name="proxies">What those of this ballot are judged on, as of the closing: nothing is added to them after it.</param>
    /// <exception cref="InvalidOperationException">A vote of another ballot or of nobody on the roll: none was ever accepted.</exception>
    public Decision Decide(
        Timeline<Ballot> ballot, IReadOnlyList<Timeline<Vote>> votes, IReadOnlyList<Timeline<Signing>> signings, ProxyBasis proxies)
    {
        switch (ballot.Latest)
        {
            case Ballots.Ballot.Counted { IsWhole: false } counted:
                List<IEvent> chunks = [.. Count(counted.Was, votes, signings, proxies).Skip(1)];
                return ballot.Accept(BallotStanding.ActNow(Now, counted.Last), PapersCounted.AtOnce(chunks.Skip(counted.Chunks.Count)));
            case Ballots.Ballot.Counted or Ballots.Ballot.Proclaimed:
                return Decision.NoChange;
            case Ballots.Ballot.Closed { Opening.Secret: true, IsPublished: false }:
                return new PapersNotPublished();
            case Ballots.Ballot.Closed closed:
                return ballot.Accept(BallotStanding.ActNow(Now, closed.Last), PapersCounted.AtOnce(Count(closed, votes, signings, proxies)));
            case var otherwise:
                return otherwise.Otherwise();
        }
    }

    // The count and all its chunks, the same every time.
    private List<IEvent> Count(Ballots.Ballot.Closed closed, IReadOnlyList<Timeline<Vote>> votes, IReadOnlyList<Timeline<Signing>> signings, ProxyBasis proxies) =>
        closed.Opening.Secret ? CountPublished(closed, signings, proxies) : CountCast(closed, votes, proxies);

    private List<IEvent> CountCast(Ballots.Ballot.Closed closed, IReadOnlyList<Timeline<Vote>> votes, ProxyBasis proxies)
    {
        if (closed.Hands is { } hands)
            return CountHandsOf(closed, hands);
        var cast = new Dictionary<MandateId, (Elector Elector, Vote.Cast Vote)>();
        var lines = new List<string>();
        var packing = closed.Draft.Contest is { } contest ? new PackedPaper(contest.Question) : null;
        foreach (var timeline in votes)
        {
            if (timeline.Latest is not Vote.Cast vote)
                continue;
            if (vote.Ballot != Ballot || !closed.Roll.TryGetValue(vote.Elector, out var elector) || elector.Barred || !cast.TryAdd(vote.Elector, (elector, vote)))
                throw new InvalidOperationException($"{timeline.Stream} is no vote of an elector of {Ballot}.");
            lines.Add(PaperLine(vote.Elector, packing is null ? Electorate.StoredName(vote.Choice!.Value) : PapersCounted.Text(packing, vote.Paper!), timeline.Recorded[^1].Id));
        }

        // To preside is not given away: a proxy of the chair's carries the vote, not the casting vote.
        var opening = closed.Opening;
        var casting = opening.Rules.Tie.Content.Break == TieBreak.CastingVote && opening.Chair is { } chair && cast.TryGetValue(chair, out var chaired) && chaired.Vote.By == chaired.Elector.Person
            ? chaired.Vote.Choice
            : null;
        return Count(
            closed, [.. cast.Values.Select(v => new Counting(v.Vote.Choice, v.Vote.Paper, v.Elector.Weight, v.Elector.College))],
            cast.ToDictionary(v => v.Key, v => v.Value.Vote.By), lines, casting, proxies);
    }

    // Nobody's own vote is known: the counts are those that were called out in the meeting.
    private List<IEvent> CountHandsOf(Ballots.Ballot.Closed closed, HandsCounted hands)
    {
        // Whose hands they are nobody knows: who took part is as the opening has it.
        var roll = Roll(closed, elector => elector.Present);
        var casting = closed.Opening.Rules.Tie.Content.Break == TieBreak.CastingVote ? hands.Chair : null;
        return [new BallotCounted(Ballot, (int)hands.Groups.Sum(g => g.Count), hands.Groups, roll, Hash(hands.Groups.Select(HandsLine)), casting)];
    }

    /// <summary>A count of hands as the hash has it, one a line: « hands college choice weight count », « - » for no college.</summary>
    public static string HandsLine(PaperGroup group) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"hands {group.College ?? "-"} {Electorate.StoredName(group.Choice)} {group.Weight} {group.Count}");

    // Who took part is on the signing sheet, what was voted on the papers: nothing here brings the two together.
    private List<IEvent> CountPublished(Ballots.Ballot.Closed closed, IReadOnlyList<Timeline<Signing>> signings, ProxyBasis proxies)
    {
        var signed = signings.Select(s => s.Latest).OfType<Signing.Signed>().ToDictionary(s => s.Elector, s => s.By);
        if (signed.Count != closed.Papers.Count || signed.Keys.Any(elector => !closed.Roll.ContainsKey(elector)))
            throw new InvalidOperationException($"{closed.Papers.Count} papers of {Ballot} are published where {signed.Count} electors of its roll have signed.");
        return Count(
            closed, [.. closed.Papers.Select(p => new Counting(p.Choice, p.Paper, p.Weight, p.College))], signed,
            closed.Papers.Select(PublishPapers.LineOf(closed.Draft.Contest)), null, proxies);
    }

    /// <summary>A paper as it is counted, whoever cast it.</summary>
    private readonly record struct Counting(Choice? Choice, Paper? Paper, Fraction Weight, BodyId? College);

    private List<IEvent> Count(
        Ballots.Ballot.Closed closed, IReadOnlyList<Counting> papers, Dictionary<MandateId, PersonId> castBy, IEnumerable<string> lines, Choice? casting, ProxyBasis proxies)
    {
        var roll = Roll(closed, Presences(closed, castBy, proxies));
        var hash = Hash(lines);
        if (closed.Draft.Contest is not { Question: var question })
        {
            var motion = new MotionPapers();
            foreach (var paper in papers)
                motion.Add(paper.Choice!.Value, 1, paper.Weight, paper.College?.ToString());
            return [new BallotCounted(Ballot, papers.Count, motion.Groups, roll, hash, casting)];
        }

        var parts = PapersCounted.Parts(PapersCounted.Of(question, papers.Select(p => (p.Paper!, p.Weight, p.College?.ToString()))));
        var inline = parts.Count == 1;
        return
        [
            new BallotCounted(
                Ballot, papers.Count, [], roll, hash, null, inline ? parts[0] : null, inline ? null : [.. parts.Select(part => PapersCounted.Hash(question, part))]),
            .. inline ? [] : parts.Select((part, i) => new PapersChunk(Ballot, i + 1, part)),
        ];
    }

    private static List<RollGroup> Roll(Ballots.Ballot.Closed closed, Func<Elector, Presence?> presence)
    {
        var counted = closed.Opening.Held == HeldIn.Correspondence ? null : presence;
        return closed.Opening.Secret && !SecretBallot.CountsByCollege(closed.Opening.Rules)
            ? [new(Electorate.Sum(closed.Roll.Values), Fraction.One, counted is null ? null : Electorate.PresenceOf(closed.Roll.Values, counted))]
            : Electorate.RollOf(closed.Roll.Values, closed.Opening.Colleges, counted);
    }

    /// <summary>How each elector of a meeting took part in this vote: as the opening has it, or as the vote and the proxies since then tell.</summary>
    private static Func<Elector, Presence?> Presences(Ballots.Ballot.Closed closed, Dictionary<MandateId, PersonId> castBy, ProxyBasis proxies)
    {
        var judged = proxies.JudgeAt(closed, closed.On);
        var represented = judged.Where(p => p.Stands && p.HolderIsPresent(closed.Roll.Values)).Select(p => p.Proxy.Giver).ToHashSet();
        var fallen = judged.Where(p => p.Fault == ProxyFault.HolderLeft).Select(p => p.Proxy.Giver).ToHashSet();
        return elector =>
        {
            var given = proxies.Proxies.Latest.Of(elector.Mandate);
            if (castBy.TryGetValue(elector.Mandate, out var by))
            {
                return by != elector.Person ? Presence.Represented
                    : elector.Present is null || (elector.Present == Presence.Represented && given is not null) ? Presence.InPerson
                    : elector.Present;
            }

            if (represented.Contains(elector.Mandate))
                return Presence.Represented;
            return given switch
            {
                { End: ProxyEnd.GiverCame } when elector.Present is null or Presence.Represented => Presence.InPerson,
                // The proxy that the opening counted has fallen since, or was taken back.
                { End: null } when elector.Present == Presence.Represented && fallen.Contains(elector.Mandate) => null,
                { End: ProxyEnd.TakenBack } taken when elector.Present == Presence.Represented && taken.EndedOn > closed.Since => null,
                _ => elector.Present,
            };
        };
    }

    /// <summary>A paper as the hash of a count has it, one a line in the ordinal order of the mandates' ids, each ended by a line feed: mandate, choice, last event.</summary>
    public static string PaperLine(MandateId elector, Choice choice, EventId last) => PaperLine(elector, Electorate.StoredName(choice), last);

    /// <summary>The same with what was voted as a text: in a contest the paper as <see cref="PapersCounted.Text"/> has it.</summary>
    public static string PaperLine(MandateId elector, string paper, EventId last) => $"{elector} {paper} {last}";

    private static string Hash(IEnumerable<string> papers)
    {
        var lines = new StringBuilder();
        foreach (var line in papers.Order(StringComparer.Ordinal))
            lines.Append(line).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }
}
