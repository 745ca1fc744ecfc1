using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Governance.Api.Access;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Kernel.Http;
using Governance.Domain.Associations;
using Governance.Domain.Ballots;
using Governance.Domain.Colleges;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.People;
using Governance.Domain.Voting;
using Governance.EventStore;
using Governance.EventStore.Following;
using Governance.EventStore.Vault;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Tests;

/// <summary>
/// The real host on a real port and a database of its own, with one association in which there is somebody of each role. Use it as a class
/// fixture; <see cref="As"/> speaks for a role.
/// </summary>
public sealed class Host : IAsyncDisposable, Xunit.IAsyncLifetime
{
    /// <summary>Short name of the association.</summary>
    public const string Slug = "essai";

    private readonly Dictionary<Role, (SampleAccount Account, string Token)> _accounts = [];
    private readonly Dictionary<Role, PersonId> _people = [];
    private readonly ConcurrentDictionary<Role, Lazy<Task<IReadOnlyList<Cookie>>>> _sessions = [];

    /// <summary>The database; null for a copy of the template of tests.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Settings beside those of every test.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>What of the host is another than usual; null for nothing.</summary>
    public Action<IServiceCollection>? Replace { get; init; }

    /// <summary>Where the keys lie.</summary>
    public string DataDirectory { get; } = Path.Combine(Path.GetTempPath(), $"governance-host-{Guid.NewGuid():N}");

