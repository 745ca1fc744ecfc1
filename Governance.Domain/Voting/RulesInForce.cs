using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Voting;

/// <summary>A rule as it applies to one decision, with the article it comes from.</summary>
/// <param name="Article">The article, or <see cref="RulesInForce.DefaultArticle"/> where the statutes say nothing.</param>
public sealed record Applied<TContent>(string Article, TContent Content) where TContent : RuleContent;

/// <summary>The rules that hold at an instant: those of the version of the statutes in force, and defaults for the rest.</summary>
/// <param name="Version">The version they come from; null when no statutes are in force.</param>
public sealed record RulesInForce(StatutesVersionId? Version, IReadOnlyList<Rule> Rules)
{
    /// <summary>Stands in the place of an article where the statutes say nothing.</summary>
    public const string DefaultArticle = "default";

    public static RulesInForce Defaults { get; } = new(null, []);

    public Applied<NoticeRule> Notice(BodyKind body, DecisionKind decision) =>
        Resolve<NoticeRule>(body, decision, new(15, DayCount.Calendar, [Convener.President], [NoticeChannel.Email, NoticeChannel.Post], true));

    public Applied<EligibilityRule> Eligibility(BodyKind body, DecisionKind decision) =>
        Resolve<EligibilityRule>(body, decision, new(DuesPaidBy.Vote, 0, 0, Voice.Deliberative));

    public Applied<QuorumRule> Quorum(BodyKind body, DecisionKind decision) => Resolve(body, decision, QuorumRule.None);

    public Applied<SecondConvocationRule> SecondConvocation(BodyKind body, DecisionKind decision) =>
        Resolve<SecondConvocationRule>(body, decision, new(false, 0, true));

    public Applied<ProxiesRule> Proxies(BodyKind body, DecisionKind decision) =>
        Resolve<ProxiesRule>(body, decision, new(true, false, true, true, BlankProxies.Refused, HolderLeaves.Void, OverCap.ExcessVoid));

    public Applied<MajorityRule> Majority(BodyKind body, DecisionKind decision) => Resolve(body, decision, MajorityRule.MoreThanHalfExpressed);

    public Applied<CollegesRule> Colleges(BodyKind body, DecisionKind decision) => Resolve(body, decision, CollegesRule.Pooled);

    public Applied<TieRule> Tie(BodyKind body, DecisionKind decision) => Resolve<TieRule>(body, decision, new(TieBreak.Rejected));

    public Applied<SecrecyRule> Secrecy(BodyKind body, DecisionKind decision) => Resolve<SecrecyRule>(body, decision, new(VoteForm.ShowOfHands, 5));

    public Applied<TermsRule> Terms(BodyKind body) =>
        Resolve<TermsRule>(body, DecisionKind.Ordinary, new(Renewal.Whole, false, CoOption.NotAllowed, []));

    /// <summary>The same, as the use cases on mandates ask for it: no article where the statutes say nothing.</summary>
    public MandateTerms MandateTerms(BodyKind body) => Terms(body) is var (article, terms) && article != DefaultArticle
        ? new(
            terms.LengthMonths, terms.MostConsecutive, terms.Holdover, terms.Seats, terms.SeveralMandatesAPerson, terms.RepresentativesOnly,
            terms.Incompatible, article, terms.Renewal switch { Renewal.ByHalves => 2, Renewal.ByThirds => 3, _ => 1 },
            terms.CoOption != CoOption.NotAllowed, terms.NextElected == true, terms.RevokedBy is { Count: > 0 } by ? by : null, terms.NoticeMonths ?? Mandates.MandateTerms.UsualNoticeMonths)
        : Mandates.MandateTerms.Default;

    /// <summary>Without a rule the assembly alone changes what the association is; other decisions are any deciding body's.</summary>
    public Applied<AuthorityRule> Authority(DecisionKind decision) =>
        Resolve<AuthorityRule>(BodyKind.GeneralAssembly, decision, new(
            decision is DecisionKind.Statutes or DecisionKind.Dissolution or DecisionKind.Extraordinary
                ? [BodyKind.GeneralAssembly]
                : [BodyKind.GeneralAssembly, BodyKind.Board, BodyKind.Bureau, BodyKind.College]));

    /// <summary>In which meetings a decision may be taken; where its rule does not say so, what changes or ends the association asks for an extraordinary one.</summary>
    public Applied<AuthorityRule> AuthorityInMeeting(DecisionKind decision)
    {
        var rule = Authority(decision);
        return rule.Content.Meeting is not null ? rule : rule with
        {
            Content = rule.Content with
            {
                Meeting = decision is DecisionKind.Statutes or DecisionKind.Dissolution or DecisionKind.Extraordinary ? MeetingAsked.Extraordinary : MeetingAsked.Any,
            },
        };
    }

    public Applied<RemoteVotingRule> RemoteVoting(BodyKind body, DecisionKind decision) =>
        Resolve<RemoteVotingRule>(body, decision, new(false, false));

    public Applied<VoteChangeRule> VoteChange(BodyKind body, DecisionKind decision) => Resolve<VoteChangeRule>(body, decision, new(false));

    public Applied<ClosingRule> Closing(BodyKind body, DecisionKind decision) => Resolve<ClosingRule>(body, decision, new(ClosingMode.Either));

    public Applied<InterestRule> Interest(BodyKind body, DecisionKind decision) => Resolve<InterestRule>(body, decision, new(false, false, true));

    /// <summary>What is wrong with the rules, each by itself or together; null when nothing is.</summary>
    public static Refusal? Fault(IReadOnlyList<Rule> rules)
    {
        foreach (var rule in rules)
        {
            if (rule.Fault() is { } fault)
                return fault;
            if (rules.Count(rule.Replaces) > 1)
                return new RuleTwice(rule.Content.Kind, rule.Scope.Body, rule.Scope.Decision);
        }

        // Scopes overlap, so what meets what is asked of every case rather than of every pair of rules.
        var all = new RulesInForce(null, rules);
        return Enum.GetValues<BodyKind>()
            .SelectMany(body => Enum.GetValues<DecisionKind>(), (body, decision) => all.Clash(body, decision))
            .FirstOrDefault(clash => clash is not null);
    }

    private Refusal? Clash(BodyKind body, DecisionKind decision)
    {
        var (tie, secrecy) = (Tie(body, decision), Secrecy(body, decision));
        if (TieBreak.CastingVote is var casting && (tie.Content.Break == casting || tie.Content.Then == casting) && secrecy.Content.Form == VoteForm.Secret)
            return new CastingVoteInSecretBallot(tie.Article, secrecy.Article, body, decision);
        var (majority, colleges) = (Majority(body, decision), Colleges(body, decision));
        if (majority.Content.Form == MajorityForm.HalfPlusOne && colleges.Content.Mode == CollegeMode.Normalised)
            return new HalfPlusOneOfShares(majority.Article, colleges.Article, body, decision);
        return null;
    }

    private Applied<TContent> Resolve<TContent>(BodyKind body, DecisionKind decision, TContent otherwise) where TContent : RuleContent =>
        Rules.Where(r => r.Content is TContent && r.Scope.Covers(body, decision)).MaxBy(r => r.Scope.Rank) is { } rule
            ? new(rule.Article, (TContent)rule.Content)
            : new(DefaultArticle, otherwise);
}
