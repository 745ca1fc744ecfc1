using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Governance.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Governance.Api.Access;

/// <summary>
/// The page or read that it is named on exists to show people: who opens it, and whom it showed, is recorded. <c>.RevealsPeople("members")</c> on an
/// endpoint, <c>@attribute [RevealsPeople("members")]</c> on a page.
/// </summary>
/// <param name="page">What kind of page or read it is; a word of the code, shown in words.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RevealsPeopleAttribute(string page) : Attribute
{
    public string Page { get; } = page;
}

public static class RevealsPeopleExtensions
{
    public static TBuilder RevealsPeople<TBuilder>(this TBuilder builder, string page) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RevealsPeopleAttribute(page));

    /// <summary>Tells the record of reads whom an answer names; nothing where no read is recorded.</summary>
    public static void Reveal(this HttpContext? http, IEnumerable<PersonId> people) => http?.Features.Get<Revealed>()?.Add(people);
}

/// <summary>Whom one answer names.</summary>
public sealed class Revealed
{
    private readonly HashSet<PersonId> _people = [];

    public IReadOnlySet<PersonId> People => _people;

    public void Add(IEnumerable<PersonId> people)
    {
        lock (_people)
            _people.UnionWith(people);
    }
}

/// <summary>One read of personal data by somebody else.</summary>
/// <param name="Id">Its place in the record: later ones have greater ones.</param>
/// <param name="By">The account; of one's own association only its person is shown.</param>
/// <param name="Number">How many people it showed.</param>
/// <param name="Named">False where it showed too many to name them: whether one was among them is not known.</param>
public sealed record PersonalRead(long Id, DateTimeOffset At, Guid By, string Page, int Number, bool Named);

/// <summary>
/// The record of who read personal data of others (docs/adr/0018-privacy.md). Reads that come at once are written by one statement; an answer begins when
/// its read is on the disk, or after a moment's patience: a page is never kept back by its record.
/// </summary>
public sealed partial class ReadRecord(NpgsqlDataSource database, TimeProvider time, ILogger<ReadRecord> logger) : IAsyncDisposable
{
    /// <summary>How long an answer waits for its record.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a read is kept (CNIL, délibération n° 2021-122 du 14 octobre 2021: between six months and a year).</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(366);

    /// <summary>People named in one read at most: a longer list has its number alone.</summary>
    public const int MostNamed = 200;

    private const int Waiting = 10_000, AtOnce = 500;

    private sealed record Entry(Guid Association, Guid Account, string Page, Guid[] People, DateTimeOffset At)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(Waiting) { SingleReader = true });
    private readonly Lock _starting = new();
    private Task? _writing;

    /// <summary>Records a read.</summary>
    /// <returns>Once it is written, or will not be waited for any longer.</returns>
    public async Task AddAsync(AssociationId association, Guid account, string page, IReadOnlyCollection<PersonId> people)
    {
        if (people.Count == 0)
            return;
        lock (_starting)
            _writing ??= Task.Run(WriteAsync);
        var entry = new Entry(association.Value, account, page, [.. people.Select(person => person.Value)], time.GetUtcNow());
        if (!_entries.Writer.TryWrite(entry))
        {
            LogLost(logger, 1, null);
            return;
        }

        // Not on the clock of the association: this is how long somebody sits before a page.
        await Task.WhenAny(entry.Written.Task, Task.Delay(Patience));
    }

    /// <summary>Who read the data of a person, the last first; lists that were too long to name people are there with their number.</summary>
    /// <param name="before">Only those before this one; null begins with the last.</param>
    /// <param name="most">How many at most.</param>
    public async Task<IReadOnlyList<PersonalRead>> OfAsync(AssociationId association, PersonId person, CancellationToken ct, long? before = null, int most = 1_000)
    {
        await using var command = database.CreateCommand($"""
            select id, at, account, page, number, people is not null from access.read where {OfPerson} and ($3::bigint is null or id < $3) order by id desc limit $4
            """);
        command.Parameters.Add(new() { Value = association.Value });
        command.Parameters.Add(new() { Value = person.Value });
        command.Parameters.Add(new() { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var reads = new List<PersonalRead>();
        while (await reader.ReadAsync(ct))
            reads.Add(new(reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetGuid(2), reader.GetString(3), reader.GetInt32(4), reader.GetBoolean(5)));
        return reads;
    }

    /// <summary>The accounts that read the data of a person, and how many reads there are.</summary>
    public async Task<(IReadOnlyList<Guid> Accounts, long Reads)> ReadersOfAsync(AssociationId association, PersonId person, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select account, count(*) from access.read where {OfPerson} group by account");
        command.Parameters.Add(new() { Value = association.Value });
        command.Parameters.Add(new() { Value = person.Value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (accounts, reads) = (new List<Guid>(), 0L);
        while (await reader.ReadAsync(ct))
        {
            accounts.Add(reader.GetGuid(0));
            reads += reader.GetInt64(1);
        }

        return (accounts, reads);
    }

    private const string OfPerson = "association = $1 and (people @> array[$2] or people is null)";

    /// <summary>How many reads there were of each kind of page since an instant, and how many people they showed in all; nobody is named.</summary>
    public async Task<IReadOnlyList<(string Page, long Reads, long People, long Accounts)>> CountAsync(AssociationId association, DateTimeOffset since, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "select page, count(*), sum(number)::bigint, count(distinct account) from access.read where association = $1 and at >= $2 group by page order by page");
        command.Parameters.Add(new() { Value = association.Value });
        command.Parameters.Add(new() { Value = since });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var counts = new List<(string, long, long, long)>();
        while (await reader.ReadAsync(ct))
            counts.Add((reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
        return counts;
    }

    /// <summary>Removes what is older than it is kept.</summary>
    public async Task<int> ExpireAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("delete from access.read where at < $1");
        command.Parameters.Add(new() { Value = time.GetUtcNow() - Kept });
        return await command.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        if (_writing is { } writing)
            await writing;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong with one batch, the next is written.")]
    private async Task WriteAsync()
    {
        var batch = new List<Entry>();
        while (await _entries.Reader.WaitToReadAsync())
        {
            while (batch.Count < AtOnce && _entries.Reader.TryRead(out var entry))
                batch.Add(entry);
            try
            {
                await WriteAsync(batch);
            }
            catch (Exception fault)
            {
                LogLost(logger, batch.Count, fault);
            }

            foreach (var entry in batch)
                entry.Written.TrySetResult();
            batch.Clear();
        }
    }

    private async Task WriteAsync(IReadOnlyList<Entry> batch)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlBatch(connection);
        foreach (var entry in batch)
        {
            var one = new NpgsqlBatchCommand("insert into access.read (association, account, page, people, number, at) values ($1, $2, $3, $4, $5, $6)");
            one.Parameters.Add(new() { Value = entry.Association });
            one.Parameters.Add(new() { Value = entry.Account });
            one.Parameters.Add(new() { Value = entry.Page });
            one.Parameters.Add(new() { Value = entry.People.Length <= MostNamed ? entry.People : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
            one.Parameters.Add(new() { Value = entry.People.Length });
            one.Parameters.Add(new() { Value = entry.At });
            command.BatchCommands.Add(one);
        }

        await command.ExecuteNonQueryAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} reads of personal data could not be recorded")]
    private static partial void LogLost(ILogger logger, int count, Exception? fault);
}