    public WebApplication App { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public AssociationId Association { get; } = AssociationDirectory.IdOf(Slug);

    public EventLog Log => App.Services.GetRequiredService<EventLog>();

    public PersonId Person(Role role) => _people[role];

    public SampleAccount Account(Role role) => _accounts[role].Account;

    public async ValueTask InitializeAsync()
    {
        App = await GovernanceHost.BuildAsync(new HostSettings(DataDirectory, "http://127.0.0.1:0")
        {
            ConnectionString = ConnectionString ?? await PostgreSql.HostConnectionStringAsync(),
            Overrides = new Dictionary<string, string?>(Settings)
            {
                ["Access:SignInsPerMinute"] = Settings.GetValueOrDefault("Access:SignInsPerMinute", "100000"),
                ["Access:CosignaturesPerMinute"] = Settings.GetValueOrDefault("Access:CosignaturesPerMinute", "100000"),
            },
        }, Replace);
        await App.StartAsync();
        Address = new Uri(App.Urls.First());
        await FoundAsync(Slug);
        foreach (var role in new[] { Role.Member, Role.BoardMember, Role.Secretariat, Role.Auditor })
            _people[role] = await MandateAsync(Slug, role);
        foreach (var account in await SampleAccounts.CreateAsync(App.Services, Association, Slug, _people))
            _accounts[account.Role] = (account, await TokenAsync(account));
    }

    /// <summary>Speaks to the host for a role, with a token; for a visitor when it is null. Answers are asked for as programs read them.</summary>
    public HttpClient As(Role? role)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        if (role is { } who)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _accounts[who].Token);
        return client;
    }

    /// <summary>The cookies of a session of a role, signed in once by the form for all who ask: whoever tests signing in or out takes one of their own.</summary>
    public Task<IReadOnlyList<Cookie>> SessionAsync(Role role) => _sessions.GetOrAdd(role, _ => new(async () =>
    {
        using var visitor = await Visitor.AsAsync(this, role);
        return [.. visitor.Cookies];
    })).Value;

    /// <summary>Speaks for a person of the association who has a new account.</summary>
    public async Task<HttpClient> AsAsync(string login, PersonId person)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var (account, faults) = await scope.ServiceProvider.GetRequiredService<Accounts>().CreateAsync(login, "a long enough password", isAdministrator: false);
        Xunit.Assert.Empty(faults);
        var links = App.Services.GetRequiredService<AccountLinks>();
        Xunit.Assert.Equal(AccountLinks.Linked.Done, await links.LinkAsync(account!.Id, Association, person, null, default));
        var client = As(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await links.NewTokenAsync(account.Id, "tests", default)).Secret);
        return client;
    }

    /// <summary>Founds another association, without going through a command.</summary>
    public async Task<AssociationId> FoundAsync(string slug)
    {
        var id = AssociationDirectory.IdOf(slug);
        await RecordAsync(slug, new StreamId("association"), new AssociationFounded(id, slug, "Association d'essai", "Essai", "Éprouver", "Lille", "Europe/Paris"));
        return id;
    }

    /// <summary>Somebody new who holds a mandate that gives a role, since 2020.</summary>
    public async Task<PersonId> MandateAsync(string slug, Role role)
    {
        var association = AssociationDirectory.IdOf(slug);
        var person = PersonId.Of(Guid.CreateVersion7());
        var vault = App.Services.GetRequiredService<PersonVault>();
        var name = new Sealed(person, (await vault.SealAsync(association.ToString(), person.Value, $"Titulaire {role}"))!);
        await RecordAsync(slug, Governance.Domain.People.Person.Stream(person), new PersonRegistered(person, name, LabelOnly: true));
        var body = BodyId.Of(Guid.CreateVersion7());
        await RecordAsync(
            slug,
            Body.Stream(body),
            new BodyConstituted(body, $"Organe {role}", Kind(role), []),
            new MandateAppointed(MandateId.Of(Guid.CreateVersion7()), person, Office.Seat));
        return person;
    }

    /// <summary>A decision that a document of the start of 2020 gives, for what rests on one.</summary>
    public async Task<BallotId> DecisionAsync(
        Verdict verdict = Verdict.Adopted, DecisionKind kind = DecisionKind.RoadmapItem, WorkstreamId? workstream = null, string slug = Slug)
    {
        var ballot = BallotId.Of(Guid.CreateVersion7());
        await RecordAsync(slug, Ballot.Stream(ballot), new OutcomeTranscribed(ballot, kind, "Décision d'essai", verdict, Workstream: workstream));
        return ballot;
    }

    /// <summary>Keeps a document that shows an outcome which was taken elsewhere since decisions are recorded here.</summary>
    public async Task DocumentAsync(string slug, BallotId outcome)
    {
        var (document, thing) = (DocumentId.Of(Guid.CreateVersion7()), new Thing(Ballot.Stream(outcome)));
        await RecordAsync(
            slug, Document.Stream(document),
            new DocumentFiled(document, "Procès-verbal", DocumentKind.Minutes, new("application/pdf", 1, new string('0', 64)), new(AudienceKind.Association), new(RetentionKind.Forever)));
        await RecordAsync(slug, Folder.StreamOf(thing), new DocumentAttached(document, thing));
    }


    /// <summary>Appends events to a stream as facts since 2020, without going through a command.</summary>
    /// <returns>Position of the last one.</returns>
    public Task<long> RecordAsync(string slug, StreamId stream, params IReadOnlyList<IEvent> events) => RecordOnAsync(slug, new DateOnly(2020, 1, 1), stream, events);

    /// <summary>The same as facts since a day.</summary>
    public async Task<long> RecordOnAsync(string slug, DateOnly day, StreamId stream, params IReadOnlyList<IEvent> events)
    {
        var tenant = AssociationDirectory.IdOf(slug).ToString();
        var slice = (await Log.ReadStreamsAsync(tenant, [stream.Value]))[stream.Value];
        var headers = new EventHeaders(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) + "T00:00:00.000000Z", Precision.Day, "system", "Test").Write();
        var result = await Log.AppendAsync(new AppendRequest(
            tenant,
            [new StreamVersion(stream.Value, slice.Version)],
            [.. events.Select(e => new NewEvent(
                Guid.CreateVersion7(), stream.Value, stream.Kind, EventCatalogue.All.Name(e), EventCatalogue.DotnetName(e), EventCatalogue.All.Write(e), headers))]));
        foreach (var body in events.Select(e => e switch { BodyConstituted b => b.Body, CollegeConstituted c => c.College, _ => (BodyId?)null }).OfType<BodyId>())
            await RecordAsync(slug, RegisterOfBodies.Stream, new BodyRegistered(body));
        return ((AppendResult.Appended)result).LastPosition;
    }

    /// <summary>Waits until every read model shows a position.</summary>
    public async Task ShownAsync(long position) =>
        Xunit.Assert.True(await App.Services.GetRequiredService<FollowerHost>().WaitForAllAsync(position, TimeSpan.FromSeconds(30)));

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private static BodyKind Kind(Role role) => role switch
    {
        Role.Member => BodyKind.College,
        Role.BoardMember => BodyKind.Board,
        Role.Secretariat => BodyKind.Secretariat,
        Role.Auditor => BodyKind.Auditors,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    private async Task<string> TokenAsync(SampleAccount account)
    {
        using var client = As(null);
        var answer = await client.PostAsJsonAsync("/api/tokens", new { login = account.Login, password = account.Password, label = "tests" });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<AccessEndpoints.TokenAnswer>())!.Token;
    }
}
