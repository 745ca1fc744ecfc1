using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Governance.Tests.Domain.Ballots;
using Xunit;
using static Governance.Tests.Domain.Mandates.MandateStory;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Mandates;

/// <summary>Renewal by parts, the lot that begins it, what is due when, who left a vacant seat; co-option and revocation by those whom the statutes name.</summary>
public sealed class RenewalTests
{
    private static readonly MandateTerms Thirds = new(MaximumMonths: 36, Parts: 3, Article: "art. 9");

    private static readonly Past Three = Network.When(Board, Appoint(First, Ada, "2023-10-14", until: "2026-10-14")).ThenAccepted()
        .When(Board, Appoint(Second, Grace, "2023-10-14", until: "2026-10-14")).ThenAccepted()
        .When(Board, Appoint(Third, Mary, "2023-10-14", until: "2026-10-14")).ThenAccepted();

    private static Told Draw(Past past, MandateTerms? terms = null, MeetingId? meeting = null, params MandateId[][] lots) => past.When(p =>
        new DrawFirstTerms([.. lots.Select(IReadOnlyList<MandateId> (lot) => lot)], "PV du 14 octobre 2023", meeting, Time("2023-10-20")).Decide(
            p.Read<Body>(Board), terms ?? Thirds, meeting is { } m ? p.Read<Meeting>(Meeting.Stream(m)) : null, Paris));

    private static Told Draw(Past past, params MandateId[][] lots) => Draw(past, null, null, lots);

    [Fact]
    public void The_lot_gives_a_third_one_year_a_third_two_and_a_third_three()
    {
        var drawn = Draw(Three, [Second], [Third], [First]).Then(
            On("2023-10-20", Board, new FirstTermDrawn(Second, 1, 3, Time("2024-10-14"), "PV du 14 octobre 2023")),
            On("2023-10-20", Board, new FirstTermDrawn(Third, 2, 3, Time("2025-10-14"), "PV du 14 octobre 2023")),
            On("2023-10-20", Board, new FirstTermDrawn(First, 3, 3, Time("2026-10-14"), "PV du 14 octobre 2023")));
        Assert.Equal([First, Third], drawn.HeldOn(Board, "2024-10-14").OrderBy(m => m == Third));
        Assert.Equal([First], drawn.HeldOn(Board, "2025-10-14"));
        Assert.Empty(drawn.HeldOn(Board, "2026-10-14"));
        // Before it was known that the lot was drawn, all three were believed to sit until 2026.
        var before = drawn.Read<Body>(Board).KnownBy(Three.Read<Body>(Board).Recorded[^1].Position);
        Assert.Equal(3, before.Latest.Holders(Time("2025-12-01").Instant).Count);
    }

    [Fact]
    public void By_halves_the_first_half_ends_in_the_middle_of_a_term()
    {
        var drawn = Draw(Three, Thirds with { Parts = 2, MaximumMonths = 24 }, null, [First, Second], [Third]).ThenAccepted();
        Assert.Equal([Third], drawn.HeldOn(Board, "2024-10-14"));
    }

    [Fact]
    public void Each_mandate_is_in_one_lot_and_the_lots_are_even()
    {
        Draw(Three, [First], [Second], []).ThenRefused<LotsIncomplete>();
        Draw(Three, [First], [Second], [Second]).ThenRefused<LotsIncomplete>();
        Draw(Three, [First, Second], [Third], []).ThenRefused(new LotsUneven(3, "art. 9"));
        Draw(Three, [First], [Second, Third]).ThenRefused(new LotsUneven(3, "art. 9"));
        Draw(Three, null, Named<MeetingId>("nowhere"), [First], [Second], [Third]).ThenRefused<MeetingNotFound>();
        Three.When(p => new DrawFirstTerms([[First], [Second], [Third]], " ", null, Time("2023-10-20")).Decide(p.Read<Body>(Board), Thirds, null, Paris)).ThenRefused<TextOutOfBounds>();
        Draw(Nothing, [First], [Second], [Third]).ThenRefused<BodyNotFound>();
    }

