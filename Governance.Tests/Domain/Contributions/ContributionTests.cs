using Governance.Domain.Contributions;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Contributions;

public sealed class ContributionTests
{
    private static readonly ContributionCallId Call = Named<ContributionCallId>("2024");
    private static readonly ContributionId Id = Named<ContributionId>("culture");
    private static readonly StreamId Stream = Contribution.Stream(Id);
    private static readonly DecisionReference Ballot = new(Named<BallotId>("assembly"));
    private static readonly MemberId Oriv = Named<MemberId>("ORIV");

    private static readonly Past Called = Given(
        On("2017", Member.Stream(Oriv), new MemberAdmitted(Oriv, new MemberName("ORIV"), false)),
        On("2024", ContributionCall.Stream(Call), new ContributionsCalled(Call, "ANCT", 2024)));

    private static readonly Past Proposed = Called.And(On("2024-01-10", Stream, new SubjectProposed(Id, Call, "Culture")));
    private static readonly Past Discussed = Proposed.And(On("2024-01-20", Stream, new SubjectDiscussed("Text.")));
    private static readonly Past Validated = Discussed.And(On("2024-02-01", Stream, new SubjectValidated(Ballot)));
    private static readonly Past Observed = Validated.And(On("2024-03-01", Stream, new ObservationCollected(Oriv, "Text.")));
    private static readonly Past Debated = Observed.And(On("2024-04-01", Stream, new ObservationsAnalysed("Text.")), On("2024-05-01", Stream, new TeachingsDebated("Text.")));
    private static readonly Past Presented = Debated.And(On("2024-06-01", Stream, new ContributionPresented("ANCT")));

    private static Told When(Past past, Func<Timeline<Contribution>, Decision> command) => past.When(p => command(p.Read<Contribution>(Stream)));

    private static Told When(Past past, CollectObservation command) => past.When(p => command.Decide(p.Read<Contribution>(Stream), p.Read<Member>(Member.Stream(command.Centre))));

    private static Told When(Past past, ProposeSubject command) => past.When(p => command.Decide(p.Read<Contribution>(Stream), p.Read<ContributionCall>(ContributionCall.Stream(command.Call))));

    [Fact]
    public void A_contribution_goes_from_its_call_to_its_publication()
    {
        var past = Given(On("2017", Member.Stream(Oriv), new MemberAdmitted(Oriv, new MemberName("ORIV"), false)))
            .When(p => new CallForContributions(Call, "ANCT", 2024, null, Time("2024")).Decide(p.Read<ContributionCall>(ContributionCall.Stream(Call))))
            .Then(On("2024", ContributionCall.Stream(Call), new ContributionsCalled(Call, "ANCT", 2024)));
        past = When(past, new ProposeSubject(Id, Call, "Culture", "Ce que la culture apporte.", Time("2024-01-10")))
            .Then(On("2024-01-10", Stream, new SubjectProposed(Id, Call, "Culture", "Ce que la culture apporte.")));
        past = When(past, c => new DiscussSubject("Text.", Time("2024-01-20")).Decide(c)).Then(On("2024-01-20", Stream, new SubjectDiscussed("Text.")));
        past = When(past, c => new ValidateSubject(Ballot, Time("2024-02-01")).Decide(c)).Then(On("2024-02-01", Stream, new SubjectValidated(Ballot)));
        past = When(past, new CollectObservation(Oriv, "Text.", Time("2024-03-01"))).Then(On("2024-03-01", Stream, new ObservationCollected(Oriv, "Text.")));
        past = When(past, c => new AnalyseObservations("Text.", Time("2024-04-01")).Decide(c)).Then(On("2024-04-01", Stream, new ObservationsAnalysed("Text.")));
        past = When(past, c => new DebateTeachings("Text.", Time("2024-05-01")).Decide(c)).Then(On("2024-05-01", Stream, new TeachingsDebated("Text.")));
        past = When(past, c => new PresentContribution("ANCT", Time("2024-06-01")).Decide(c)).Then(On("2024-06-01", Stream, new ContributionPresented("ANCT")));
        past = When(past, c => new PublishContribution("www", null, Time("2024-07-01")).Decide(c, null)).Then(On("2024-07-01", Stream, new ContributionPublished("www")));
        Assert.Equal(ContributionStage.Published, Assert.IsType<Contribution.Known>(past.State<Contribution>(Stream)).Stage);
    }

