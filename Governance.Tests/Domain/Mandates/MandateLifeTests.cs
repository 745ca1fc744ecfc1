using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Mandates.MandateStory;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Mandates;

public sealed class MandateLifeTests
{
    private static readonly Past President = Network.And(
        On("2021-01-01", Board, new MandateAppointed(First, Ada, Office.President, TermEnds: Time("2022-01-01"))));

    private static readonly Past Represented = Network.And(
        On("2021-01-01", College, new MandateAppointed(First, Ada, Office.Seat, Member: LaboCites, TermEnds: Time("2024-01-01"))));

    [Fact]
    public void A_mandate_that_ends_early_is_no_longer_held_from_that_instant()
    {
        var after = President.When(Board, new EndMandate(First, EndReason.Resignation, null, Time("2021-06-01")))
            .Then(On("2021-06-01", Board, new MandateEnded(First, EndReason.Resignation)));
        Assert.Equal([First], after.HeldOn(Board, "2021-05-31"));
        Assert.Empty(after.HeldOn(Board, "2021-06-01"));
    }

    [Fact]
    public void A_mandate_ends_since_its_vote_is_annulled_once_that_vote_is()
    {
        var (vote, later) = (Named<BallotId>("vote"), Named<BallotId>("annulment"));
        var elected = Network.And(
            On("2021-01-01", Ballot.Stream(vote), new OutcomeTranscribed(vote, DecisionKind.Election, "Présidence", Verdict.Adopted)),
            On("2021-01-01", Board, new MandateAppointed(First, Ada, Office.President, Decision: new DecisionReference(vote))));
        Told End(Past past) => past.When(p => new EndMandate(First, EndReason.ElectionAnnulled, new DecisionReference(later), Time("2021-06-02"))
            .Decide(p.Read<Body>(Board), given: p.Read<Ballot>(Ballot.Stream(EndMandate.GivenBy(p.Read<Body>(Board), First)!.Value))));

        End(elected).ThenRefused<VoteOnMandateStands>();
        End(elected.And(On("2021-06-01", Ballot.Stream(vote), new BallotAnnulled(vote, "Liste fausse.", false, new DecisionReference(later)))))
            .Then(On("2021-06-02", Board, new MandateEnded(First, EndReason.ElectionAnnulled, new DecisionReference(later))));
        Assert.Null(EndMandate.GivenBy(President.Read<Body>(Board), First));
    }

    [Fact]
    public void A_mandate_ends_once() =>
        President.And(On("2021-06-01", Board, new MandateEnded(First, EndReason.Resignation)))
            .When(Board, new EndMandate(First, EndReason.Death, null, Time("2021-07-01")))
            .ThenRefused(new MandateAlreadyEnded(Time("2021-06-01"), EndReason.Resignation));

    [Fact]
    public void A_mandate_that_is_over_or_not_begun_does_not_end()
    {
        President.When(Board, new EndMandate(First, EndReason.Resignation, null, Time("2022-01-01"))).ThenRefused(new MandateNotHeld(Time("2022-01-01")));
        President.When(Board, new EndMandate(First, EndReason.Resignation, null, Time("2020-12-31"))).ThenRefused(new MandateNotHeld(Time("2020-12-31")));
        President.When(Board, new EndMandate(Second, EndReason.Resignation, null, Time("2021-02-01"))).ThenRefused<MandateNotFound>();
        Network.When(Body.Stream(Named<BodyId>("nowhere")), new EndMandate(First, EndReason.Term, null, Time("2021-02-01"))).ThenRefused<BodyNotFound>();
    }

    [Fact]
    public void A_renewed_mandate_goes_on_for_another_term()
    {
        var after = President.When(Board, new RenewMandate(First, Time("2023-01-01"), null, Time("2021-12-01")))
            .Then(On("2021-12-01", Board, new MandateRenewed(First, Time("2023-01-01"))));
        Assert.Equal([First], after.HeldOn(Board, "2022-12-31"));
        Assert.Empty(after.HeldOn(Board, "2023-01-01"));
        Assert.Equal(2, Assert.IsType<Body.Constituted>(after.State<Body>(Board)).ConsecutiveTerms(Ada, Office.President, Time("2022-06-01").Instant));
    }

    [Fact]
    public void A_renewal_gives_a_term_that_begins_when_the_present_one_ends()
    {
        var terms = new MandateTerms(MaximumMonths: 12, Article: "art. 11");
        President.When(Board, new RenewMandate(First, Time("2023-01-01"), null, Time("2021-12-01")), terms).ThenAccepted();
        President.When(Board, new RenewMandate(First, Time("2023-01-02"), null, Time("2021-12-01")), terms).ThenRefused(new TermTooLong(12, "art. 11"));
        President.When(Board, new RenewMandate(First, Time("2021-12-31"), null, Time("2021-12-01")), terms)
            .ThenRefused(new TermEndsBeforeItBegins(Time("2021-12-31")));
    }