    [Fact]
    public void The_lot_is_drawn_once_and_only_where_the_statutes_renew_by_parts()
    {
        Draw(Draw(Three, [First], [Second], [Third]).ThenAccepted(), [Third], [Second], [First]).ThenRefused(new FirstTermsDrawnAlready(Time("2023-10-20")));
        Draw(Three, new MandateTerms(MaximumMonths: 36, Article: "art. 9"), null, [First, Second, Third]).ThenRefused(new NoFirstTermsToDraw("art. 9"));
        Draw(Three, Thirds with { MaximumMonths = null }, null, [First], [Second], [Third]).ThenRefused<NoFirstTermsToDraw>();
    }

    [Fact]
    public void Which_seats_are_due_when_is_told_for_the_years_to_come() => Assert.Equal(
        [
            (new DateOnly(2024, 10, 14), "1"), (new DateOnly(2025, 10, 14), "2"), (new DateOnly(2027, 10, 14), "1"), (new DateOnly(2028, 10, 14), "2"),
        ],
        RenewalCalendar.Of([(First, Time("2024-10-14")), (Second, Time("2025-10-14")), (Third, null)], 36, new(2024, 1, 1), 5, Paris)
            .Select(due => (due.On, string.Join(' ', due.Seats.Select(s => s == First ? "1" : "2")))));

    [Fact]
    public void Without_a_length_of_term_the_present_terms_alone_are_told() => Assert.Equal(
        [new DateOnly(2024, 10, 14)], RenewalCalendar.Of([(First, Time("2024-10-14"))], null, new(2024, 1, 1), 20, Paris).Select(due => due.On));

    [Fact]
    public void A_vacant_seat_names_who_left_it_until_somebody_takes_it()
    {
        Tenancy[] all =
        [
            new(First, Time("2023-01-01").Instant, Time("2024-03-01").Instant), new(Second, Time("2023-01-01").Instant, Time("2024-05-01").Instant),
            new(Third, Time("2024-04-01").Instant, null),
        ];
        Assert.Empty(Vacancies.LeftBy(all, 2, Time("2024-02-28").Instant));
        Assert.Equal([First], Vacancies.LeftBy(all, 2, Time("2024-03-01").Instant));
        Assert.Empty(Vacancies.LeftBy(all, 2, Time("2024-04-01").Instant));
        Assert.Equal([Second], Vacancies.LeftBy(all, 2, Time("2024-05-01").Instant));
        // A third seat was never held: nobody left it.
        Assert.Equal([Second], Vacancies.LeftBy(all, 3, Time("2024-05-01").Instant));
    }

    [Fact]
    public void A_body_co_opts_only_where_the_statutes_let_it()
    {
        Network.When(Board, Appoint(First, Ada, "2024-01-01", coOpted: true), new MandateTerms(CoOption: false, Article: "art. 9")).ThenRefused(new CoOptionNotAllowed("art. 9"));
        Network.When(Board, Appoint(First, Ada, "2024-01-01", coOpted: true), new MandateTerms(Article: "art. 9")).ThenAccepted();
    }

    private static readonly BallotId Decided = Named<BallotId>("decision");

    private static Past DecidedBy(Past past, BodyId body, Verdict verdict = Verdict.Adopted) => past.And(
        On("2020-01-01", Assembly, new BodyConstituted(AssemblyId, "Assemblée", BodyKind.GeneralAssembly, [])),
        On("2024-03-01", Ballot.Stream(Decided), new OutcomeTranscribed(Decided, DecisionKind.Ordinary, "Décision", verdict, body)));

    private static Told When(Past past, EndMandate command, MandateTerms terms) => past.When(p => command.Decide(
        p.Read<Body>(Board), terms, command.Decision is null ? null : p.Read<Ballot>(Ballot.Stream(Decided)),
        command.Decision is not null && p.Read<Ballot>(Ballot.Stream(Decided)).Latest.Body is { } by ? p.Read<Body>(Body.Stream(by)) : null));

