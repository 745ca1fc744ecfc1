using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Projections;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Projections;

/// <summary>What held on a day, as we know it now and as we knew it then.</summary>
public sealed class TwoTimelinesTests : ReadModelTest
{
    private static readonly BodyId Board = Named<BodyId>("board");
    private static readonly MandateId Presidency = Named<MandateId>("presidency");
    private static readonly PersonId Chair = Named<PersonId>("chair");
    private static readonly StreamId BoardStream = Governance.Domain.Mandates.Body.Stream(Board);
    private static readonly MemberId Centre = Named<MemberId>("centre");

    private static Fact TheBoard => On("2020-01-01", BoardStream, new BodyConstituted(Board, "Bureau", BodyKind.Board, []));

    [Fact]
    public async Task A_mandate_recorded_in_March_and_effective_in_January_is_held_in_February_as_we_know_it_now_and_not_as_we_knew_it_then()
    {
        var before = await GivenAsync(TheBoard);
        await GivenAsync(On("2024-01-01", BoardStream, Appointed()));
        await WhenFollowedAsync();

        var now = Assert.Single(await Mandates.InBodyAsync(await ThenAsync("2024-02-10"), Board, Ct));
        Assert.Equal((Presidency, Chair, Office.President, Time("2024-01-01")), (now.Id, now.Person, now.Office, now.Since));
        Assert.Empty(await Mandates.InBodyAsync(await ThenAsync("2024-02-10", knownAt: before), Board, Ct));
        Assert.Empty(await Mandates.InBodyAsync(await ThenAsync("2023-12-31"), Board, Ct));
    }

    [Fact]
    public async Task A_day_recorded_as_of_is_the_position_that_the_log_had_reached_on_it()
    {
        await GivenAsync(TheBoard, On("2024-01-01", BoardStream, Appointed()));
        await WhenFollowedAsync();

        var first = (await Log.ReadPageAsync(0, limit: 1, ct: Ct))[0];
        var view = await Reads.ViewAsync(Ours, Time("2024-02-10").Instant, first.RecordedAt.AddMicroseconds(-1), Ct);
        Assert.Equal(0, view.AsOf.Position);
        Assert.Empty(await Bodies.ListAsync(view, Ct));
        Assert.Single(await Bodies.ListAsync(await Reads.ViewAsync(Ours, Time("2024-02-10").Instant, ct: Ct), Ct));
    }

    [Fact]
    public async Task A_fact_taken_back_is_gone_from_every_day_and_still_there_as_we_knew_it()
    {
        await GivenAsync(TheBoard);
        var (appointed, position) = await RecordAsync(Ours, On("2024-01-01", BoardStream, Appointed()));
        await GivenAsync(On("2024-06-01", BoardStream, new FactRetracted(appointed, "entered on the wrong body")));
        await WhenFollowedAsync();

        Assert.Empty(await Mandates.InBodyAsync(await ThenAsync("2024-02-10"), Board, Ct));
        Assert.Empty(await Mandates.InBodyAsync(await ThenAsync("2024-07-10"), Board, Ct));
        Assert.Single(await Mandates.InBodyAsync(await ThenAsync("2024-02-10", knownAt: position), Board, Ct));
        Assert.Empty(await Mandates.HistoryOfPersonAsync(await ThenAsync("2024-02-10"), Chair, Ct));
    }

    [Fact]
    public async Task A_mandate_known_to_the_month_is_held_from_the_first_instant_of_the_month_in_the_associations_time_zone()
    {
        await GivenAsync(TheBoard, On("2024-03", BoardStream, Appointed()));
        await WhenFollowedAsync();

        Assert.Empty(await Mandates.InBodyAsync(await ThenAsync("2024-02-29"), Board, Ct));
        var held = Assert.Single(await Mandates.InBodyAsync(await ThenAsync("2024-03-01"), Board, Ct));
        Assert.Equal(Precision.Month, held.Since.Precision);
        Assert.Equal(new DateTimeOffset(2024, 2, 29, 23, 0, 0, TimeSpan.Zero), held.Since.Instant);
    }

    [Fact]
    public async Task The_end_of_a_term_is_written_ahead()
    {
        var term = Time("2027-01-01");
        await GivenAsync(TheBoard, On("2024-01-01", BoardStream, Appointed(termEnds: term)));
        await WhenFollowedAsync();

        Assert.Single(await Mandates.InBodyAsync(await ThenAsync("2026-12-31"), Board, Ct));
        Assert.Empty(await Mandates.InBodyAsync(await ThenAsync("2027-01-01"), Board, Ct));
        Assert.Equal(term.Instant, Assert.Single(await Mandates.HistoryOfBodyAsync(await ThenAsync("2024-01-02"), Board, Ct)).Until);
        Assert.Single(await Mandates.EndingBeforeAsync(await ThenAsync("2026-10-01"), Time("2027-01-02").Instant, Ct));
        Assert.Empty(await Mandates.EndingBeforeAsync(await ThenAsync("2026-10-01"), Time("2026-12-01").Instant, Ct));
    }

