using System.Text;
using Governance.EventStore;
using Xunit;

namespace Governance.Tests.EventStore;

public class AppendTests : LogTest
{
    [Fact]
    public async Task An_append_gives_its_positions_and_the_versions_of_every_stream_read()
    {
        await AppendedAsync(To("statutes", 0));
        var appended = await AppendedAsync(new AppendRequest(
            Association, [new("statutes", 1), new("body:1", 0), new("member:1", 0)], [Event("body:1"), Event("member:1"), Event("body:1")]));

        Assert.Equal((2, 4), (appended.FirstPosition, appended.LastPosition));
        Assert.Equal([new("statutes", 1), new("body:1", 2), new("member:1", 1)], appended.Versions);
    }

    [Fact]
    public async Task What_was_appended_is_read_back_as_it_was_given()
    {
        var e = Event("member:1", """{"name":"Évry \uD83D\uDE00","weight":9007199254740991,"share":"1/3","list":[1,[2,{"a":null}]]}""");
        var appended = await AppendedAsync(new AppendRequest(Association, [new("member:1", 0)], [e], CorrelationId: "c", CausationId: "d"));

        var read = Assert.Single(await Log.ReadStreamAsync(Association, "member:1", ct: Ct));
        Assert.Equal((1, e.Id, Association, "member:1", 1), (read.Position, read.Id, read.Tenant, read.Stream, read.Version));
        Assert.Equal(1, (await Log.FindEventAsync(Association, e.Id, Ct))!.TenantIndex);
        Assert.Equal(("something_happened", "c", "d"), (read.Type, read.CorrelationId, read.CausationId));
        Assert.Equal(appended.RecordedAt, read.RecordedAt);
        Assert.Equal("""{"list": [1, [2, {"a": null}]], "name": "Évry 😀", "share": "1/3", "weight": 9007199254740991}""", Encoding.UTF8.GetString(read.Data.Span));
        Assert.Equal("""{"actor": "chair"}""", Encoding.UTF8.GetString(read.Headers.Span));
        Assert.Equal("test", await ScalarAsync<string>("select type from mt_streams"));
        Assert.Equal(e.DotnetType, await ScalarAsync<string>("select mt_dotnet_type from mt_events"));
    }

    [Fact]
    public async Task A_stream_that_moved_since_it_was_read_refuses_the_whole_append()
    {
        await AppendedAsync(To("body:1", 0));
        var result = await Log.AppendAsync(new AppendRequest(Association, [new("member:1", 0), new("body:1", 0)], [Event("member:1"), Event("body:1")]), Ct);

        Assert.Equal(new AppendResult.VersionConflict("body:1", 0, 1), result);
        Assert.Equal(1, await Log.LastPositionAsync(Ct));
    }

    [Fact]
    public async Task A_stream_that_was_only_read_guards_the_append_as_well()
    {
        await AppendedAsync(To("ballot:1", 0));
        await AppendedAsync(To("ballot:1", 1));
        var vote = new AppendRequest(Association, [new("ballot:1", 1), new("vote:1", 0)], [Event("vote:1")]);

        Assert.Equal(new AppendResult.VersionConflict("ballot:1", 1, 2), await Log.AppendAsync(vote, Ct));
    }

    [Fact]
    public async Task A_stream_expected_to_exist_that_does_not_is_a_conflict() =>
        Assert.Equal(new AppendResult.VersionConflict("member:1", 3, 0), await Log.AppendAsync(To("member:1", 3), Ct));

    [Fact]
    public async Task An_append_without_events_checks_what_was_read_and_writes_nothing()
    {
        await AppendedAsync(To("body:1", 0, events: 2));

        var held = await AppendedAsync(new AppendRequest(Association, [new("body:1", 2)], []));
        Assert.Equal((0, 2), (held.FirstPosition, held.LastPosition));
        Assert.IsType<AppendResult.VersionConflict>(await Log.AppendAsync(new AppendRequest(Association, [new("body:1", 1)], []), Ct));
        Assert.Equal(2, await Log.LastPositionAsync(Ct));
    }

    [Fact]
    public async Task Associations_do_not_see_each_other_and_count_their_own_events()
    {
        await AppendedAsync(To("association", 0, events: 2));
        await AppendedAsync(To("association", 0, tenant: OtherAssociation));
        await AppendedAsync(To("association", 2));

        Assert.Equal(
            [(Association, 1L, 1L), (Association, 2, 2), (OtherAssociation, 3, 1), (Association, 4, 3)],
            (await Log.ReadPageAsync(0, ct: Ct)).Select(e => (e.Tenant, e.Position, e.TenantIndex)));
        Assert.Equal([1, 2, 4], (await Log.ReadStreamAsync(Association, "association", ct: Ct)).Select(e => e.Position));
        Assert.Equal([3], (await Log.ReadStreamAsync(OtherAssociation, "association", ct: Ct)).Select(e => e.Position));
        var first = (await Log.ReadStreamAsync(Association, "association", ct: Ct))[0];
        Assert.Null(await Log.FindEventAsync(OtherAssociation, first.Id, Ct));
        Assert.Equal(first.Position, (await Log.FindEventAsync(Association, first.Id, Ct))!.Position);
    }

    [Fact]
    public async Task An_event_id_that_is_in_the_log_already_is_refused_and_its_neighbours_are_not()
    {
        var e = Event("member:1");
        await AppendedAsync(new AppendRequest(Association, [new("member:1", 0)], [e]));
        var again = new AppendRequest(Association, [new("member:2", 0)], [e with { Stream = "member:2" }]);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            await Log.AppendAsync(i == 7 ? again : To($"other:{i}", 0), Ct)));

        Assert.IsType<AppendResult.EventIdTaken>(results[7]);
        Assert.Equal(19, results.OfType<AppendResult.Appended>().Count());
    }

    [Fact]
    public async Task Appends_that_are_sent_together_are_judged_in_order_and_each_by_itself()
    {
        await AppendedAsync(To("body:1", 0));
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ => await Log.AppendAsync(To("body:1", 1), Ct)));

        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.All(results.OfType<AppendResult.VersionConflict>(), conflict => Assert.Equal(2, conflict.Actual));
        Assert.Equal(199, results.OfType<AppendResult.VersionConflict>().Count());
    }

    [Fact]
    public async Task Many_callers_who_try_again_all_get_through_and_nothing_is_lost()
    {
        const int callers = 32, each = 10;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            for (var done = 0; done < each;)
            {
                var slice = (await Log.ReadStreamsAsync(Association, ["chronicle"], ct: Ct))["chronicle"];
                if (await Log.AppendAsync(To("chronicle", slice.Version), Ct) is AppendResult.Appended)
                    done++;
            }
        }));

        Assert.Equal(callers * each, (await Log.ReadStreamAsync(Association, "chronicle", ct: Ct)).Count);
    }

    [Fact]
    public async Task An_event_whose_stream_has_no_expected_version_is_a_mistake_of_the_caller() =>
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await Log.AppendAsync(new AppendRequest(Association, [new("body:1", 0)], [Event("member:1")]), Ct));

    [Fact]
    public async Task A_caller_who_has_already_gone_writes_nothing()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Log.AppendAsync(To("member:1", 0), gone.Token));
        Assert.Equal(0, await Log.LastPositionAsync(Ct));
    }
}

/// <summary>The same of appends that all go the way of a group.</summary>
public sealed class AppendTestsOfGroups : AppendTests
{
    protected override EventLogOptions Options => base.Options with { AppendsAlone = false };
}
