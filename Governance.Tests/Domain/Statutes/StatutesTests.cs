using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.Tests.Domain.Ballots;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Statutes;

public sealed class StatutesTests
{
    private static readonly StatutesVersionId New = StatutesVersionId.Of(Id(21));
    private static readonly DateTimeOffset March = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Article Purpose = new("1", "Objet", "L'association anime le réseau.");
    private static readonly Article Seat = new("2", "Siège", "Le siège est à Paris.");
    private static readonly Rule Simple = new("art. 12", new(), MajorityRule.MoreThanHalfExpressed);
    private static readonly Rule Casting = new("art. 13", new(BodyKind.Board), new TieRule(TieBreak.CastingVote));
    private static readonly Rule SecretElections = new("art. 14", new(Decision: DecisionKind.Election), new SecrecyRule(VoteForm.Secret, 5));

    private static DraftStatutes Draft(IReadOnlyList<Article>? articles = null, IReadOnlyList<Rule>? rules = null, StatutesVersionId? basedOn = null) =>
        new(New, "Statuts de 2024", basedOn, articles, rules, At(March));

    private static AdoptStatutes Adopt(DateTimeOffset? inForce = null, BallotId? decision = null, DateTimeOffset? on = null) =>
        new(New, At(inForce ?? March.AddDays(1)), decision is { } d ? new DecisionReference(d) : null, At(on ?? March.AddDays(1)));

    private static Decision When(BallotStory story, AdoptStatutes command) =>
        When(story, command, null);

    // When the recording began: null says that all is of before.
    private static Decision When(BallotStory story, AdoptStatutes command, DateTimeOffset? since) =>
        command.Decide(story.Statutes, command.Decision is { } d ? story.Ballots(d.Ballot) : null, new(since, Story.Paris));

    private static BallotStory Drafted(IReadOnlyList<Article>? articles = null, IReadOnlyList<Rule>? rules = null)
    {
        var story = new BallotStory();
        return story.Then(Draft(articles ?? [Purpose, Seat], rules ?? [Simple]).Decide(story.Statutes));
    }

    private static BallotStory Adopted()
    {
        var story = Drafted();
        return story.Then(When(story, Adopt()));
    }

    private static StatutesVersion VersionOf(BallotStory story) => story.Statutes.Latest.Find(New)!;

    [Fact]
    public void A_version_is_drafted_once()
    {
        var story = Drafted([Purpose], [Simple]);

        Assert.Equal(Decision.NoChange, Draft([Purpose], [Simple]).Decide(story.Statutes));
        Assert.Equal("Statuts de 2024", Refused<StatutesVersionAlreadyDrafted>(Draft([Seat], [Simple]).Decide(story.Statutes)).Title);
        Assert.Equal([Purpose], VersionOf(story).Articles);
    }

    [Fact]
    public void A_version_starts_from_the_articles_and_rules_of_the_one_it_is_based_on()
    {
        var story = new BallotStory().WithStatutes(Casting);

        var drafted = Accepted<StatutesDrafted>(Draft(articles: [Purpose], basedOn: BallotStory.TheVersion).Decide(story.Statutes));

        Assert.Equal([Purpose], drafted.Articles);
        Assert.Equal(2, drafted.Rules.Count);
        Refused<StatutesBaseNotFound>(Draft(basedOn: StatutesVersionId.Of(Id(99))).Decide(story.Statutes));
    }

    [Fact]
    public void What_is_drafted_is_well_formed()
    {
        var none = new BallotStory().Statutes;

        Assert.Equal("title", Refused<TextOutOfBounds>((Draft() with { Title = "" }).Decide(none)).Field);
        Assert.Equal("number", Refused<TextOutOfBounds>(Draft([Purpose with { Number = "" }]).Decide(none)).Field);
        Assert.Equal("1", Refused<ArticleTwice>(Draft([Purpose, Purpose]).Decide(none)).Number);
        Refused<CastingVoteInSecretBallot>(Draft([], [Casting, SecretElections]).Decide(none));
    }

