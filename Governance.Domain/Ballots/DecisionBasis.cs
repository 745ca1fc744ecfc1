using Governance.Domain.Elections;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Roadmaps;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>What there is to ask whether facts rest on the decisions that they name and need.</summary>
/// <param name="Ballots">Those of <see cref="DecisionBasis.BallotsNamed"/>, in its order.</param>
/// <param name="Body">The body of a stream: whose mandate is confirmed or goes on, or whose vote it was.</param>
/// <param name="RulesOn">The rules in force at a time: each fact is judged by those of its own day.</param>
/// <param name="IsTranscribed">Whether a document tells of the fact.</param>
/// <param name="IsDocumented">Whether a document that is kept belongs to the ballot.</param>
public sealed record DecisionsKnown(
    IReadOnlyList<Timeline<Ballot>> Ballots, Func<StreamId, Timeline<Body>> Body, Func<EffectiveTime, RulesInForce> RulesOn, Recording Recording, Func<Fact, bool> IsTranscribed,
    Func<BallotId, bool> IsDocumented)
{
    public Timeline<Ballot> Ballot(BallotId id) => Ballots.First(b => b.Stream == Domain.Ballots.Ballot.Stream(id));
}

/// <summary>Whether the decisions that facts say they rest on are there, stand, were taken in time, and are about the same thing.</summary>
public static class DecisionBasis
{
    /// <summary>The ballots that the facts name as their decision, each once.</summary>
    public static IReadOnlyList<BallotId> BallotsNamed(IReadOnlyList<Fact> facts) => [.. facts.Select(f => NamedBy(f.Event)).OfType<BallotId>().Distinct()];

    /// <summary>Whether the fact has to name a decision where the statutes give it to a body, and names none.</summary>
    public static bool NamesNone(Fact fact) => fact.Event is IDecided { NeedsDecision: true, Decision: null, Decides: not null };

    /// <summary>An outcome that a document tells of although it was decided when decisions were recorded here already; null when it is not one.</summary>
    public static Ballot.Transcribed? TakenElsewhere(Ballot ballot, Recording recording) =>
        ballot is Ballot.Transcribed told && !recording.Follows(told.On) ? told : null;

    /// <summary>The facts that no decision carries, in their order, each with the reason.</summary>
    public static IReadOnlyList<(Fact Fact, Refusal Why)> Unfounded(IReadOnlyList<Fact> facts, DecisionsKnown known)
    {
        // The installation has asked the ballot itself: where somebody declines, whoever comes next may not be among those it elected.
        var installed = facts.Select(f => f.Event).OfType<ElectedInstalled>().SelectMany(e => e.Installed).Select(i => i.Mandate).ToHashSet();
        var unfounded = new List<(Fact, Refusal)>();
        foreach (var fact in facts)
        {
            var why = NamesNone(fact) ? Missing(fact, known)
                : NamedBy(fact.Event) is not { } named ? null
                : Elsewhere(fact.Event, known.Ballot(named).Latest, known)
                    ?? (fact.Event is IDecided decided ? Refuses(decided, fact, known.Ballot(named), known, installed) : null);
            if (why is not null)
                unfounded.Add((fact, why));
        }

        return unfounded;
    }

    // The body of a decision that is named was asked for by the opening of its ballot, under the authority rule of its kind.
    private static DecisionNotNamed? Missing(Fact fact, DecisionsKnown known)
    {
        if (known.IsTranscribed(fact) && known.Recording.Follows(fact.On))
            return null;
        var kind = ((IDecided)fact.Event).Decides!.Value;
        return known.RulesOn(fact.On).Authority(kind).Article is var article && article != RulesInForce.DefaultArticle ? new(kind, article) : null;
    }

    // Those that are no IDecided have asked their ballot themselves whether it stands.
    private static BallotId? NamedBy(IEvent @event) => @event switch
    {
        IDecided decided => decided.Decision?.Ballot,
        StatutesAdopted adopted => adopted.Decision?.Ballot,
        BallotAnnulled annulled => annulled.Decision?.Ballot,
        _ => null,
    };

    /// <summary>
    /// What was voted elsewhere once decisions are recorded here has no papers here and was opened under no rule: it carries something where a document shows it, it
    /// is of the kind that is asked for, and the body is one that the statutes of its day give that decision to.
    /// </summary>
    private static Refusal? Elsewhere(IEvent @event, Ballot ballot, DecisionsKnown known)
    {
        if (TakenElsewhere(ballot, known.Recording) is not { Record: var told, On: var on })
            return null;
        if (!known.IsDocumented(told.Ballot))
            return new OutcomeWithoutDocument(on);
        if (told.Elected is not null && told.Decision != DecisionKind.Election)
            return new DecisionOfKindNotAsked(told.Decision, DecisionKind.Election);
        var authority = known.RulesOn(on).Authority(told.Decision);
        if (@event is IDecided { Decides: { } asked } && !Carries(told.Decision, asked))
            return new DecisionOfKindNotAsked(told.Decision, asked, ArticleOf(known.RulesOn(on).Authority(asked)));
        if (ArticleOf(authority) is not { } article)
            return null;
        return told.Body is not { } body || known.Body(Mandates.Body.Stream(body)).At(on).AsConstituted is not { } voted ? new OutcomeOfNoBody(told.Decision, article)
            : authority.Content.Bodies.Contains(voted.Kind) ? null : new BodyWithoutAuthority(voted.Kind, told.Decision, article);
    }

    private static Refusal? Refuses(IDecided decided, Fact fact, Timeline<Ballot> ballot, DecisionsKnown known, HashSet<MandateId> installed)
    {
        if (decided.MayRestOnElection && OfPeople(ballot.Latest))
        {
            // Whoever a first round elects is elected, whatever is left to the second.
            if (!(decided is MandateAppointed { Mandate: var made } && installed.Contains(made))
                && (HolderOf(decided, fact, known.Body) is not { } holder || !ballot.Latest.Elected.Contains(holder)))
                return new PersonNotElected();
        }
        else if (!CarriesOtherwise(decided, ballot.Latest.Verdict) && ballot.Stands() is { } refused)
        {
            return refused;
        }
        // A document of before may tell of a decision in words that no kind of today fits.
        else if (decided.Decides is { } asked && ballot.Latest is Ballot.Held { Draft.Decision: var kind } && !Carries(kind, asked))
        {
            return new DecisionOfKindNotAsked(kind, asked, ArticleOf(known.RulesOn(fact.On).Authority(asked)));
        }

        var on = ballot.DecidedOn();
        if (on > fact.On && on.Instant >= fact.On.PeriodEnd(known.Recording.Zone))
            return new DecisionTakenLater(on);
        return ballot.Latest.Workstream is { } about && fact.Stream.Kind == "workstream" && fact.Stream != Workstream.Stream(about)
            ? new DecisionAboutAnotherWorkstream()
            : null;
    }

    private static string? ArticleOf(Applied<AuthorityRule> authority) => authority.Article == RulesInForce.DefaultArticle ? null : authority.Article;

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
