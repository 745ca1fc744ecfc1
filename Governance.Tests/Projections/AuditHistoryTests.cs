using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Projections;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Projections;

/// <summary>What happened, page by page, for one thing or for all.</summary>
public sealed class AuditHistoryTests : ReadModelTest
{
    private static readonly MemberId Centre = Named<MemberId>("centre");
    private static readonly StreamId CentreStream = Member.Stream(Centre);

    [Fact]
    public async Task Pages_fit_together_while_events_come_in()
    {
        await GivenAsync([Admitted, .. Enumerable.Range(1, 9).Select(day => Renamed($"2024-01-0{day}", $"Centre {day}"))]);
        await WhenFollowedAsync();

        foreach (var order in Enum.GetValues<AuditHistory.Order>())
        {
            var first = await AuditHistory.PageAsync(await ThenAsync("2030-01-01"), AuditHistory.Filter.None, order, null, 4, Ct);
            await GivenAsync(Renamed("2024-01-04", "late"), Renamed("2024-02-01", "newer"));
            await WhenFollowedAsync();
            var told = first.Entries.ToList();
            for (var next = first.Next; next is { } cursor;)
            {
                Assert.True(AuditHistory.Cursor.TryParse(cursor.ToString(), out var read));
                var page = await AuditHistory.PageAsync(await ThenAsync("2030-01-01"), AuditHistory.Filter.None, order, read, 4, Ct);
                told.AddRange(page.Entries);
                next = page.Next;
            }

            var known = first.Next!.Value.KnownAt;
            Assert.Equal(Enumerable.Range(1, (int)known).Select(p => (long)p), told.Select(e => e.Position).Order());
            Assert.Equal(
                order == AuditHistory.Order.Recorded
                    ? told.OrderByDescending(e => e.Position)
                    : told.OrderByDescending(e => e.On.Instant).ThenByDescending(e => e.Position),
                told);
        }
    }

    [Fact]
    public async Task It_is_filtered_by_what_an_event_touches_by_kind_and_by_date()
    {
        var (board, person) = (Named<BodyId>("board"), Named<PersonId>("person"));
        await GivenAsync(
            Admitted,
            On("2020-01-01", Body.Stream(board), new BodyConstituted(board, "Board", BodyKind.Board, [])),
            On("2024-01-01", Body.Stream(board), new MandateAppointed(Named<MandateId>("m"), person, Office.President, Member: Centre)),
            Renamed("2024-01-05", "Centre"));
        await WhenFollowedAsync();

        async Task<IEnumerable<string>> KindsAsync(AuditHistory.Filter filter) =>
            (await AuditHistory.PageAsync(await ThenAsync("2024-06-01"), filter, AuditHistory.Order.Effective, null, 10, Ct)).Entries.Select(e => e.Kind);
        Assert.Equal(["mandate_appointed"], await KindsAsync(new(Touching: [person.Value])));
        Assert.Equal(["member_renamed", "mandate_appointed", "member_admitted"], await KindsAsync(new(Touching: [Centre.Value])));
        Assert.Equal(["mandate_appointed", "body_constituted"], await KindsAsync(new(Touching: [board.Value])));
        Assert.Equal(["mandate_appointed"], await KindsAsync(new(Touching: [board.Value, Centre.Value])));
        Assert.Equal(["body_constituted"], await KindsAsync(new(Kinds: ["body_constituted"])));
        Assert.Equal(["mandate_appointed"], await KindsAsync(new(From: Time("2023").Instant, To: Time("2024-01-04").Instant)));
        Assert.Equal(1, await AuditHistory.CountAsync(await ThenAsync("2024-06-01"), new(Touching: [person.Value]), Ct));
        Assert.Empty((await AuditHistory.PageAsync(await ThenAsync("1999-06-01"), AuditHistory.Filter.None, AuditHistory.Order.Effective, null, 10, Ct)).Entries);
    }