    [Fact]
    public async Task Where_the_statutes_say_so_the_holder_stays_beyond_the_term_until_the_end_is_recorded()
    {
        var known = await GivenAsync(TheBoard, On("2024-01-01", BoardStream, Appointed(termEnds: Time("2027-01-01"), holdover: true)));
        await GivenAsync(On("2027-05-01", BoardStream, new MandateEnded(Presidency, EndReason.Replaced)));
        await WhenFollowedAsync();

        Assert.False(Assert.Single(await Mandates.InBodyAsync(await ThenAsync("2026-12-31"), Board, Ct)).InHoldover);
        Assert.True(Assert.Single(await Mandates.InBodyAsync(await ThenAsync("2027-01-01"), Board, Ct)).InHoldover);
        Assert.Empty(await Mandates.InBodyAsync(await ThenAsync("2027-05-01"), Board, Ct));
        Assert.True(Assert.Single(await Mandates.InBodyAsync(await ThenAsync("2030-01-01", knownAt: known), Board, Ct)).InHoldover);
    }

    [Fact]
    public async Task A_first_term_drawn_by_lot_ends_the_mandate_then_and_was_not_known_before()
    {
        var known = await GivenAsync(TheBoard, On("2024-01-01", BoardStream, Appointed(termEnds: Time("2027-01-01"))));
        await GivenAsync(On("2024-02-01", BoardStream, new FirstTermDrawn(Presidency, 1, 3, Time("2025-01-01"), "PV")));
        await WhenFollowedAsync();

        Assert.Single(await Mandates.InBodyAsync(await ThenAsync("2024-12-31"), Board, Ct));
        Assert.Empty(await Mandates.InBodyAsync(await ThenAsync("2025-01-01"), Board, Ct));
        Assert.Single(await Mandates.InBodyAsync(await ThenAsync("2025-01-01", knownAt: known), Board, Ct));
    }

    [Fact]
    public async Task Nobody_sits_in_a_body_that_was_dissolved()
    {
        await GivenAsync(
            TheBoard, On("2024-01-01", BoardStream, Appointed()), On("2025-01-01", BoardStream, new BodyDissolved("reorganised")));
        await WhenFollowedAsync();

        Assert.Single(await Mandates.OfPersonAsync(await ThenAsync("2024-12-31"), Chair, Ct));
        Assert.Empty(await Mandates.OfPersonAsync(await ThenAsync("2025-01-01"), Chair, Ct));
    }

    [Fact]
    public async Task A_late_fact_takes_its_place_among_those_known_before()
    {
        var stream = Member.Stream(Centre);
        var admitted = await GivenAsync(
            On("2010", stream, new MemberAdmitted(Centre, new MemberName("Centre du Nord"), false)),
            On("2020-05-04", stream, new MemberRenamed(new MemberName("Centre des Hauts-de-France"))));
        await GivenAsync(On("2015-09", stream, new MemberRenamed(new MemberName("Centre Nord-Picardie"))));
        await WhenFollowedAsync();

        async Task<string?> NameAsync(string day, long? knownAt = null) => (await Members.FindAsync(await ThenAsync(day, knownAt), Centre, Ct))?.Organisation;
        Assert.Equal("Centre du Nord", await NameAsync("2015-08-31"));
        Assert.Equal("Centre Nord-Picardie", await NameAsync("2018-01-01"));
        Assert.Equal("Centre du Nord", await NameAsync("2018-01-01", admitted));
        Assert.Equal("Centre des Hauts-de-France", await NameAsync("2020-05-04"));
        Assert.Null(await NameAsync("2009-12-31"));
    }