    [Fact]
    public void Articles_of_a_draft_are_added_amended_and_repealed()
    {
        var story = Drafted([Purpose]);
        story.Then(new AmendArticle(New, Seat, At(March)).Decide(story.Statutes));
        var amended = Purpose with { Text = "L'association anime et représente le réseau." };
        story.Then(new AmendArticle(New, amended, At(March)).Decide(story.Statutes));
        Assert.Equal([amended, Seat], VersionOf(story).Articles);
        Assert.Equal(Decision.NoChange, new AmendArticle(New, amended, At(March)).Decide(story.Statutes));

        story.Then(new RepealArticle(New, "1", At(March)).Decide(story.Statutes));
        Assert.Equal([Seat], VersionOf(story).Articles);
        Assert.Equal("1", Refused<ArticleNotFound>(new RepealArticle(New, "1", At(March)).Decide(story.Statutes)).Number);
        Assert.Equal("text", Refused<TextOutOfBounds>(
            new AmendArticle(New, Seat with { Text = new('a', 100_001) }, At(March)).Decide(story.Statutes)).Field);
    }

    [Fact]
    public void A_rule_takes_the_place_of_the_one_of_its_kind_and_scope()
    {
        var story = Drafted();
        var stricter = Simple with { Content = new MajorityRule(MajorityForm.HalfPlusOne, MajorityBase.Expressed) };
        story.Then(new SetRule(New, stricter, At(March)).Decide(story.Statutes));
        story.Then(new SetRule(New, Casting, At(March)).Decide(story.Statutes));

        Assert.Equal([stricter, Casting], VersionOf(story).Rules);
        Assert.Equal(Decision.NoChange, new SetRule(New, stricter, At(March)).Decide(story.Statutes));
    }

    [Fact]
    public void A_rule_that_cannot_hold_is_refused_when_it_is_set()
    {
        var story = Drafted(rules: [Casting]);

        Refused<CastingVoteInSecretBallot>(new SetRule(New, SecretElections, At(March)).Decide(story.Statutes));
        Refused<RuleWithoutArticle>(new SetRule(New, Simple with { Article = "" }, At(March)).Decide(story.Statutes));
        Assert.Equal("article", Refused<TextOutOfBounds>(new SetRule(New, Simple with { Article = new('a', 81) }, At(March)).Decide(story.Statutes)).Field);
    }

    [Fact]
    public void A_rule_is_removed_unless_what_is_left_cannot_hold()
    {
        var secondRound = new Rule("art. 13", new(BodyKind.Board, DecisionKind.Election), new TieRule(TieBreak.SecondRound));
        var story = Drafted(rules: [Casting, SecretElections, secondRound]);

        Refused<CastingVoteInSecretBallot>(new RemoveRule(New, RuleKind.Tie, secondRound.Scope, At(March)).Decide(story.Statutes));
        story.Then(new RemoveRule(New, RuleKind.Secrecy, SecretElections.Scope, At(March)).Decide(story.Statutes));
        Assert.Equal([Casting, secondRound], VersionOf(story).Rules);
        Assert.Equal(RuleKind.Secrecy, Refused<RuleNotFound>(new RemoveRule(New, RuleKind.Secrecy, SecretElections.Scope, At(March)).Decide(story.Statutes)).Rule);
    }

    [Fact]
    public void An_adopted_version_never_changes()
    {
        var story = Adopted();

        Refused<StatutesAlreadyAdopted>(new AmendArticle(New, Seat with { Text = "Lyon" }, At(March)).Decide(story.Statutes));
        Refused<StatutesAlreadyAdopted>(new RepealArticle(New, "1", At(March)).Decide(story.Statutes));
        Refused<StatutesAlreadyAdopted>(new SetRule(New, Casting, At(March)).Decide(story.Statutes));
        Refused<StatutesAlreadyAdopted>(new RemoveRule(New, RuleKind.Majority, new(), At(March)).Decide(story.Statutes));
        Assert.Equal(Decision.NoChange, When(story, Adopt()));
        Refused<StatutesAlreadyAdopted>(When(story, Adopt(inForce: March.AddDays(9))));
    }

    [Fact]
    public void A_version_that_is_not_there_cannot_be_changed_or_adopted()
    {
        var story = new BallotStory();

        Refused<StatutesVersionNotFound>(new AmendArticle(New, Seat, At(March)).Decide(story.Statutes));
        Refused<StatutesVersionNotFound>(new RepealArticle(New, "1", At(March)).Decide(story.Statutes));
        Refused<StatutesVersionNotFound>(new SetRule(New, Simple, At(March)).Decide(story.Statutes));
        Refused<StatutesVersionNotFound>(new RemoveRule(New, RuleKind.Tie, new(), At(March)).Decide(story.Statutes));
        Refused<StatutesVersionNotFound>(When(story, Adopt()));
    }

