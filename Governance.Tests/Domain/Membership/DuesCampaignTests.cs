using Governance.Domain.DuesCampaigns;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Membership.MemberStory;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Membership;

/// <summary>The campaign of 2024, due on 31 March: 600 € below 100,000 € of budget, 1,200 € from there on.</summary>
public sealed class DuesCampaignTests
{
    private static readonly DuesCampaignId Id = Named<DuesCampaignId>("2024");
    private static readonly StreamId Stream = DuesCampaign.Stream(Id);
    private static readonly StreamId Reminders = DuesReminders.Stream(Id);
    private static readonly StreamId OrivStream = Member.Stream(Oriv);
    private static readonly PersonId Director = Named<PersonId>("director"), Treasurer = Named<PersonId>("treasurer");

    private static readonly DuesCampaignOpened Plan = new(
        Id, "2024", Time("2024-01-01"), Time("2024-12-31"), Time("2024-03-31"), DuesMeasure.Number, LateAdmission.NotCalled, 30, "budget annuel en euros");

    private static readonly DuesBracket Small = new("moins de 100 000 €", 60_000, Below: 100_000), Large = new("100 000 € et plus", 120_000, From: 100_000);

    private static readonly OpenDuesCampaign Open = new(Plan, [Small, Large], Time("2024-01-05"));

    private static Fact Set(DuesBracket b, string on = "2024-01-05") => On(on, Stream, new DuesBracketSet(Id, b.Name, b.AmountCents, b.From, b.Below, b.Category, b.Decision));

    private static Past Opened(DuesCampaignOpened? plan = null, params DuesBracket[] brackets) => Given(
        Admitted(),
        On("2020-01-01", OrivStream, new MemberAdmitted(Oriv, Called("ORIV"), false)),
        On("2024-01-05", Stream, plan ?? Plan),
        On("2024-01-05", RegisterOfDuesCampaigns.Stream, new DuesPeriodRegistered(Id, "2024")))
        .And([.. (brackets.Length > 0 ? brackets : [Small, Large]).Select(b => Set(b))]);

    private static Fact Declared(MemberId member, int number) => On("2024-01-06", Stream, new DuesBasisDeclared(Id, member, number));

    private static Past BothDeclared(DuesCampaignOpened? plan = null) => Opened(plan).And(Declared(LaboCites, 99_999), Declared(Oriv, 100_000));

    private static Told When(Past past, OpenDuesCampaign command) =>
        past.When(p => command.Decide(p.Read<DuesCampaign>(DuesCampaign.Stream(command.Plan.Campaign)), p.Read<RegisterOfDuesCampaigns>(RegisterOfDuesCampaigns.Stream)));

    private static Told When(Past past, Func<Timeline<DuesCampaign>, Decision> command) => past.When(p => command(p.Read<DuesCampaign>(Stream)));

    private static Told Declare(Past past, MemberId member, int? number, string? category = null, string on = "2024-01-06") =>
        past.When(p => new DeclareDuesBasis(member, number, category, Time(on)).Decide(p.Read<DuesCampaign>(Stream), p.Read<Member>(Member.Stream(member))));

    private static Told Call(Past past, string on = "2024-01-10", params MemberId[] members) => past.When(p => new CallDuesCampaign(Time(on)).Decide(
        p.Read<DuesCampaign>(Stream), [.. (members.Length > 0 ? members : [LaboCites, Oriv]).Select(m => p.Read<Member>(Member.Stream(m)))], Paris));

    private static Told Remind(Past past, string on, bool lateOnly = false, params MemberId[] members) => past.When(p => new RemindOfDues(lateOnly, Time(on)).Decide(
        p.Read<DuesCampaign>(Stream), p.Read<DuesReminders>(Reminders), [.. (members.Length > 0 ? members : [LaboCites, Oriv]).Select(m => p.Read<Member>(Member.Stream(m)))],
        p.ReadAll<Body>("body"), Paris));