    [Fact]
    public async Task The_make_of_the_history_counts_by_kind_thing_and_delay_what_holds_by_the_day_and_was_known_then()
    {
        await GivenAsync(Admitted);
        var (id, position) = await RecordAsync(Ours, Renamed("2024-01", "Centre"));
        await GivenAsync(On("2024-02-01", CentreStream, new FactRetracted(id, "wrong centre")), On("2090-01-01", CentreStream, new MemberRenamed(new("Demain"))));
        await RecordAsync(Theirs, Admitted);
        await WhenFollowedAsync();

        var view = await ThenAsync("2024-06-01");
        var makeup = await AuditHistory.MakeupAsync(view, Ct);
        Assert.Equal((3, 0, 0, 1), (makeup.Events, makeup.Transcribed, makeup.Illustrative, makeup.Retractions));
        Assert.Equal([("fact_retracted", 1), ("member_admitted", 1), ("member_renamed", 1)], makeup.Kinds);
        Assert.Equal(await AuditHistory.KindsAsync(view, Ct), makeup.Kinds);
        Assert.Equal([("member", 3)], makeup.Things);
        Assert.Equal((AuditHistory.DelayDays.Count + 1, 3), (makeup.Delays.Count, makeup.Delays.Sum()));
        Assert.Equal(3, await AuditHistory.CountAsync(view, AuditHistory.Filter.None, Ct));

        var earlier = await ThenAsync("2024-06-01", knownAt: position);
        Assert.Equal([("member_admitted", 1), ("member_renamed", 1)], (await AuditHistory.MakeupAsync(earlier, Ct)).Kinds);
        Assert.Equal(2, await AuditHistory.CountAsync(earlier, AuditHistory.Filter.None, Ct));
        Assert.Equal(0, (await AuditHistory.MakeupAsync(await ThenAsync("1999-06-01"), Ct)).Events);
    }

    [Fact]
    public async Task An_event_says_who_when_and_from_what_and_whether_it_was_taken_back()
    {
        await GivenAsync(Admitted);
        var (id, position) = await RecordAsync(Ours, Renamed("2024-01", "Centre"), actor: "the secretary");
        await WhenFollowedAsync();
        var entry = (await AuditHistory.FindAsync(await ThenAsync("2024-06-01"), id, Ct))!;
        Assert.Equal(("the secretary", "RecordMemberRenamed", "minutes", Precision.Month, false), (entry.Actor, entry.Command, entry.Source, entry.On.Precision, entry.Retracted));
        Assert.Equal(new MemberRenamed(new MemberName("Centre")), entry.Read(EventCatalogue.All));

        await GivenAsync(On("2024-02-01", CentreStream, new FactRetracted(id, "wrong centre")));
        await WhenFollowedAsync();
        Assert.True((await AuditHistory.FindAsync(await ThenAsync("2024-06-01"), id, Ct))!.Retracted);
        Assert.False((await AuditHistory.FindAsync(await ThenAsync("2024-06-01", knownAt: position), id, Ct))!.Retracted);
    }

    [Fact]
    public async Task It_is_filtered_by_when_it_was_recorded_and_a_retraction_is_found_by_what_was_taken_back()
    {
        var (board, mandate) = (Named<BodyId>("board"), Named<MandateId>("m"));
        await GivenAsync(On("2020-01-01", Body.Stream(board), new BodyConstituted(board, "Board", BodyKind.Board, [])));
        var (appointed, _) = await RecordAsync(Ours, On("2024-01-01", Body.Stream(board), new MandateAppointed(mandate, Named<PersonId>("person"), Office.President)));
        var (_, last) = await RecordAsync(Ours, On("2024-02-01", Body.Stream(board), new FactRetracted(appointed, "another person")));
        await WhenFollowedAsync();

        async Task<IEnumerable<string>> KindsAsync(AuditHistory.Filter filter, long? known = null) =>
            (await AuditHistory.PageAsync(await ThenAsync("2024-06-01", known), filter, AuditHistory.Order.Recorded, null, 10, Ct)).Entries.Select(e => e.Kind);
        Assert.Equal(["fact_retracted", "mandate_appointed"], await KindsAsync(new(Touching: [mandate.Value])));
        Assert.Equal(["mandate_appointed"], await KindsAsync(new(Touching: [mandate.Value]), last - 1));
        Assert.Equal(2, await AuditHistory.CountAsync(await ThenAsync("2024-06-01"), new(Touching: [Named<PersonId>("person").Value]), Ct));
        var second = (await Log.ReadPageAsync(1, limit: 1, ct: Ct))[0].RecordedAt;
        Assert.Equal(["fact_retracted", "mandate_appointed"], await KindsAsync(new(RecordedFrom: second)));
        Assert.Equal(["mandate_appointed", "body_constituted"], await KindsAsync(new(RecordedTo: second)));
    }