    [Fact]
    public void The_version_in_force_on_any_day_and_the_rules_with_it()
    {
        var story = new BallotStory().WithStatutes();
        story.Then(Draft([Purpose], [Simple]).Decide(story.Statutes)).Then(When(story, Adopt(inForce: March.AddDays(30)) with { Transcribed = true }));
        var versions = story.Statutes.Latest;

        Assert.Null(versions.InForceAt(January.AddDays(-1)));
        Assert.Same(RulesInForce.Defaults, versions.RulesAt(January.AddDays(-1)));
        Assert.Equal(BallotStory.TheVersion, versions.InForceAt(March.AddDays(29))!.Id);
        Assert.Equal(New, versions.InForceAt(March.AddDays(30))!.Id);
        Assert.Equal("art. 12", versions.RulesAt(March.AddDays(30)).Majority(BodyKind.Board, DecisionKind.Budget).Article);
        Assert.Equal([BallotStory.TheVersion, New], versions.Adopted.Select(v => v.Id));
        Assert.IsType<StatutesVersion.Draft>(story.Statutes.At(March).Find(New));
    }

    [Fact]
    public void Once_there_are_statutes_others_are_adopted_by_a_decision()
    {
        var authority = new Rule("art. 5", new(Decision: DecisionKind.Statutes), new AuthorityRule([BodyKind.GeneralAssembly]));
        var story = new BallotStory().WithStatutes(authority);
        story.Then(Draft([Purpose], [Simple]).Decide(story.Statutes));

        Assert.Equal(new DecisionNotNamed(DecisionKind.Statutes, "art. 5"), Refused<DecisionNotNamed>(When(story, Adopt())));
        Accepted<StatutesAdopted>(When(story, Adopt() with { Transcribed = true }));
        Accepted<StatutesAdopted>(When(story, Adopt() with { Transcribed = true }, March.AddDays(2)));
    }

    [Fact]
    public void No_day_before_the_first_statutes_and_no_document_gets_others_adopted_without_a_decision_once_there_are_some()
    {
        var authority = new Rule("art. 5", new(Decision: DecisionKind.Statutes), new AuthorityRule([BodyKind.GeneralAssembly]));
        var (story, before) = (new BallotStory().WithStatutes(authority), January.AddYears(-1));
        story.Then((Draft([Purpose], [Simple]) with { On = At(before) }).Decide(story.Statutes));

        Assert.Equal("art. 5", Refused<DecisionNotNamed>(When(story, Adopt(on: before))).By);
        // A document of since the recording began, and one of before whose statutes would hold from now on.
        Refused<DecisionNotNamed>(When(story, Adopt() with { Transcribed = true }, March));
        Refused<DecisionNotNamed>(When(story, Adopt(inForce: March.AddYears(1), on: before) with { Transcribed = true }, March));
        Accepted<StatutesAdopted>(When(story, Adopt(inForce: before, on: before) with { Transcribed = true }, March));
    }

    [Fact]
    public void Statutes_do_not_hold_before_their_adoption() =>
        Refused<InForceBeforeAdoption>(When(Drafted(), Adopt(inForce: March)));

    [Fact]
    public void A_month_of_entry_into_force_that_the_adoption_falls_into_begins_with_the_adoption()
    {
        var command = Adopt() with { InForceFrom = new(March, Precision.Month) };

        var adopted = Accepted<StatutesAdopted>(When(Drafted(), command));

        Assert.Equal(new EffectiveTime(March.AddDays(1), Precision.Month), adopted.InForceFrom);
    }

    [Theory]
    [InlineData(Precision.Instant, false)]
    [InlineData(Precision.Day, false)]
    [InlineData(Precision.Month, true)]
    [InlineData(Precision.Quarter, true)]
    [InlineData(Precision.HalfYear, true)]
    [InlineData(Precision.Year, true)]
    public void Only_a_period_that_the_adoption_falls_into_is_taken_for_it(Precision precision, bool taken)
    {
        var decision = When(Drafted(), Adopt(inForce: March, on: March.AddDays(2)) with { InForceFrom = new(March, precision) });

        Assert.Equal(taken, decision is Decision.Accepted);
    }