    [Fact]
    public void Nobody_is_reminded_as_representative_in_a_body_that_is_dissolved()
    {
        var called = Represented(Call(BothDeclared()).ThenAccepted());
        var dissolved = called.And(On("2024-03-01", Body.Stream(Named<BodyId>("board")), new BodyDissolved("Fin.")));

        // ORIV was represented in the board alone, the other one in its college too.
        Remind(dissolved, "2024-04-02", members: Oriv).ThenRefused<NobodyToWriteTo>();
        var reminded = Remind(dissolved, "2024-04-02").ThenAccepted();
        Assert.Equal([LaboCites], reminded.State<DuesReminders>(Reminders).To.Keys);
        Assert.Equal(Director, reminded.State<DuesReminders>(Reminders).To[LaboCites].Person);
        Assert.Equal([LaboCites, Oriv], Remind(called, "2024-04-02").ThenAccepted().State<DuesReminders>(Reminders).To.Keys.OrderBy(m => m == Oriv));
    }

    private static Past Represented(Past past)
    {
        var (college, board) = (Named<BodyId>("college"), Named<BodyId>("board"));
        return past.And(
            On("2020-01-01", Body.Stream(board), new BodyConstituted(board, "Conseil", BodyKind.Board, [])),
            On("2020-01-01", Body.Stream(college), new Governance.Domain.Colleges.CollegeConstituted(college, "Directeurs", Fraction.One)),
            On("2020-01-01", Body.Stream(board), new MandateAppointed(Named<MandateId>("1"), Treasurer, Office.Seat, Member: LaboCites)),
            On("2021-01-01", Body.Stream(college), new MandateAppointed(Named<MandateId>("2"), Director, Office.Seat, Member: LaboCites)),
            On("2020-01-01", Body.Stream(board), new MandateAppointed(Named<MandateId>("3"), Treasurer, Office.Seat, Member: Oriv)));
    }

    private static Past CalledAndRepresented() => Represented(Call(BothDeclared()).ThenAccepted());

    [Fact]
    public void A_campaign_opens_with_its_brackets() => When(Nothing, Open).Then(
        On("2024-01-05", Stream, Plan), Set(Small), Set(Large), On("2024-01-05", RegisterOfDuesCampaigns.Stream, new DuesPeriodRegistered(Id, "2024")));

    [Fact]
    public void A_period_has_one_campaign_whatever_its_capitals()
    {
        var other = Named<DuesCampaignId>("other");

        When(Opened(), Open with { Plan = Plan with { Campaign = other } }).ThenRefused(new DuesPeriodTaken("2024"));
        When(Opened(), Open with { Plan = Plan with { DaysToPay = 10 } }).ThenRefused<DuesCampaignOpenedOtherwise>();
    }

    [Fact]
    public void A_campaign_that_makes_no_sense_is_not_opened()
    {
        When(Nothing, Open with { Plan = Plan with { Until = Time("2023-12-31") } }).ThenRefused<DuesPeriodEndsBeforeItBegins>();
        When(Nothing, Open with { Plan = Plan with { MeasureName = null } }).ThenRefused<DuesMeasureUnnamed>();
        When(Nothing, Open with { Plan = Plan with { Measure = DuesMeasure.None } }).ThenRefused<DuesMeasureUnnamed>();
        When(Nothing, Open with { Plan = Plan with { DaysToPay = 367 } }).ThenRefused<NumberOutOfBounds>();
        When(Nothing, Open with { Brackets = [Small, Large with { From = 99_999 }] }).ThenRefused(new DuesBracketsOverlap(Large.Name, Small.Name));
        When(Nothing, Open with { Brackets = [Small, Large with { Name = Small.Name }] }).ThenRefused<DuesBracketsOverlap>();
    }

    [Theory]
    [InlineData(null, 0, null)]
    [InlineData(100, 100, null)]
    [InlineData(-1, null, null)]
    [InlineData(null, null, "association")]
    public void A_bracket_by_number_is_a_rising_range(int? from, int? below, string? category) =>
        When(Nothing, Open with { Brackets = [new("tranche", 100, from, below, category)] }).ThenRefused(new DuesBracketUnfit("tranche"));