    [Fact]
    public async Task A_filter_prepared_once_asks_for_its_retractions_once_for_the_page_and_the_number()
    {
        var (id, _) = await RecordAsync(Ours, Admitted);
        await RecordAsync(Ours, On("2025-01-01", CentreStream, new FactRetracted(id, "wrong")));
        await WhenFollowedAsync();
        var view = await ThenAsync("2025-06-01");
        var asked = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var test = new System.Diagnostics.Activity("test").Start();
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref _) => System.Diagnostics.ActivitySamplingResult.AllData,
            ActivityStopped = done =>
            {
                if (done.TraceId == test.TraceId)
                    asked.Enqueue(string.Join(' ', done.TagObjects.Select(tag => tag.Value)));
            },
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);

        var filter = await AuditHistory.PreparedAsync(view, new(Touching: [Centre.Value]), Ct);
        var page = await AuditHistory.PageAsync(view, filter, AuditHistory.Order.Recorded, null, 10, Ct);

        Assert.Equal(["fact_retracted", "member_admitted"], page.Entries.Select(e => e.Kind));
        Assert.Equal(2, await AuditHistory.CountAsync(view, filter, Ct));
        Assert.Equal(3, asked.Count(sql => sql.Contains(new AuditHistory().Table, StringComparison.Ordinal)));
        Assert.Single(asked, sql => sql.Contains("a.retracts = t.key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Between_two_views_stand_the_events_that_count_in_one_of_them_alone()
    {
        var (id, first) = await RecordAsync(Ours, Admitted);
        var (early, _) = await RecordAsync(Ours, Renamed("2024-01-05", "Early"));
        var (late, second) = await RecordAsync(Ours, Renamed("2022-01-05", "Late"));
        var (taken, third) = await RecordAsync(Ours, On("2025-01-01", CentreStream, new FactRetracted(late, "wrong")));
        await WhenFollowedAsync();

        async Task<IEnumerable<EventId>> BetweenAsync(string from, long knownFrom, string to, long knownTo) =>
            (await AuditHistory.BetweenAsync(await ThenAsync(from, knownFrom), await ThenAsync(to, knownTo), [Centre.Value], [], 100, Ct)).SelectMany(d => d.Latest).OrderByDescending(e => e.Position).Select(e => e.Event);
        Assert.Equal([early], await BetweenAsync("2023-01-01", third, "2024-06-01", third));
        Assert.Equal([late, early, id], await BetweenAsync("1999-01-01", second, "2024-06-01", second));
        Assert.Equal([late], await BetweenAsync("2024-06-01", second - 1, "2024-06-01", second));
        Assert.Equal([taken], await BetweenAsync("2024-06-01", second, "2024-06-01", third));
        Assert.Equal([taken], await BetweenAsync("2024-06-01", third, "2024-06-01", second));
        Assert.Empty(await BetweenAsync("2024-06-01", third, "2024-06-01", third));
        Assert.Equal([early], await BetweenAsync("2024-06-01", first, "2024-06-01", third));
        Assert.Equal([taken, early], await BetweenAsync("2024-06-01", second, "2021-01-01", third));
        var difference = Assert.Single(await AuditHistory.BetweenAsync(await ThenAsync("2024-06-01", second), await ThenAsync("2024-06-01", third), [Centre.Value], [], 100, Ct));
        Assert.Equal("member_renamed", difference.Kind);
    }

    [Fact]
    public async Task A_sealed_name_is_left_out()
    {
        var person = Named<PersonId>("person");
        var (id, _) = await RecordAsync(Ours, On("2024-01-01", Person.Stream(person), new PersonRegistered(person, SealedFor(person, "name"), false)));
        await WhenFollowedAsync();

        var entry = (await AuditHistory.FindAsync(await ThenAsync("2024-06-01"), id, Ct))!;
        Assert.False(entry.Whole);
        Assert.Null(entry.Read(EventCatalogue.All));
        Assert.Equal([person.Value], entry.Touches);
        Assert.DoesNotContain("ciphertext", System.Text.Encoding.UTF8.GetString(entry.Data.Span), StringComparison.Ordinal);
    }

    private static Fact Admitted => On("2000-01-01", CentreStream, new MemberAdmitted(Centre, new MemberName("First"), false));

    private static Fact Renamed(string when, string name) => On(when, CentreStream, new MemberRenamed(new MemberName(name)));
}