    [Fact]
    public async Task A_late_entry_corrected_and_the_correction_taken_back_each_hold_for_the_same_day_as_they_were_known()
    {
        var stream = Member.Stream(Centre);
        var admitted = await GivenAsync(On("2010", stream, new MemberAdmitted(Centre, new MemberName("Centre du Nord"), false)));
        var late = await GivenAsync(On("2015-09", stream, new MemberRenamed(new MemberName("Centre Nort-Picardie"))));
        var (correction, corrected) = await RecordAsync(Ours, On("2015-09", stream, new MemberRenamed(new MemberName("Centre Nord-Picardie"))));
        var taken = await GivenAsync(On("2024-01-01", stream, new FactRetracted(correction, "it was no correction")));
        await WhenFollowedAsync(batch: 1);

        async Task<string?> NameAsync(string day, long knownAt) => (await Members.FindAsync(await ThenAsync(day, knownAt), Centre, Ct))?.Organisation;
        Assert.Equal("Centre du Nord", await NameAsync("2018-01-01", admitted));
        Assert.Equal("Centre Nort-Picardie", await NameAsync("2018-01-01", late));
        Assert.Equal("Centre Nord-Picardie", await NameAsync("2018-01-01", corrected));
        Assert.Equal("Centre Nort-Picardie", await NameAsync("2018-01-01", taken));
        Assert.All([admitted, late, corrected, taken], known => Assert.Equal("Centre du Nord", NameAsync("2015-08-31", known).GetAwaiter().GetResult()));
        await ThenRebuiltEqualAsync();
    }

    [Fact]
    public async Task The_end_of_a_backdated_mandate_recorded_later_still_and_then_taken_back_leaves_it_held()
    {
        await GivenAsync(TheBoard);
        var appointed = await GivenAsync(On("2024-01-01", BoardStream, Appointed(termEnds: Time("2027-01-01"))));
        var (end, ended) = await RecordAsync(Ours, On("2024-03-01", BoardStream, new MandateEnded(Presidency, EndReason.Resignation)));
        var taken = await GivenAsync(On("2024-09-01", BoardStream, new FactRetracted(end, "she stays")));
        await WhenFollowedAsync();

        async Task<int> HeldAsync(string day, long known) => (await Mandates.InBodyAsync(await ThenAsync(day, known), Board, Ct)).Count;
        Assert.Equal((1, 0, 1), (await HeldAsync("2024-06-01", appointed), await HeldAsync("2024-06-01", ended), await HeldAsync("2024-06-01", taken)));
        Assert.Equal((1, 1, 1), (await HeldAsync("2024-02-01", appointed), await HeldAsync("2024-02-01", ended), await HeldAsync("2024-02-01", taken)));
        Assert.Equal(0, await HeldAsync("2027-01-01", taken));
        await ThenRebuiltEqualAsync();
    }

    [Fact]
    public async Task Two_associations_do_not_see_each_other()
    {
        var stream = Member.Stream(Centre);
        var admitted = new MemberAdmitted(Centre, new MemberName("Centre du Nord"), false);
        await RecordAsync(Ours, On("2010", stream, admitted));
        await RecordAsync(Theirs, On("2012", stream, admitted with { Name = new MemberName("An organisation of theirs") }));
        await WhenFollowedAsync();

        Assert.Equal("Centre du Nord", Assert.Single(await Members.ListAsync(await ThenAsync("2024-01-01"), Ct)).Organisation);
        Assert.Equal("An organisation of theirs", Assert.Single(await Members.ListAsync(await ThenAsync("2024-01-01", of: Theirs), Ct)).Organisation);
        Assert.Empty(await Members.ListAsync(await ThenAsync("2011-01-01", of: Theirs), Ct));
        Assert.Equal(1, (await AuditHistory.PageAsync(await ThenAsync("2024-01-01", of: Theirs), AuditHistory.Filter.None, AuditHistory.Order.Recorded, null, 10, Ct)).Entries[0].Index);
    }

    [Fact]
    public async Task An_individual_who_is_a_member_is_named_in_the_read_model_of_people_alone()
    {
        var person = Named<PersonId>("individual");
        var stream = Member.Stream(Centre);
        await GivenAsync(On("2020-01-01", stream, new MemberAdmitted(Centre, new MemberName(Individual: SealedFor(person, "sealed name")), false)));
        await WhenFollowedAsync();

        var member = Assert.Single(await Members.ListAsync(await ThenAsync("2024-01-01"), Ct));
        Assert.Equal((null, person), (member.Organisation, member.Individual));
        var named = (await People.ManyAsync(await ThenAsync("2024-01-01"), [Centre.Value], Ct))[Centre.Value];
        Assert.Equal(SealedFor(person, "sealed name"), named.Name);
        var kept = SealedFor(person, "sealed name").Ciphertext;
        foreach (var model in Models.Where(model => model is not People))
            Assert.Equal(0, await ScalarAsync<long>($"select count(*) from {model.Table} t where strpos(t::text, '{kept}') > 0"));
    }

    private static MandateAppointed Appointed(EffectiveTime? termEnds = null, bool holdover = false) =>
        new(Presidency, Chair, Office.President, Holdover: holdover, TermEnds: termEnds);
}