    [Fact]
    public void A_mandate_is_not_renewed_beyond_the_terms_in_a_row() =>
        President.When(Board, new RenewMandate(First, Time("2023-01-01"), null, Time("2021-12-01")), new MandateTerms(MaximumConsecutiveTerms: 1))
            .ThenRefused(new TooManyConsecutiveTerms(1, null));

    [Fact]
    public void A_mandate_that_is_over_is_given_anew_not_renewed()
    {
        President.When(Board, new RenewMandate(First, Time("2023-01-01"), null, Time("2022-01-01"))).ThenRefused(new MandateNotHeld(Time("2022-01-01")));
        President.When(Board, new RenewMandate(Second, Time("2023-01-01"), null, Time("2021-06-01"))).ThenRefused<MandateNotFound>();
        President.When(Body.Stream(Named<BodyId>("nowhere")), new RenewMandate(First, null, null, Time("2021-06-01"))).ThenRefused<BodyNotFound>();
    }

    [Fact]
    public void A_co_opted_mandate_is_ratified()
    {
        var coOpted = Network.When(Board, Appoint(First, Ada, "2021-01-01", coOpted: true)).ThenAccepted();
        Assert.True(Assert.Single(coOpted.State<Body>(Board).Holders(Time("2021-02-01").Instant)).AwaitingRatification);
        var ratified = coOpted.When(Board, new RatifyMandate(First, null, Time("2021-06-01"))).Then(On("2021-06-01", Board, new MandateRatified(First)));
        Assert.False(Assert.Single(ratified.State<Body>(Board).Holders(Time("2021-07-01").Instant)).AwaitingRatification);
    }

    [Fact]
    public void Only_a_co_opted_mandate_that_is_held_is_ratified()
    {
        President.When(Board, new RatifyMandate(First, null, Time("2021-06-01"))).ThenRefused<NothingToRatify>();
        President.When(Board, new RatifyMandate(Second, null, Time("2021-06-01"))).ThenRefused<MandateNotFound>();
        Network.When(Board, Appoint(First, Ada, "2021-01-01", until: "2021-05-01", coOpted: true)).ThenAccepted()
            .When(Board, new RatifyMandate(First, null, Time("2021-06-01"))).ThenRefused(new MandateNotHeld(Time("2021-06-01")));
        Network.When(Body.Stream(Named<BodyId>("nowhere")), new RatifyMandate(First, null, Time("2021-06-01"))).ThenRefused<BodyNotFound>();
    }

    [Fact]
    public void A_member_changes_representative_without_a_moment_between()
    {
        var after = Represented.When(College, new ReplaceRepresentative(First, Second, Grace, null, Time("2022-03-15T10:00:00Z")))
            .Then(
                On("2022-03-15T10:00:00Z", College, new MandateEnded(First, EndReason.Replaced)),
                On("2022-03-15T10:00:00Z", College, new MandateAppointed(Second, Grace, Office.Seat, Member: LaboCites, TermEnds: Time("2024-01-01"))));
        Assert.Equal([First], after.HeldOn(College, "2022-03-15T09:59:59Z"));
        Assert.Equal([Second], after.HeldOn(College, "2022-03-15T10:00:00Z"));
        Assert.Empty(after.HeldOn(College, "2024-01-01"));
    }

    [Fact]
    public void Only_a_representative_who_holds_the_mandate_is_replaced()
    {
        President.When(Board, new ReplaceRepresentative(First, Second, Grace, null, Time("2021-06-01"))).ThenRefused<NotARepresentative>();
        Represented.When(College, new ReplaceRepresentative(First, Second, Grace, null, Time("2024-01-01"))).ThenRefused(new MandateNotHeld(Time("2024-01-01")));
        Represented.When(College, new ReplaceRepresentative(Third, Second, Grace, null, Time("2022-01-01"))).ThenRefused<MandateNotFound>();
        Represented.When(College, new ReplaceRepresentative(First, First, Grace, null, Time("2022-01-01"))).ThenRefused<MandateAlreadyGiven>();
        Network.When(Body.Stream(Named<BodyId>("nowhere")), new ReplaceRepresentative(First, Second, Grace, null, Time("2022-01-01")))
            .ThenRefused<BodyNotFound>();
    }

    [Fact]
    public void A_new_representative_is_known_and_has_no_other_mandate_in_the_body()
    {
        Represented.When(College, new ReplaceRepresentative(First, Second, Named<PersonId>("nobody"), null, Time("2022-01-01"))).ThenRefused<PersonNotFound>();
        var both = Represented.When(College, Appoint(Third, Grace, "2021-06-01", member: Oriv)).ThenAccepted();
        both.When(College, new ReplaceRepresentative(First, Second, Grace, null, Time("2022-01-01"))).ThenRefused<PersonAlreadyHolds>();
        both.When(College, new ReplaceRepresentative(First, Second, Grace, null, Time("2022-01-01")), new MandateTerms(SeveralMandatesAPerson: true))
            .ThenAccepted();
    }