    [Fact]
    public void Brackets_change_until_somebody_is_called_by_them()
    {
        var dearer = Large with { AmountCents = 130_000 };
        When(Opened(), c => new SetDuesBracket(dearer, Time("2024-01-06")).Decide(c)).Then(Set(dearer, "2024-01-06"));
        Assert.Equal(new DuesBracketRemoved(Id, Large.Name), Assert.IsType<Decision.Accepted>(new RemoveDuesBracket(Large.Name, Time("2024-01-06")).Decide(Opened().Read<DuesCampaign>(Stream))).Facts.Single().Event);
        When(Opened(), c => new RemoveDuesBracket("autre", Time("2024-01-06")).Decide(c)).ThenRefused(new DuesBracketNotFound("autre"));

        var called = Call(BothDeclared()).ThenAccepted();
        When(called, c => new SetDuesBracket(dearer, Time("2024-01-20")).Decide(c)).ThenRefused(new DuesBracketsInUse(2));
        When(called, c => new RemoveDuesBracket(Large.Name, Time("2024-01-20")).Decide(c)).ThenRefused(new DuesBracketsInUse(2));
        When(Opened(), c => new SetDuesBracket(Large with { Name = "double" }, Time("2024-01-06")).Decide(c)).ThenRefused(new DuesBracketsOverlap("double", Large.Name));
    }

    [Fact]
    public void A_member_declares_what_the_campaign_asks_for()
    {
        Declare(Opened(), LaboCites, 50_000).Then(Declared(LaboCites, 50_000));
        Declare(Opened(), LaboCites, null, "petite").ThenRefused<DuesBasisUnfit>();
        Declare(Opened(), LaboCites, -1).ThenRefused<DuesBasisUnfit>();
        Declare(Opened(null, Large), LaboCites, 50).ThenRefused<DuesBasisInNoBracket>();
        Declare(Opened(), Named<MemberId>("nobody"), 50).ThenRefused<MemberNotFound>();
        Declare(Call(BothDeclared()).ThenAccepted(), LaboCites, 200_000, on: "2024-02-01").ThenRefused(new DuesBasisInUse("2024"));
    }

    [Fact]
    public void Members_are_called_by_bracket_all_at_once() => Call(BothDeclared()).Then(
        On("2024-01-10", Stream, new DuesCampaignCalled(Id, [new(LaboCites, Small.Name, 60_000), new(Oriv, Large.Name, 120_000)])),
        On("2024-01-10", Labo, new DuesCalled("2024", 60_000, Time("2024-03-31"))),
        On("2024-01-10", OrivStream, new DuesCalled("2024", 120_000, Time("2024-03-31"))));

    [Fact]
    public void Who_declared_nothing_waits_and_is_called_once_it_has()
    {
        var after = Call(Opened().And(Declared(LaboCites, 10))).ThenAccepted();
        Assert.Null(after.State<Member>(OrivStream).DuesOf("2024"));

        Call(after.And(On("2024-02-01", Stream, new DuesBasisDeclared(Id, Oriv, 10))), "2024-02-02").Then(
            On("2024-02-02", Stream, new DuesCampaignCalled(Id, [new(Oriv, Small.Name, 60_000)])), On("2024-02-02", OrivStream, new DuesCalled("2024", 60_000, Time("2024-03-31"))));
    }

    [Fact]
    public void Who_was_called_on_other_terms_before_is_left_as_it_is()
    {
        var after = Call(BothDeclared().And(On("2024-01-08", Labo, new DuesCalled("2024", 1_000, Time("2024-03-31"))))).ThenAccepted();

        Assert.Equal((1_000, 120_000), (after.State<Member>(Labo).DuesOf("2024")!.AmountCents, after.State<Member>(OrivStream).DuesOf("2024")!.AmountCents));
    }