    [Fact]
    public void Its_steps_are_taken_in_their_order()
    {
        When(Proposed, c => new ValidateSubject(Ballot, Time("2024-03-01")).Decide(c)).ThenRefused(new ContributionStandsOtherwise(ContributionStage.Proposed));
        When(Discussed, new CollectObservation(Oriv, "Text.", Time("2024-03-01"))).ThenRefused(new ContributionStandsOtherwise(ContributionStage.Discussed));
        When(Validated, c => new AnalyseObservations("Text.", Time("2024-03-01")).Decide(c)).ThenRefused(new ContributionStandsOtherwise(ContributionStage.Validated));
        When(Observed, c => new DebateTeachings("Text.", Time("2024-04-01")).Decide(c)).ThenRefused(new ContributionStandsOtherwise(ContributionStage.Observed));
        When(Debated, c => new PublishContribution(null, null, Time("2024-06-01")).Decide(c, null)).ThenRefused(new ContributionStandsOtherwise(ContributionStage.Debated));
        When(Presented, c => new PresentContribution("ANCT", Time("2024-07-01")).Decide(c)).ThenRefused(new ContributionStandsOtherwise(ContributionStage.Presented));
    }

    [Fact]
    public void A_subject_is_set_aside_until_it_is_published()
    {
        var aside = When(Discussed, c => new SetContributionAside("Not retained.", null, Time("2024-02-01")).Decide(c)).Then(On("2024-02-01", Stream, new ContributionSetAside("Not retained.")));
        When(aside, c => new DiscussSubject("Again.", Time("2024-03-01")).Decide(c)).ThenRefused(new ContributionStandsOtherwise(ContributionStage.SetAside));
        var published = Presented.And(On("2024-07-01", Stream, new ContributionPublished()));
        When(published, c => new SetContributionAside("Text.", null, Time("2024-08-01")).Decide(c)).ThenRefused(new ContributionStandsOtherwise(ContributionStage.Published));
    }

    [Fact]
    public void A_subject_answers_a_call_and_is_proposed_once()
    {
        When(Nothing, new ProposeSubject(Id, Call, "Culture", null, Time("2024-01-10"))).ThenRefused<ContributionCallNotFound>();
        When(Called, new ProposeSubject(Id, Call, "Culture", null, Time("2023"))).ThenRefused(new BeforeItsBeginning(BegunThing.ContributionCall, Time("2024"), Time("2023")));
        When(Proposed, new ProposeSubject(Id, Call, "Sport", null, Time("2024-01-11"))).ThenRefused(new SubjectAlreadyProposed("Culture"));
        Called.When(p => new CallForContributions(Call, "DGESCO", 2024, null, Time("2024")).Decide(p.Read<ContributionCall>(ContributionCall.Stream(Call))))
            .ThenRefused(new ContributionsAlreadyCalled("ANCT"));
        When(Called, c => new DiscussSubject("Text.", Time("2024-01-20")).Decide(c)).ThenRefused<ContributionNotFound>();
        When(Proposed, c => new DiscussSubject("Text.", Time("2023")).Decide(c)).ThenRefused(new BeforeItsBeginning(BegunThing.Contribution, Time("2024-01-10"), Time("2023")));
    }

    [Fact]
    public void Members_observe_and_a_paper_that_is_named_is_kept_here()
    {
        When(Validated, new CollectObservation(Named<MemberId>("nobody"), "Text.", Time("2024-03-01"))).ThenRefused<ObserverNotAMember>();
        var again = When(Observed, new CollectObservation(Oriv, "More.", Time("2024-03-05"))).ThenAccepted();
        Assert.Equal("More.", Assert.IsType<Contribution.Known>(again.State<Contribution>(Stream)).Observations[Oriv]);
        var paper = Named<DocumentId>("paper");
        Presented.When(p => new PublishContribution(null, paper, Time("2024-07-01")).Decide(p.Read<Contribution>(Stream), p.Read<Document>(Document.Stream(paper)))).ThenRefused<PaperNotKept>();
    }
}
