using System.Collections.Immutable;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Elections;

/// <summary>What a ballot came to, as far as an election asks.</summary>
/// <param name="Elected">Whom it elected, in order.</param>
/// <param name="Outcome">With its ranking; null while nothing is proclaimed.</param>
public sealed record ElectionResult(IReadOnlyList<PersonId> Elected, MethodOutcome? Outcome)
{
    public static ElectionResult Of(Timeline<Ballot> ballot) => new(ballot.Latest.Elected, (ballot.Latest as Ballot.Proclaimed)?.Method);
}

/// <summary>What is to be filled, who stands for it, which ballots decided, and who was installed.</summary>
public abstract record Election : IState<Election>
{
    private Election() { }

    public sealed record Uncalled : Election;

    public sealed record Called(ElectionCalled Call) : Election
    {
        /// <summary>Those who stand, in the order in which they came.</summary>
        public ImmutableList<Candidate> Candidates { get; init; } = [];

        /// <summary>The ballots that put them, one for each round, annulled ones too.</summary>
        public ImmutableList<BallotId> Ballots { get; init; } = [];

        public ImmutableList<PersonId> Declined { get; init; } = [];

        public ImmutableList<Installed> Installed { get; init; } = [];

        public Candidate? Find(PersonId person) => Candidates.Find(c => c.Person == person);

        /// <summary>
        /// The seats that this election is about to fill: every one that nobody was installed in, until its ballots have decided; then as many as were elected. A tie that is
        /// still to be parted has not decided, nor has a result that calls for a second round, until one more ballot follows.
        /// </summary>
        /// <param name="ballots">Those of the election, in order.</param>
        public IReadOnlyList<ElectedSeat> Waiting(IReadOnlyList<Timeline<Ballot>> ballots, bool nextElected)
        {
            List<ElectedSeat> free = [.. Call.Seats.Where((_, i) => !Installed.Exists(known => known.Seat == i + 1))];
            return Ballots.IsEmpty || ballots.Index().Any(b => IsYetToDecide(b.Item.Latest, [.. ballots.Skip(b.Index + 1)]))
                ? free
                : [.. free.Take(Seated([.. ballots.Select(ElectionResult.Of)], nextElected).Count(s => !Installed.Exists(i => i.Person == s.Person)))];
        }

        private static bool IsYetToDecide(Ballot ballot, IReadOnlyList<Timeline<Ballot>> following) => ballot switch
        {
            Ballot.Transcribed or Ballot.Annulled => false,
            Ballot.Proclaimed { AwaitsParting: true } => true,
            Ballot.Proclaimed proclaimed => proclaimed.IsCalled(out _) && following.All(f => f.Latest is Ballot.Annulled),
            _ => true,
        };

        /// <summary>Those who were elected and did not decline, each with the ballot that elected them, in order; and where the statutes say so, whoever comes next.</summary>
        /// <param name="results">Of the ballots of the election, in order.</param>
        public IReadOnlyList<(PersonId Person, BallotId Ballot)> Seated(IReadOnlyList<ElectionResult> results, bool nextElected)
        {
            var elected = Ballots.Zip(results, (id, result) => result.Elected.Select(person => (Person: person, Ballot: id)))
                .SelectMany(e => e).DistinctBy(e => e.Person).ToList();
            var seated = elected.Where(e => !Declined.Contains(e.Person)).ToList();
            var places = elected.Count - seated.Count;
            if (!nextElected || places == 0 || Ballots.Zip(results).LastOrDefault(b => b.Second.Outcome is not null) is not (var last, { Outcome: { } outcome }))
                return seated;
            foreach (var group in outcome.Ranking)
            {
                var next = Contest.Identifiers<PersonId>(group).Where(p => elected.TrueForAll(e => e.Person != p) && !Declined.Contains(p)).ToList();
                // Equals share no seat: it stays vacant rather than be given by chance.
                if (next.Count > places)
                    break;
                seated.AddRange(next.Select(person => (person, last)));
                places -= next.Count;
            }

            return seated;
        }
    }

    public static Election Initial { get; } = new Uncalled();

    public static StreamId Stream(ElectionId id) => new($"election:{id}");

    public Election Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Uncalled, ElectionCalled e) => new Called(e),
        (Called c, CandidateStood e) when c.Find(e.Candidate.Person) is null => c with { Candidates = c.Candidates.Add(e.Candidate) },
        (Called c, CandidateWithdrew e) when c.Find(e.Person) is { } candidate => c with { Candidates = c.Candidates.Remove(candidate) },
        (Called c, ElectionPutToVote e) when !c.Ballots.Contains(e.Ballot) => c with { Ballots = c.Ballots.Add(e.Ballot) },
        (Called c, ElectionDeclined e) when !c.Declined.Contains(e.Person) => c with { Declined = c.Declined.Add(e.Person) },
        (Called c, ElectedInstalled e) when !e.Installed.Any(i => c.Installed.Exists(known => known.Person == i.Person || known.Seat == i.Seat)) =>
            c with { Installed = c.Installed.AddRange(e.Installed) },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}

/// <summary>Every election that the association calls or has called: one stream that calling another moves, so that a seat is not filled twice.</summary>
public sealed record RegisterOfElections(ImmutableHashSet<ElectionId> Elections) : IState<RegisterOfElections>
{
    public static RegisterOfElections Initial { get; } = new([]);

    public static StreamId Stream { get; } = new("elections");

    public RegisterOfElections Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        ElectionListed e => new(Elections.Add(e.Election)),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}

internal static class ElectionChecks
{
    /// <summary>The election that was called; the refusal when there is none.</summary>
    public static (Election.Called? Called, Refusal? Refused) AsCalled(this Timeline<Election> election) =>
        election.Latest is Election.Called called ? (called, null) : (null, new ElectionNotFound());

    /// <summary>Acts on an election follow each other as they are recorded, whatever day they are dated.</summary>
    public static Decision AcceptNext(this Timeline<Election> election, EffectiveTime on, IEvent @event) =>
        election.Accept(election.Effective is [.., { On: var last }] && last > on ? last : on, @event);

    /// <summary>Whether a ballot may be tied to the election: it puts the candidates, before the body that elects, for the seats to be filled.</summary>
    /// <param name="contest">What the ballot puts; null for a motion.</param>
    public static Refusal? Carries(this Timeline<Election> election, BodyId? body, Contest? contest)
    {
        var (people, seats) = (contest?.People() ?? [], contest?.Question.Seats ?? 0);
        var (called, refused) = election.AsCalled();
        if (called is null)
            return refused;
        if (called.Candidates.IsEmpty)
            return new NoCandidates();
        var open = called.Call.Seats.Count - called.Installed.Count;
        // The first ballot puts all who stand; a second round, or one more after an annulment, puts some of them.
        var fits = body == called.Call.Electing && people.All(p => called.Find(p) is not null)
            && (called.Ballots.IsEmpty ? people.Count == called.Candidates.Count && seats == open : seats <= open);
        return fits ? contest?.Withdraws() : new BallotPutsSomethingElse();
    }

    /// <summary>Whether an outcome that a document gives can be the election's: candidates of its own, no more than there are seats, before the body that elects.</summary>
    public static Refusal? Elects(this Timeline<Election> election, BodyId? body, IReadOnlyList<PersonId> elected)
    {
        var (called, refused) = election.AsCalled();
        if (called is null)
            return refused;
        return body == called.Call.Electing && elected.All(p => called.Find(p) is not null) && elected.Distinct().Count() == elected.Count
            && elected.Count <= called.Call.Seats.Count
            ? null
            : new BallotPutsSomethingElse();
    }
}