    [Fact]
    public void Nobody_is_called_without_brackets_for_nothing_or_once_it_is_closed()
    {
        Call(Given(Admitted(), On("2024-01-05", Stream, Plan))).ThenRefused<DuesCampaignWithoutBrackets>();
        Call(Opened(null, new DuesBracket("membres d'honneur", 0))).ThenNothing();
        Call(BothDeclared().And(On("2024-01-08", Stream, new DuesCampaignClosed(Id)))).ThenRefused(new DuesCampaignIsClosed(Time("2024-01-08")));
        Call(BothDeclared(), "2024-01-04").ThenRefused<BeforeItsBeginning>();
        Call(Nothing).ThenRefused<DuesCampaignNotFound>();
        Call(BothDeclared().And(On("2024-01-07", Labo, new MemberResigned()), On("2024-01-07", OrivStream, new MemberResigned()))).ThenNothing();
    }

    // Admitted on 15 September: four months of twelve are left, September with them.
    [Theory]
    [InlineData(LateAdmission.NotCalled, null, null)]
    [InlineData(LateAdmission.WholeAmount, 60_000, null)]
    [InlineData(LateAdmission.ProRata, 20_000, 4)]
    public void A_member_admitted_later_is_called_as_the_campaign_says(LateAdmission rule, int? cents, int? months)
    {
        var late = Named<MemberId>("late");
        var past = Opened(Plan with { LateAdmission = rule, Measure = DuesMeasure.None, MeasureName = null }, new DuesBracket("tous", 60_000))
            .And(On("2024-09-15", Member.Stream(late), new MemberAdmitted(late, Called("Centre tardif"), false)));
        var told = Call(past, "2024-09-20", late);
        if (cents is null)
        {
            told.ThenNothing();
            return;
        }

        told.Then(
            On("2024-09-20", Stream, new DuesCampaignCalled(Id, [new(late, "tous", cents.Value, months, months is null ? null : 12)])),
            On("2024-09-20", Member.Stream(late), new DuesCalled("2024", cents.Value, Time("2024-10-20"))));
    }

    [Fact]
    public void A_part_of_the_period_is_cut_to_whole_cents_in_the_members_favour()
    {
        var plan = Plan with { LateAdmission = LateAdmission.ProRata, Measure = DuesMeasure.None, MeasureName = null };
        var campaign = (DuesCampaign.Open)Opened(plan, new DuesBracket("tous", 10_000)).State<DuesCampaign>(Stream);

        Assert.Equal(5_833, campaign.Of(LaboCites, Time("2024-06-02"), Time("2024-06-03"), Paris)!.Call.AmountCents);
        Assert.Null(campaign.Of(LaboCites, Time("2025-02-01"), Time("2025-02-01"), Paris));
    }

    [Fact]
    public void Categories_have_their_own_amounts()
    {
        var plan = Plan with { Measure = DuesMeasure.Category, MeasureName = "forme" };
        var after = Call(Opened(plan, new DuesBracket("associations", 100, Category: "association"), new DuesBracket("groupements", 200, Category: "groupement"))
            .And(On("2024-01-06", Stream, new DuesBasisDeclared(Id, Oriv, Category: "groupement")))).ThenAccepted();

        Assert.Equal(200, after.State<Member>(OrivStream).DuesOf("2024")!.AmountCents);
        When(Opened(plan), c => new SetDuesBracket(new("sans", 100), Time("2024-01-06")).Decide(c)).ThenRefused<DuesBracketUnfit>();
    }

    [Fact]
    public void Who_owes_is_reminded_by_one_message_to_who_represents_it() => Remind(CalledAndRepresented(), "2024-04-02").Then(
        On("2024-04-02", Reminders, new DuesRemindersAsked(Id, [new(LaboCites, Director, 60_000), new(Oriv, Treasurer, 120_000)])));

    [Fact]
    public void Who_has_paid_is_not_reminded()
    {
        var past = CalledAndRepresented().And(On("2024-02-01", Labo, new DuesPaid("2024", 60_000)));
        Remind(past, "2024-04-02").Then(On("2024-04-02", Reminders, new DuesRemindersAsked(Id, [new(Oriv, Treasurer, 120_000)])));
        Remind(past, "2024-04-02", false, LaboCites).ThenRefused<NobodyToRemind>();
        Remind(CalledAndRepresented(), "2024-03-31", lateOnly: true).ThenRefused<NobodyToRemind>();
        Remind(Represented(BothDeclared()), "2024-04-02").ThenRefused<NobodyToRemind>();
    }

