using Governance.Domain.Elections;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Roadmaps;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Whether the decisions that facts say they rest on are there, stand, were taken in time, and are about the same thing.</summary>
public static class DecisionBasis
{
    /// <summary>The ballots that the facts name, each once.</summary>
    public static IReadOnlyList<BallotId> BallotsNamed(IReadOnlyList<Fact> facts) =>
        [.. facts.Select(f => f.Event).OfType<IDecided>().Select(e => e.Decision?.Ballot).OfType<BallotId>().Distinct()];

    /// <param name="ballots">Those of <see cref="BallotsNamed"/>, in its order.</param>
    /// <param name="body">The body of a stream on which a mandate is confirmed or goes on: it knows whose mandate that is.</param>
    /// <param name="zone">The association's clocks: what holds from « 2023-10 » may rest on a decision of that month.</param>
    /// <returns>The refusal, or null when every decision named carries its fact.</returns>
    public static Refusal? Refuses(IReadOnlyList<Fact> facts, IReadOnlyList<Timeline<Ballot>> ballots, Func<StreamId, Timeline<Body>> body, TimeZoneInfo zone)
    {
        // The installation has asked the ballot itself: where somebody declines, whoever comes next may not be among those it elected.
        var installed = facts.Select(f => f.Event).OfType<ElectedInstalled>().SelectMany(e => e.Installed).Select(i => i.Mandate).ToHashSet();
        return facts.Select(fact => fact.Event is IDecided { Decision: { } named } decided
                ? Refuses(decided, fact, ballots.First(b => b.Stream == Ballot.Stream(named.Ballot)), body, installed, zone)
                : null)
            .FirstOrDefault(refusal => refusal is not null);
    }

    private static Refusal? Refuses(
        IDecided decided, Fact fact, Timeline<Ballot> ballot, Func<StreamId, Timeline<Body>> body, HashSet<MandateId> installed, TimeZoneInfo zone)
    {
        if (decided.MayRestOnElection && OfPeople(ballot.Latest))
        {
            // Whoever a first round elects is elected, whatever is left to the second.
            if (!(decided is MandateAppointed { Mandate: var made } && installed.Contains(made))
                && (HolderOf(decided, fact, body) is not { } holder || !ballot.Latest.Elected.Contains(holder)))
                return new PersonNotElected();
        }
        else if (!CarriesOtherwise(decided, ballot.Latest.Verdict) && ballot.Stands() is { } refused)
        {
            return refused;
        }
        // A document may tell of a decision in words that no kind of today fits.
        else if (decided.Decides is { } asked && ballot.Latest is Ballot.Held { Draft.Decision: var kind } && !Carries(kind, asked))
        {
            return new DecisionOfKindNotAsked(kind, asked);
        }

        var on = ballot.DecidedOn();
        if (on > fact.On && on.Instant >= fact.On.PeriodEnd(zone))
            return new DecisionTakenLater(on);
        return ballot.Latest.Workstream is { } about && fact.Stream.Kind == "workstream" && fact.Stream != Workstream.Stream(about)
            ? new DecisionAboutAnotherWorkstream()
            : null;
    }

    /// <summary>
    /// The first fact that must name a decision, names none, and is of a kind that the statutes give to a body; null when there is none. The body of a
    /// decision that is named was asked for by the opening of its ballot, under the authority rule of its kind.
    /// </summary>
    public static DecisionNotNamed? Missing(IReadOnlyList<Fact> facts, RulesInForce rules) =>
        facts.Select(f => f.Event).OfType<IDecided>().Where(e => e is { NeedsDecision: true, Decision: null, Decides: not null })
            .Select(e => (Kind: e.Decides!.Value, rules.Authority(e.Decides!.Value).Article))
            .Where(e => e.Article != RulesInForce.DefaultArticle)
            .Select(e => new DecisionNotNamed(e.Kind, e.Article))
            .FirstOrDefault();

    /// <summary>An extraordinary decision may change what the association is.</summary>
    private static bool Carries(DecisionKind decided, DecisionKind asked) =>
        decided == asked || (decided == DecisionKind.Extraordinary && asked is DecisionKind.Statutes or DecisionKind.Dissolution);

    private static bool OfPeople(Ballot ballot) => ballot is Ballot.Proclaimed { Draft.Contest.Of: ContestOptions.People, Method: not null } or Ballot.Transcribed { Record.Elected: not null };

    private static PersonId? HolderOf(IDecided decided, Fact fact, Func<StreamId, Timeline<Body>> body) => decided switch
    {
        MandateAppointed appointed => appointed.Person,
        MandateRatified ratified => HolderOf(ratified.Mandate, body(fact.Stream).Latest),
        MandateRenewed renewed => HolderOf(renewed.Mandate, body(fact.Stream).Latest),
        _ => null,
    };

    private static PersonId? HolderOf(MandateId mandate, Body body) => body.AsConstituted?.Find(mandate)?.Person;

    private static bool CarriesOtherwise(IDecided decided, Verdict? verdict) => verdict switch
    {
        Verdict.Rejected => decided.MayRestOnRejection,
        Verdict.Elected => decided.MayRestOnElection,
        _ => false,
    };
}