    [Fact]
    public void A_new_representative_keeps_to_what_the_statutes_say_of_those_who_are_appointed()
    {
        var replaces = new ReplaceRepresentative(First, Second, Grace, null, Time("2022-01-01"));
        var treasurer = Represented.When(Board, Appoint(Third, Grace, "2021-06-01", Office.Treasurer)).ThenAccepted();
        var apart = new MandateTerms(Incompatible: [new(Office.Seat, Office.Treasurer)], Article: "art. 11");
        treasurer.When(College, replaces, apart).ThenRefused(new OfficesIncompatible(Office.Seat, Office.Treasurer, "art. 11"));
        treasurer.When(College, replaces).ThenAccepted();

        var before = Represented.When(College, Appoint(Third, Grace, "2020-06-01", member: Oriv, until: "2021-12-31T23:00:00Z")).ThenAccepted();
        before.When(College, replaces, new MandateTerms(MaximumConsecutiveTerms: 1, Article: "art. 12")).ThenRefused(new TooManyConsecutiveTerms(1, "art. 12"));

        var gone = Represented.And(On("2021-12-01", Member.Stream(LaboCites), new MemberSuspended("Dues of 2021 not paid")));
        gone.When(College, replaces).ThenRefused(new MemberCannotBeRepresented(MembershipStanding.Suspended));
    }

    [Fact]
    public void A_mandate_is_not_renewed_beside_an_office_that_excludes_it()
    {
        var both = President.When(College, Appoint(Third, Ada, "2021-06-01", member: Oriv)).ThenAccepted();
        var apart = new MandateTerms(Incompatible: [new(Office.President, Office.Seat)], Article: "art. 11");
        both.When(Board, new RenewMandate(First, Time("2030-01-01"), null, Time("2021-07-01")), apart)
            .ThenRefused(new OfficesIncompatible(Office.President, Office.Seat, "art. 11"));
    }

    [Fact]
    public void A_resignation_learnt_of_late_shows_on_both_timelines()
    {
        var believed = President.HeldOn(Board, "2021-07-01");
        var known = President.When(Board, new EndMandate(First, EndReason.Resignation, null, Time("2021-06-01"))).ThenAccepted().HeldOn(Board, "2021-07-01");
        Assert.Equal([First], believed);
        Assert.Empty(known);
    }

    [Fact]
    public void An_end_that_a_successor_rests_on_is_not_retracted()
    {
        var succeeded = President
            .When(Board, new EndMandate(First, EndReason.Resignation, null, Time("2021-06-01"))).ThenAccepted()
            .When(Board, Appoint(Second, Grace, "2021-06-01", Office.President)).ThenAccepted();
        var end = succeeded.Read<Body>(Board).Recorded[^2].Id;
        succeeded.When(p => new RetractFact(end, "She stayed.", Time("2021-08-01")).Decide(p.Read<Body>(Board))).ThenRefused<ImpossibleInHistory>();
    }

    [Fact]
    public void A_dissolved_body_has_no_holders()
    {
        var after = President.When(p => new DissolveBody("Merged.", null, Time("2021-09-01")).Decide(p.Read<Body>(Board)))
            .Then(On("2021-09-01", Board, new BodyDissolved("Merged.")));
        Assert.Equal([First], after.HeldOn(Board, "2021-08-31"));
        Assert.Empty(after.HeldOn(Board, "2021-09-01"));
    }

    [Fact]
    public void A_general_assembly_of_many_thousands_is_folded_in_one_pass()
    {
        const int Electors = 20_000;
        var facts = new List<Fact> { On("2020-01-01", Assembly, new BodyConstituted(AssemblyId, "Assemblée", BodyKind.GeneralAssembly, [])) };
        for (var i = 0; i < Electors; i++)
            facts.Add(On("2020-02-01", Assembly, new MandateAppointed(Named<MandateId>($"m{i}"), Named<PersonId>($"p{i}"), Office.Seat, Member: Named<MemberId>($"c{i}"))));
        var body = History.Fold<Body>(facts.Select((f, i) => new Recorded(default, f.Stream, i + 1, i + 1, f.Event, f.On, default)));
        Assert.Equal(Electors, body.Holders(Time("2020-03-01").Instant).Count);
    }

    [Fact]
    public void Nobody_erased_takes_a_seat_over() =>
        Represented.And(On("2021-06-01", Person.Stream(Grace), new PersonErased("Asked.")))
            .When(College, new ReplaceRepresentative(First, Second, Grace, null, Time("2022-01-01"))).ThenRefused<PersonIsErased>();
}
