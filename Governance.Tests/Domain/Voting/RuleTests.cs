using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Voting.Motions;

namespace Governance.Tests.Domain.Voting;

public sealed class RuleTests
{
    private static readonly SecrecyRule Secret = new(VoteForm.Secret, 5);

    public static TheoryData<RuleContent> EveryKind() =>
    [
        new NoticeRule(15, DayCount.Clear, [Convener.President, Convener.FractionOfMembers], [NoticeChannel.Email], true, F(1, 4), F(1, 10), 8),
        new NoticeRule(15, DayCount.Clear, [Convener.Board], [NoticeChannel.Post], false, ItemsUntilDays: 10, ItemsBy: [AgendaAuthor.EachMember, AgendaAuthor.Board]),
        new EligibilityRule(DuesPaidBy.RecordDate, 30, 90, Voice.Deliberative, 10),
        QuorumRule.OfMembers(F(1, 2)) with { Extent = QuorumExtent.SomeColleges, Colleges = 2, PlusOne = true, Counted = [Presence.InPerson, Presence.Postal] },
        new SecondConvocationRule(true, 15, true, QuorumRule.OfMembers(F(1, 4))),
        new ProxiesRule(true, true, true, true, BlankProxies.ToTheChair, HolderLeaves.NamedSubstitute, OverCap.AllVoid, 2, F(1, 10), 48),
        new MajorityRule(MajorityForm.Fraction, MajorityBase.Expressed, Comparison.AtLeast, true, true, true, F(2, 3)),
        new CollegesRule(CollegeMode.Normalised, MissingCollege.Drop, [new("presidents", 1), new("teams", F(1, 2))]),
        new CollegesRule(CollegeMode.Double, MissingCollege.Against, [], 2, Relative),
        new CollegesRule(CollegeMode.Veto, MissingCollege.Block, [], VetoOf: "presidents", VetoWhen: VetoWhen.NotAdopted),
        new TieRule(TieBreak.CastingVote),
        new TieRule(TieBreak.SecondRound, 2, TieBreak.Lot),
        new SecrecyRule(VoteForm.ShowOfHands, 5, F(1, 4), OnDemandOfChair: true),
        new TermsRule(Renewal.ByThirds, true, CoOption.UntilRatified, [new(Office.Auditor, Office.Treasurer)], true, true, 36, 2, 12),
        new AuthorityRule([BodyKind.GeneralAssembly, BodyKind.Board]),
        new RemoteVotingRule(true, true),
        new VoteChangeRule(true),
        new ClosingRule(ClosingMode.AtItsTime),
        new InterestRule(true, true, false),
    ];

