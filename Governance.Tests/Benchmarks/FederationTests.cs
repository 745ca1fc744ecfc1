using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.History;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Meetings;
using Governance.Api.Members;
using Governance.Api.Roadmaps;
using Governance.Api.WorkingGroups;
using Governance.Benchmarks.Federation;
using Governance.Domain.Ballots;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Roadmaps;
using Governance.EventStore.Documents;
using Governance.EventStore.Vault;
using Governance.Projections.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Tests.Benchmarks;

/// <summary>The federation of the benchmark, at a size for tests: it is a history that the system can have written.</summary>
public sealed class FederationTests : IAsyncLifetime
{
    private static readonly FederationSize Size = new(Associations: 3, Members: 60, Years: 4, Until: new DateOnly(2026, 11, 1));

    private readonly string _data = Path.Combine(Path.GetTempPath(), $"governance-federation-{Guid.NewGuid():N}");
    private WebApplication _app = null!;
    private FederationFilled _filled = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await GovernanceHost.BuildAsync(new HostSettings(_data, "http://127.0.0.1:0") { ConnectionString = await PostgreSql.HostConnectionStringAsync() });
        var services = _app.Services;
        _filled = await FederationFilling.RunAsync(
            services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<PersonVault>(), services.GetRequiredService<DocumentStore>(), Size);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Given_a_federation_every_read_model_takes_it_in_and_commands_accept_the_next_step()
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.InRange(_filled.Events, 5_000, 15_000);
        Assert.Equal(_filled.Events, await _app.Services.GetRequiredService<EventLog>().LastPositionAsync(ct));
        foreach (var model in ReadModels.All)
            Assert.Empty((await _app.Services.GetRequiredService<Rebuild>().RunAsync(model, ct)).Stopped);

        // Whatever happens to in it has its word, in the singular and in the plural: an auditor's home page names them all.
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var e in _app.Services.GetRequiredService<EventLog>().ReadAllAsync(0, ct: ct))
            kinds.Add(new StreamId(e.Stream).Kind);
        Assert.Subset(HistoryQuery.Things.ToHashSet(StringComparer.Ordinal), kinds);
        Assert.All(HistoryQuery.Things, thing => Assert.NotEqual(HistoryWording.Say("Thing." + thing), HistoryWording.Say("Things." + thing)));

        var oldest = _filled.Lives.Single(life => life.Slug == FederationSize.SlugOf(0));
        var things = oldest.Things.All;
        IEnumerable<Guid> Known(string name) => things[name].Select(Guid.Parse);
        // A vote that is under way is closed, counted and proclaimed.
        var open = Known("ballot").Select(BallotId.Of).First(id => oldest.Desk.Read<Ballot>(Ballot.Stream(id)).Latest is Ballot.Open { Opening.Meeting: null });
        await DoneAsync(oldest, BallotUseCases.Close, new BallotRequest(open));
        await DoneAsync(oldest, BallotUseCases.Count, new BallotRequest(open));
        await DoneAsync(oldest, BallotUseCases.Proclaim, new BallotRequest(open));
        // A meeting in session takes an item and is closed, one that is planned is convened.
        var session = Known("meeting").Select(MeetingId.Of).First(id => oldest.Desk.Read<Meeting>(Meeting.Stream(id)).Latest is Meeting.InSession);
        await DoneAsync(oldest, MeetingUseCases.TakeItem, new TakeAgendaItemRequest(session, AgendaItemId.Of(Known("item").First())));
        await DoneAsync(oldest, MeetingUseCases.Close, new MeetingRequest(session));
        var planned = Known("meeting").Select(MeetingId.Of).First(id => oldest.Desk.Read<Meeting>(Meeting.Stream(id)).Latest is Meeting.Planned);
        await DoneAsync(oldest, MeetingUseCases.Convene, new ConveneMeetingRequest(planned));
        // A member owes, takes another name, and leaves.
        var member = MemberId.Of(Known("centre").First());
        await DoneAsync(oldest, MemberUseCases.CallDues, new CallDuesRequest(member, "2030", 1_000, EffectiveTime.On(new DateOnly(2030, 1, 31), oldest.Zone)));
        await DoneAsync(oldest, MemberUseCases.RecordDuesPayment, new RecordDuesPaymentRequest(member, "2030", 1_000));
        await DoneAsync(oldest, MemberUseCases.Rename, new RenameMemberRequest(member, new MemberNameRequest("Centre renommé")));
        await DoneAsync(oldest, MemberUseCases.Resign, new ResignMemberRequest(member));
        // Work goes on.
        var workstream = Known("workstream").Select(WorkstreamId.Of).First(id => oldest.Desk.Read<Workstream>(Workstream.Stream(id)).Latest is Workstream.Underway);
        await DoneAsync(oldest, RoadmapUseCases.Report, new ReportProgressRequest(workstream, "Le chantier avance.", Assessment.OnTrack));
        await DoneAsync(oldest, WorkingGroupUseCases.Rename, new RenameWorkingGroupRequest(WorkingGroupId.Of(Known("group").First()), "Groupe renommé"));

        // What was recorded since the desk was left is as if it had gone on there.
        Assert.Empty((await _app.Services.GetRequiredService<Rebuild>().RunAsync(new Governance.Projections.AuditHistory(), ct)).Stopped);
    }

    [Fact]
    public async Task Given_the_same_seed_the_history_is_the_same_and_with_another_it_is_not()
    {
        var (first, again, other) = (await HistoryAsync(1), await HistoryAsync(1), await HistoryAsync(2));
        Assert.NotEmpty(first);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        static async Task<List<string>> HistoryAsync(int seed)
        {
            var size = Size with { Associations = 1, Years = 1, Seed = seed };
            var life = new AssociationLife(
                size, 0, new Positions(), (person, _) => ValueTask.FromResult(person.ToString()),
                (_, _, _) => Task.FromResult(new DocumentContent(DocumentFormat.Text.MediaType, 1, new string('0', 64))));
            for (var month = life.Founded; month < size.Until; month = month.AddMonths(1))
                await life.LiveAsync(month);
            return [.. life.Desk.Drain().SelectMany(request => request.Events).Select(e => $"{e.Id} {e.Stream} {System.Text.Encoding.UTF8.GetString(e.Data.Span)}")];
        }
    }

    private async Task DoneAsync<T>(AssociationLife life, UseCase<T> useCase, T request) where T : class
    {
        var result = await _app.Services.GetRequiredService<CommandRunner>().RunAsync(useCase, request, new CommandContext
        {
            Association = life.Id,
            Zone = life.Zone,
            Actor = Actor.System,
            Now = DateTimeOffset.UtcNow,
            IdempotencyKey = Guid.NewGuid().ToString("N"),
            Ids = IdSource.Fresh(TimeProvider.System),
        }, TestContext.Current.CancellationToken);
        Assert.True(result is CommandResult.Done, $"{useCase.Name}: {result}");
    }
}