    [Fact]
    public void Nobody_is_reminded_twice_on_one_day()
    {
        var once = CalledAndRepresented().And(On("2024-04-02T09:00:00+02:00", Reminders, new DuesRemindersAsked(Id, [new(LaboCites, Director, 60_000)])));

        Remind(once, "2024-04-02T18:00:00+02:00", false, LaboCites).ThenRefused<RemindedToday>();
        Remind(once, "2024-04-02T18:00:00+02:00").Then(On("2024-04-02T18:00:00+02:00", Reminders, new DuesRemindersAsked(Id, [new(Oriv, Treasurer, 120_000)])));
        Remind(once, "2024-04-03T00:00:00+02:00", false, LaboCites).ThenAccepted();
    }

    [Fact]
    public void A_member_that_nobody_represents_cannot_be_written_to() =>
        Remind(Call(BothDeclared()).ThenAccepted(), "2024-04-02").ThenRefused<NobodyToWriteTo>();

    [Fact]
    public void An_individual_is_written_to_themselves() =>
        Assert.Equal(Director, Representative.Of(new(LaboCites, new(Individual: SealedFor(Director, "Ada")), null), [], Time("2024-04-02")));

    private static Told Sent(Past past, string on, PersonId? person, string? proof = "<1@example.org>") => past.When(p =>
        new RecordDuesReminder(LaboCites, person, NoticeChannel.Email, proof, Time(on)).Decide(p.Read<DuesCampaign>(Stream), p.Read<DuesReminders>(Reminders), Paris));

    [Fact]
    public void What_was_asked_for_goes_out_with_its_proof_and_what_came_back_says_why()
    {
        var asked = CalledAndRepresented().And(On("2024-04-02", Reminders, new DuesRemindersAsked(Id, [new(LaboCites, Director, 60_000)])));
        var sent = Sent(asked, "2024-04-02T10:00:00+02:00", Director).ThenAccepted();
        Sent(sent, "2024-04-02T11:00:00+02:00", Director, "<2@example.org>").ThenRefused<RemindedToday>();
        Sent(Nothing, "2024-04-02", Director).ThenRefused<DuesCampaignNotFound>();
        Sent(BothDeclared(), "2024-04-02", Director).ThenRefused<MemberNotCalled>();

        var failed = sent.When(p => new RecordDuesReminderFailure(LaboCites, Director, NoticeChannel.Email, "boîte pleine", Time("2024-04-03"))
            .Decide(p.Read<DuesCampaign>(Stream), p.Read<DuesReminders>(Reminders))).ThenAccepted();
        var last = failed.State<DuesReminders>(Reminders).To[LaboCites];
        Assert.Equal(("<1@example.org>", "boîte pleine", Time("2024-04-03")), (last.Proof, last.Reason, last.Failed));
        BothDeclared().When(p => new RecordDuesReminderFailure(LaboCites, null, NoticeChannel.Post, null, Time("2024-04-03"))
            .Decide(p.Read<DuesCampaign>(Stream), p.Read<DuesReminders>(Reminders))).ThenRefused<MemberNotCalled>();
    }

    [Fact]
    public void A_campaign_is_closed_and_what_is_owed_stays_owed()
    {
        var closed = When(CalledAndRepresented(), c => new CloseDuesCampaign("exercice clos", Time("2025-01-31")).Decide(c))
            .Then(On("2025-01-31", Stream, new DuesCampaignClosed(Id, "exercice clos")));

        Assert.Equal(60_000, closed.State<Member>(Labo).DuesOf("2024")!.OwedCents);
        Remind(closed, "2025-02-01").ThenRefused<DuesCampaignIsClosed>();
        closed.When(new RecordDuesPayment("2024", 60_000, Time("2025-02-02"))).ThenAccepted();
    }
}
