using System.Reflection;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Kernel.Hosting;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Documents;
using Governance.EventStore.Embedded;
using Governance.EventStore.Vault;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Governance.Benchmarks.Federation;

/// <summary>An association whose pages are walked.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Tokens">Of an account of each role.</param>
/// <param name="Things">What stands in addresses for its things, of each name several.</param>
internal sealed record WalkedAssociation(
    string Name, string Slug, int Age, long Events, IReadOnlyDictionary<string, string> Tokens, IReadOnlyDictionary<string, IReadOnlyList<string>> Things)
{
    /// <summary>The addresses that a pattern has for its things, those that came last first; none when it has nothing of a kind. Not at each of them is a page.</summary>
    public IEnumerable<string> AddressesOf(EndpointAddress address)
    {
        IEnumerable<Dictionary<string, string>> combinations = [new() { ["slug"] = Slug }];
        foreach (var name in address.Names.Where(n => n != "slug"))
        {
            var things = Things.GetValueOrDefault(name, []);
            combinations = combinations.SelectMany(c => things.Select(thing => new Dictionary<string, string>(c) { [name] = thing }));
        }

        return combinations.Select(address.Of);
    }
}

/// <summary>What a rebuild of all read models came to.</summary>
/// <param name="UpTo">The position up to which it was built.</param>
/// <param name="Read">Seconds of the bare read of the same events, the median of some between the models.</param>
/// <param name="Seconds">Of all models, one after the other.</param>
/// <param name="PeakMegabytes">The most memory that its process ever held, resident.</param>
/// <param name="Slowest">The models that took longest, with their seconds.</param>
internal sealed record RebuiltFederation(long UpTo, double Read, double Seconds, double PeakMegabytes, IReadOnlyList<string> Slowest, int Stopped) : Measured;

/// <summary>What followers that read a whole history came to.</summary>
internal sealed record FollowedFederation(double Seconds, double PeakMegabytes) : Measured;

/// <summary>What is kept between runs, and says what it was measured of.</summary>
internal abstract record Measured
{
    /// <summary>Of the program that runs, as its build names it.</summary>
    public static string This { get; } =
        typeof(Measured).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, { Length: >= Shown } commit] ? commit[..Shown] : Unknown;

    private const int Shown = 10;
    private const string Unknown = "an unknown commit";

    /// <summary>The commit of the program that it was measured of.</summary>
    public string Commit { get; init; } = Unknown;
}

/// <summary>A federation in a data directory, with what has been measured of it: kept between runs, so that each goes on where the one before ended.</summary>
internal sealed record FederationData(FederationSize Size, long Events, double FillSeconds, IReadOnlyList<WalkedAssociation> Walked)
{
    private const string Database = "federation";

    /// <summary>The commit of the program that filled it.</summary>
    public string Commit { get; init; } = "an unknown commit";

    public IReadOnlyList<RebuiltFederation> Rebuilt { get; init; } = [];

    public FollowedFederation? Followed { get; init; }

    public static string ConnectionTo(PrivatePostgres server) => new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = Database }.ConnectionString;

    private static string FileOf(string data) => Path.Combine(data, "federation.json");

    /// <summary>What is there already; null where nothing of this size is.</summary>
    public static async Task<FederationData?> FindAsync(string data, FederationSize size)
    {
        if (!File.Exists(FileOf(data)))
            return null;
        await using var file = File.OpenRead(FileOf(data));
        return await JsonSerializer.DeserializeAsync<FederationData>(file) is { } found && found.Size == size ? found : null;
    }

    public async Task<FederationData> KeepAsync(string data)
    {
        await File.WriteAllTextAsync(FileOf(data), JsonSerializer.Serialize(this));
        return this;
    }

    /// <summary>Fills a new database; one that is there, and is not whole or of another size, goes.</summary>
    public static async Task<FederationData> FillAsync(PrivatePostgres server, string data, FederationSize size)
    {
        File.Delete(FileOf(data));
        await using (var maintenance = NpgsqlDataSource.Create(server.ConnectionString))
        {
            await using var drop = maintenance.CreateCommand($"drop database if exists {Database} with (force)");
            await drop.ExecuteNonQueryAsync();
            await using var create = maintenance.CreateCommand($"create database {Database}");
            await create.ExecuteNonQueryAsync();
        }

        if (Directory.Exists(KeysOf(data)))
            Directory.Delete(KeysOf(data), recursive: true);
        await using var app = await BuildAsync(data, ConnectionTo(server));
        var services = app.Services;
        var filled = await FederationFilling.RunAsync(
            services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<PersonVault>(), services.GetRequiredService<DocumentStore>(), size,
            (month, events) => { if (month.Month == 12) Console.WriteLine($"federation: {month:yyyy} is over, {events:N0} events"); });
        await AnalyseAsync(services.GetRequiredService<NpgsqlDataSource>());
        var walked = new List<WalkedAssociation>();
        foreach (var (name, number) in new[] { ("the oldest", 0), ("of median age", size.MedianAssociation) })
            walked.Add(await WalkedAsync(services, filled.Lives.Single(life => life.Slug == FederationSize.SlugOf(number)), name, size.AgeOf(number)));
        return await new FederationData(size, filled.Events, filled.Took.TotalSeconds, walked) { Commit = Measured.This }.KeepAsync(data);
    }

    /// <summary>A host that is put together and not started.</summary>
    public static Task<WebApplication> BuildAsync(string data, string connection) =>
        GovernanceHost.BuildAsync(new HostSettings(data, "http://127.0.0.1:0") { ConnectionString = connection });

    private static string KeysOf(string data) => Path.Combine(data, "keys");

    // What autovacuum does in life, over ten years.
    private static async Task AnalyseAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("vacuum analyze");
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<WalkedAssociation> WalkedAsync(IServiceProvider services, AssociationLife life, string name, int age)
    {
        var tokens = new Dictionary<string, string>
        {
            ["board"] = await TokenAsync(services, life, "board", life.Readers.Board),
            ["secretariat"] = await TokenAsync(services, life, "secretariat", life.Readers.Secretariat),
            ["auditor"] = await TokenAsync(services, life, "auditor", life.Readers.Auditor),
        };
        var log = services.GetRequiredService<EventLog>();
        var events = await log.TenantIndexAtAsync(life.Id.ToString(), await log.LastPositionAsync());
        return new(name, life.Slug, age, events, tokens, life.Things.All);
    }

    private static async Task<string> TokenAsync(IServiceProvider services, AssociationLife life, string role, PersonId person)
    {
        await using var scope = services.CreateAsyncScope();
        var (account, faults) = await scope.ServiceProvider.GetRequiredService<Accounts>().CreateAsync($"{role}@{life.Slug}.example.org", "a long enough password", isAdministrator: false);
        if (account is null)
            throw new InvalidOperationException(string.Join(' ', faults));
        var links = services.GetRequiredService<AccountLinks>();
        await links.LinkAsync(account.Id, life.Id, person, null, default);
        return (await links.NewTokenAsync(account.Id, "federation", default)).Secret;
    }
}