    [Fact]
    public void There_is_an_example_of_every_kind_of_rule() =>
        Assert.Equal(Enum.GetValues<RuleKind>(), EveryKind().Select(row => row.Data.Kind).Distinct().Order());

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void A_rule_is_read_back_as_it_was_also_when_the_database_has_ordered_its_keys(RuleContent content)
    {
        var rule = new Rule("art. 4", new(Decision: DecisionKind.Budget), content);
        var json = JsonSerializer.SerializeToNode(rule, EventCatalogue.Json)!;

        var read = JsonSerializer.Deserialize<Rule>(ByLength(json).ToJsonString(), EventCatalogue.Json)!;

        Assert.IsType(content.GetType(), read.Content);
        Assert.True(read.SaysTheSameAs(rule));
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void Every_kind_of_rule_can_be_carried(RuleContent content)
    {
        var scope = content is AuthorityRule ? new RuleScope(Decision: DecisionKind.Budget) : new RuleScope(BodyKind.Board);

        Assert.Null(RulesInForce.Fault([new("art. 4", scope, content)]));
    }

    [Fact]
    public void Silent_statutes_leave_the_defaults()
    {
        var (body, decision) = (BodyKind.Board, DecisionKind.RoadmapItem);
        var rules = RulesInForce.Defaults;

        Assert.Equal((15, DayCount.Calendar), (rules.Notice(body, decision).Content.Days, rules.Notice(body, decision).Content.Count));
        Assert.Equal(DuesPaidBy.Vote, rules.Eligibility(body, decision).Content.Dues);
        Assert.Equal(QuorumExtent.None, rules.Quorum(body, decision).Content.Extent);
        Assert.False(rules.SecondConvocation(body, decision).Content.Allowed);
        Assert.True(rules.Proxies(body, decision).Content is { Allowed: true, MostPerHolder: null, MostShareOfVotes: null });
        Assert.Equal(MajorityRule.MoreThanHalfExpressed, rules.Majority(body, decision).Content);
        Assert.Equal(CollegeMode.Pooled, rules.Colleges(body, decision).Content.Mode);
        Assert.Equal(TieBreak.Rejected, rules.Tie(body, decision).Content.Break);
        Assert.Equal(VoteForm.ShowOfHands, rules.Secrecy(body, decision).Content.Form);
        Assert.Null(rules.Terms(body).Content.LengthMonths);
        Assert.Equal([BodyKind.GeneralAssembly], rules.Authority(DecisionKind.Dissolution).Content.Bodies);
        Assert.Contains(BodyKind.Board, rules.Authority(decision).Content.Bodies);
        Assert.True(rules.RemoteVoting(body, decision).Content is { Electronic: false, Correspondence: false });
        Assert.False(rules.VoteChange(body, decision).Content.Allowed);
        Assert.Equal(ClosingMode.Either, rules.Closing(body, decision).Content.Mode);
        Assert.Equal(RulesInForce.DefaultArticle, rules.Majority(body, decision).Article);
    }

    [Fact]
    public void Terms_of_a_body_are_what_its_mandates_are_given_under()
    {
        var terms = new TermsRule(Renewal.Whole, true, CoOption.NotAllowed, [new(Office.Auditor, Office.Treasurer)], true, true, 36, 2, 12);
        var rules = new RulesInForce(null, [new("art. 9", new(BodyKind.Board), terms)]);

        Assert.Equal(new MandateTerms(36, 2, true, 12, true, true, terms.Incompatible, "art. 9", CoOption: false), rules.MandateTerms(BodyKind.Board));
        Assert.Same(MandateTerms.Default, rules.MandateTerms(BodyKind.Bureau));
    }

    [Theory]
    [InlineData(BodyKind.Board, DecisionKind.Budget, "art. 4")]
    [InlineData(BodyKind.GeneralAssembly, DecisionKind.Budget, "art. 3")]
    [InlineData(BodyKind.Board, DecisionKind.Ordinary, "art. 2")]
    [InlineData(BodyKind.College, DecisionKind.Ordinary, "art. 1")]
    public void The_most_specific_rule_holds(BodyKind body, DecisionKind decision, string article)
    {
        Rule[] rules =
        [
            new("art. 4", new(BodyKind.Board, DecisionKind.Budget), Share(4, 5)),
            new("art. 1", new(), Share(1, 5)),
            new("art. 3", new(Decision: DecisionKind.Budget), Share(3, 5)),
            new("art. 2", new(BodyKind.Board), Share(2, 5)),
        ];

        Assert.Equal(article, new RulesInForce(null, rules).Majority(body, decision).Article);
    }

    public static TheoryData<RuleContent, string> OutOfRange() => new()
    {
        { Share(-1, 2), "share" },
        { Share(3, 2), "share" },
        { Share(0, 1), "share" },
        { Share(1, 1, Comparison.MoreThan), "share" },
        { QuorumRule.OfMembers(F(5, 4)), "share" },
        { new ProxiesRule(true, false, false, false, BlankProxies.Refused, HolderLeaves.Void, OverCap.ExcessVoid, null, F(11, 10)), "mostShareOfVotes" },
        { new NoticeRule(15, DayCount.Calendar, [Convener.FractionOfMembers], [], true, F(2, 1)), "membersShare" },
        { new NoticeRule(15, DayCount.Calendar, [], [], true, null, F(2, 1)), "itemsShare" },
        { new SecrecyRule(VoteForm.RollCall, 5, F(-1, 4)), "onDemandOf" },
        { new CollegesRule(CollegeMode.Normalised, MissingCollege.Drop, [new("teams", 0)]), "weights" },
        { new CollegesRule(CollegeMode.SomeColleges, MissingCollege.Drop, [], 2, Share(2, 1)), "share" },
        { new SecondConvocationRule(true, 15, true, QuorumRule.OfMembers(F(2, 1))), "share" },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_fraction_out_of_its_range_is_refused(RuleContent content, string field)
    {
        var refusal = Assert.IsType<RuleFractionOutOfRange>(RulesInForce.Fault([new("art. 1", new(), content)]));

        Assert.Equal((field, "rule.fraction-out-of-range"), (refusal.Field, refusal.Code));
    }

    public static TheoryData<RuleContent, string> NumberOff() => new()
    {
        { new NoticeRule(-1, DayCount.Calendar, [], [], true), "days" },
        { new NoticeRule(1, DayCount.Calendar, [], [], true, null, F(1, 2), 400), "itemsUntilDays" },
        { new EligibilityRule(DuesPaidBy.Vote, -1, 0, Voice.Deliberative), "graceDays" },
        { new EligibilityRule(DuesPaidBy.Vote, 0, -1, Voice.Deliberative), "seniorityDays" },
        { new EligibilityRule(DuesPaidBy.RecordDate, 0, 0, Voice.Deliberative, 500), "recordDateDays" },
        { QuorumRule.OfMembers(F(1, 2)) with { Extent = QuorumExtent.SomeColleges, Colleges = 0 }, "colleges" },
        { new SecondConvocationRule(true, -1, true), "minimumGapDays" },
        { new ProxiesRule(true, false, false, false, BlankProxies.Refused, HolderLeaves.Void, OverCap.ExcessVoid, 0), "mostPerHolder" },
        { new ProxiesRule(true, false, false, false, BlankProxies.Refused, HolderLeaves.Void, OverCap.ExcessVoid, null, null, -1), "deadlineHours" },
        { new CollegesRule(CollegeMode.SomeColleges, MissingCollege.Drop, [], 0), "atLeast" },
        { new SecrecyRule(VoteForm.RollCall, 0), "smallestGroup" },
        { new TermsRule(Renewal.Whole, false, CoOption.NotAllowed, [], LengthMonths: 0), "lengthMonths" },
        { new TermsRule(Renewal.Whole, false, CoOption.NotAllowed, [], MostConsecutive: 0), "mostConsecutive" },
        { new TermsRule(Renewal.Whole, false, CoOption.NotAllowed, [], Seats: 0), "seats" },
    };

    [Theory]
    [MemberData(nameof(NumberOff))]
    public void A_number_out_of_its_range_is_refused(RuleContent content, string field) =>
        Assert.Equal(field, Assert.IsType<RuleNumberOutOfRange>(RulesInForce.Fault([new("art. 1", new(), content)])).Field);

    public static TheoryData<RuleContent, string> Incomplete() => new()
    {
        { new NoticeRule(15, DayCount.Calendar, [], [], true, ItemsBy: []), "itemsBy" },
        { new MajorityRule(MajorityForm.Fraction, MajorityBase.Expressed), "share" },
        { QuorumRule.None with { Extent = QuorumExtent.Whole }, "share" },
        { QuorumRule.OfMembers(F(1, 2)) with { Extent = QuorumExtent.SomeColleges }, "colleges" },
        { new EligibilityRule(DuesPaidBy.RecordDate, 0, 0, Voice.Deliberative), "recordDateDays" },
        { new NoticeRule(15, DayCount.Calendar, [Convener.FractionOfMembers], [], true), "membersShare" },
        { new CollegesRule(CollegeMode.Double, MissingCollege.Drop, []), "atLeast" },
        { new CollegesRule(CollegeMode.Veto, MissingCollege.Drop, []), "vetoOf" },
    };

    [Theory]
    [MemberData(nameof(Incomplete))]
    public void A_rule_without_what_it_needs_is_refused(RuleContent content, string field) =>
        Assert.Equal(field, Assert.IsType<RuleFieldMissing>(RulesInForce.Fault([new("art. 1", new(), content)])).Field);

    [Fact]
    public void Authority_names_at_least_one_body() => Assert.IsType<RuleFieldMissing>(
        RulesInForce.Fault([new("art. 1", new(Decision: DecisionKind.Budget), new AuthorityRule([]))]));

    public static TheoryData<RuleContent, string> Surplus() => new()
    {
        { HalfPlusOne with { Share = F(1, 2) }, "share" },
        { Relative with { WithAbstentions = true }, "withAbstentions" },
        { Share(1, 2, over: MajorityBase.AllMembers) with { WithBlanks = true }, "withBlanks" },
        { Share(1, 2, over: MajorityBase.Present) with { WithNulls = true }, "withNulls" },
        { QuorumRule.None with { Share = F(1, 2) }, "share" },
        { QuorumRule.None with { PlusOne = true }, "plusOne" },
        { QuorumRule.OfMembers(F(1, 2)) with { Colleges = 2 }, "colleges" },
        { new EligibilityRule(DuesPaidBy.Vote, 0, 0, Voice.Deliberative, 10), "recordDateDays" },
        { new NoticeRule(15, DayCount.Calendar, [], [], true, F(1, 2)), "membersShare" },
        { new SecondConvocationRule(false, 0, true, QuorumRule.None), "quorum" },
        { new ProxiesRule(false, false, false, false, BlankProxies.Refused, HolderLeaves.Void, OverCap.ExcessVoid, 2), "mostPerHolder" },
        { new ProxiesRule(false, false, false, false, BlankProxies.Refused, HolderLeaves.Void, OverCap.ExcessVoid, null, F(1, 2)), "mostShareOfVotes" },
        { CollegesRule.Pooled with { AtLeast = 2 }, "atLeast" },
        { CollegesRule.Pooled with { VetoOf = "teams" }, "vetoOf" },
        { CollegesRule.Pooled with { Weights = [new("teams", 1)] }, "weights" },
        { CollegesRule.Pooled with { Within = Relative }, "within" },
        { Secret with { OnDemandOf = F(1, 2) }, "onDemandOf" },
        { Secret with { OnDemandOfChair = true }, "onDemandOfChair" },
        { new NoticeRule(15, DayCount.Calendar, [], [], true, ItemsUntilDays: 8), "itemsUntilDays" },
        { new NoticeRule(15, DayCount.Calendar, [], [], true, ItemsShare: F(1, 10), ItemsBy: [AgendaAuthor.EachMember]), "itemsShare" },
    };

    [Theory]
    [MemberData(nameof(Surplus))]
    public void A_value_that_would_have_no_effect_is_refused(RuleContent content, string field) =>
        Assert.Equal(field, Assert.IsType<RuleFieldUnused>(RulesInForce.Fault([new("art. 1", new(), content)])).Field);

    [Fact]
    public void A_college_is_weighed_once() => Assert.IsType<RuleNamesCollegeTwice>(RulesInForce.Fault(
        [new("art. 1", new(), new CollegesRule(CollegeMode.Normalised, MissingCollege.Drop, [new("teams", 1), new("teams", 2)]))]));

    [Fact]
    public void A_rule_names_its_article() => Assert.IsType<RuleWithoutArticle>(RulesInForce.Fault([new(" ", new(), Relative)]));

    [Fact]
    public void Terms_are_of_bodies_and_authority_is_of_decisions()
    {
        Assert.IsType<RuleOutOfScope>(RulesInForce.Fault(
            [new("art. 1", new(Decision: DecisionKind.Budget), new TermsRule(Renewal.Whole, false, CoOption.NotAllowed, []))]));
        Assert.IsType<RuleOutOfScope>(RulesInForce.Fault([new("art. 1", new(), new AuthorityRule([BodyKind.Board]))]));
        Assert.IsType<RuleOutOfScope>(RulesInForce.Fault(
            [new("art. 1", new(BodyKind.Board, DecisionKind.Budget), new AuthorityRule([BodyKind.Board]))]));
    }

    [Fact]
    public void Two_rules_of_a_kind_for_the_same_scope_are_refused() =>
        Assert.IsType<RuleTwice>(RulesInForce.Fault([new("art. 1", new(), Relative), new("art. 2", new(), HalfPlusOne)]));

    [Fact]
    public void A_tie_with_a_casting_vote_on_a_secret_ballot_is_refused_when_set()
    {
        Rule[] rules = [new("art. 8", new(BodyKind.Board), new TieRule(TieBreak.CastingVote)), new("art. 9", new(Decision: DecisionKind.Election), Secret)];

        var refusal = Assert.IsType<CastingVoteInSecretBallot>(RulesInForce.Fault(rules));

        Assert.Equal(("art. 8", "art. 9", BodyKind.Board, DecisionKind.Election), (refusal.TieArticle, refusal.SecrecyArticle, refusal.Body, refusal.Decision));
        Assert.Equal(("art. 8", "rule.casting-vote-in-secret-ballot"), (refusal.Article, refusal.Code));
    }

    [Fact]
    public void A_casting_vote_and_secret_elections_agree_where_elections_part_ties_otherwise() => Assert.Null(RulesInForce.Fault(
    [
        new("art. 8", new(BodyKind.Board), new TieRule(TieBreak.CastingVote)),
        new("art. 9", new(Decision: DecisionKind.Election), Secret),
        new("art. 9", new(Decision: DecisionKind.Election), new TieRule(TieBreak.SecondRound)),
    ]));

    [Fact]
    public void A_casting_vote_that_follows_the_last_round_is_refused_on_a_secret_ballot_too() => Assert.IsType<CastingVoteInSecretBallot>(RulesInForce.Fault(
        [new("art. 8", new(), new TieRule(TieBreak.SecondRound, Then: TieBreak.CastingVote)), new("art. 9", new(), Secret)]));

    [Theory]
    [InlineData(TieBreak.Lot, null)]
    [InlineData(TieBreak.Eldest, null)]
    [InlineData(TieBreak.SecondRound, TieBreak.Lot)]
    public void What_parts_options_is_refused_for_decisions_that_have_none(TieBreak tie, TieBreak? then)
    {
        static Refusal? Set(TieRule rule, DecisionKind? decision) => RulesInForce.Fault([new("art. 8", new(Decision: decision), rule)]);
        var rule = new TieRule(tie, Then: then);

        Assert.Equal(new TieRuleNeverUsed(DecisionKind.Statutes), Set(rule, DecisionKind.Statutes));
        Assert.IsType<TieRuleNeverUsed>(Set(rule, DecisionKind.Admission));
        Assert.Null(Set(rule, DecisionKind.Election));
        Assert.Null(Set(rule, null));
        Assert.Null(Set(new TieRule(TieBreak.SecondRound, Then: TieBreak.CastingVote), DecisionKind.Statutes));
    }

    [Fact]
    public void Rounds_and_what_follows_them_belong_to_a_second_round()
    {
        static Refusal? Set(TieRule rule) => RulesInForce.Fault([new("art. 8", new(), rule)]);

        Assert.Equal(new RuleFieldUnused(RuleKind.Tie, "rounds"), Set(new TieRule(TieBreak.Lot, 1)));
        Assert.Equal(new RuleFieldUnused(RuleKind.Tie, "then"), Set(new TieRule(TieBreak.Lot, Then: TieBreak.Eldest)));
        Assert.Equal(new RuleFieldUnused(RuleKind.Tie, "then"), Set(new TieRule(TieBreak.SecondRound, Then: TieBreak.SecondRound)));
        Assert.Equal(new RuleNumberOutOfRange(RuleKind.Tie, "rounds", 0, 1, 5), Set(new TieRule(TieBreak.SecondRound, 0)));
        Assert.Equal(new RuleNumberOutOfRange(RuleKind.Tie, "rounds", 6, 1, 5), Set(new TieRule(TieBreak.SecondRound, 6)));
    }

    [Fact]
    public void Half_plus_one_of_results_normalised_by_college_is_refused() => Assert.IsType<HalfPlusOneOfShares>(RulesInForce.Fault(
        [new("art. 1", new(), HalfPlusOne), new("art. 2", new(BodyKind.GeneralAssembly), new CollegesRule(CollegeMode.Normalised, MissingCollege.Drop, []))]));

    // As jsonb does: shorter keys first.
    private static JsonNode ByLength(JsonNode node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key.Length).ThenBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : ByLength(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(i => i is null ? null : ByLength(i))]),
        _ => node.DeepClone(),
    };
}