    [Fact]
    public void The_assembly_that_adopts_new_statutes_votes_under_the_old_ones()
    {
        var story = WithColleges(3, 3).Drafted(Assembly, DecisionKind.Statutes).Opened().Voted(Choice.For, 1, 2);
        story.Proclaimed();
        story.Then((Draft([Purpose], [Simple]) with { On = At(Opening.AddDays(-10)) }).Decide(story.Statutes));

        // Adopted « on the day of the assembly », whose first instant lies before the vote.
        var day = new EffectiveTime(After.AddHours(-9), Precision.Day);
        story.Then(When(story, new AdoptStatutes(New, day, new(TheBallot), day)));

        var adopted = Assert.IsType<StatutesVersion.Adopted>(VersionOf(story));
        Assert.Equal((After, After), (adopted.On.Instant, adopted.InForceFrom.Instant));
        Assert.Equal(BallotStory.TheVersion, ((Ballot.Held)story.State).Opening.Statutes);
        Assert.Equal(BallotStory.TheVersion, story.Statutes.Latest.InForceAt(Closing)!.Id);
        Assert.Equal(Decision.NoChange, story.When(new RaiseIrregularity(TheBallot, story.Last, After.AddDays(1))));
        Assert.Equal(Decision.NoChange, When(story, new AdoptStatutes(New, day, new(TheBallot), day)));
    }

    [Fact]
    public void Statutes_rest_on_a_decision_that_adopted_them()
    {
        var story = WithColleges(3, 3);
        story.Then(Draft([Purpose], [Simple]).Decide(story.Statutes));
        Refused<BallotNotFound>(When(story, Adopt(decision: TheBallot)));
        story.Drafted(Assembly, DecisionKind.Budget).Opened();
        Refused<DecisionDoesNotStand>(When(story, Adopt(decision: TheBallot)));
        story.Voted(Choice.For, 1).Proclaimed();
        Assert.Equal(DecisionKind.Budget, Refused<DecisionOfAnotherKind>(When(story, Adopt(decision: TheBallot))).Decided);
    }

    [Fact]
    public void Statutes_are_not_adopted_before_the_decision()
    {
        var story = WithColleges(3, 3).Drafted(Assembly, DecisionKind.Statutes).Opened().Voted(Choice.For, 1);
        story.Proclaimed();
        story.Then((Draft([Purpose], [Simple]) with { On = At(January) }).Decide(story.Statutes));

        Assert.Equal(At(After), Refused<DecisionTakenLater>(When(story, Adopt(decision: TheBallot, on: Closing, inForce: After))).DecidedOn);
    }

    [Fact]
    public void Two_versions_are_compared_article_by_article_and_rule_by_rule()
    {
        var bureau = new Article("1 bis", "Bureau", "Le bureau prépare.");
        var moved = Seat with { Text = "Le siège est à Lyon." };
        var before = new StatutesVersion.Draft(BallotStory.TheVersion, "a", [Purpose, new("1 ter", "Durée", "Illimitée."), Seat], [Simple, Casting], null);
        var after = new StatutesVersion.Draft(
            New, "b", [Purpose, bureau, moved], [Simple with { Article = "art. 15" }, SecretElections], BallotStory.TheVersion);

        var comparison = StatutesComparison.Of(before, after);

        Assert.Equal(
            [("1", Change.Same), ("1 ter", Change.Removed), ("1 bis", Change.Added), ("2", Change.Changed)],
            comparison.Articles.Select(a => (a.Number, a.Change)));
        Assert.Equal((Seat, moved), (comparison.Articles[3].Before, comparison.Articles[3].After));
        Assert.Equal(
            [(RuleKind.Majority, Change.Changed), (RuleKind.Tie, Change.Removed), (RuleKind.Secrecy, Change.Added)],
            comparison.Rules.Select(r => (r.Kind, r.Change)));
        Assert.All(StatutesComparison.Of(before, before).Articles, a => Assert.Equal(Change.Same, a.Change));
        Assert.All(StatutesComparison.Of(before, before).Rules, r => Assert.Equal(Change.Same, r.Change));
    }

    [Fact]
    public void No_state_follows_a_change_of_a_version_that_is_not_there()
    {
        var story = new BallotStory().Given(StatutesVersions.Stream, new ArticleRepealed(New, "1"), March);

        Assert.Throws<ImpossibleHistoryException>(() => story.Statutes.Latest);
    }
}