    private static readonly Past CoOpted = Network.When(Board, Appoint(First, Ada, "2024-01-01", coOpted: true)).ThenAccepted();

    [Fact]
    public void A_co_option_that_the_next_assembly_does_not_ratify_ends_and_what_its_holder_did_stands()
    {
        var command = new EndMandate(First, EndReason.NotRatified, new(Decided), Time("2024-03-01"));
        var ended = When(DecidedBy(CoOpted, AssemblyId, Verdict.Rejected), command, MandateTerms.Default).ThenAccepted();
        Assert.Equal([First], ended.HeldOn(Board, "2024-02-28"));
        Assert.Empty(ended.HeldOn(Board, "2024-03-01"));

        Fact[] facts = [On("2024-03-01", Board, new MandateEnded(First, EndReason.NotRatified, new(Decided)))];
        Assert.Null(DecisionBasisTests.Refuses(facts, ended));
    }

    [Fact]
    public void The_body_that_co_opted_neither_ratifies_nor_refuses()
    {
        var past = DecidedBy(CoOpted, BoardId);
        past.When(p => new RatifyMandate(First, new(Decided), Time("2024-03-02")).Decide(p.Read<Body>(Board), Thirds, p.Read<Ballot>(Ballot.Stream(Decided))))
            .ThenRefused(new RatifiedByItself("art. 9"));
        When(past, new EndMandate(First, EndReason.NotRatified, new(Decided), Time("2024-03-02")), Thirds).ThenRefused(new RatifiedByItself("art. 9"));
        DecidedBy(CoOpted, AssemblyId).When(p => new RatifyMandate(First, new(Decided), Time("2024-03-02")).Decide(p.Read<Body>(Board), Thirds, p.Read<Ballot>(Ballot.Stream(Decided)))).ThenAccepted();
    }

    [Fact]
    public void A_mandate_that_awaits_no_ratification_is_not_refused_one() =>
        When(Three, new EndMandate(First, EndReason.NotRatified, null, Time("2024-03-02")), Thirds).ThenRefused<NothingToRatify>();

    [Fact]
    public void A_mandate_is_revoked_by_the_body_that_the_statutes_name()
    {
        var terms = Thirds with { RevokedBy = [BodyKind.GeneralAssembly] };
        var command = new EndMandate(First, EndReason.Revocation, new(Decided), Time("2024-03-02"));
        When(Three, command with { Decision = null }, terms).ThenRefused(new RevocationWithoutDecision("art. 9"));
        When(DecidedBy(Three, BoardId), command, terms).ThenRefused(new RevokedByAnotherBody("art. 9"));
        When(DecidedBy(Three, AssemblyId), command, terms).ThenAccepted();
        When(Three, command with { Decision = null }, Thirds).ThenAccepted();
    }

    [Fact]
    public void The_statutes_say_in_how_many_parts_who_revokes_who_co_opts_and_how_soon_is_soon()
    {
        var rule = new TermsRule(
            Renewal.ByHalves, false, CoOption.NotAllowed, [], LengthMonths: 24, NextElected: true, RevokedBy: [BodyKind.GeneralAssembly], NoticeMonths: 3);
        var terms = new RulesInForce(null, [new("art. 9", new(BodyKind.Board), rule)]).MandateTerms(BodyKind.Board);
        Assert.Equal((2, false, true, 3, "art. 9"), (terms.Parts, terms.CoOption, terms.NextElected, terms.NoticeMonths, terms.Article));
        Assert.Equal([BodyKind.GeneralAssembly], terms.RevokedBy);
        Assert.Equal((1, true, false, 6), (MandateTerms.Default.Parts, MandateTerms.Default.CoOption, MandateTerms.Default.NextElected, MandateTerms.Default.NoticeMonths));
    }
}
