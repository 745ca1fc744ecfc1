using System.Text;
using Governance.EventStore;
using Npgsql;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>A log in a database of its own; when the test is over, the whole log is checked.</summary>
public abstract class LogTest : IAsyncLifetime
{
    protected const string Association = "0197a000-0000-7000-8000-000000000001";
    protected const string OtherAssociation = "0197a000-0000-7000-8000-000000000002";

    protected NpgsqlDataSource Database { get; private set; } = null!;

    protected EventLog Log { get; private set; } = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected virtual EventLogOptions Options => new();

    public virtual async ValueTask InitializeAsync()
    {
        Database = await PostgreSql.CloneAsync();
        Log = new EventLog(Database, Options, TimeProvider.System);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await LogInvariants.CheckAsync(Database);
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static NewEvent Event(string stream, string data = """{"title":"Charter"}""", Guid? id = null) => new(
        id ?? Guid.CreateVersion7(), stream, "test", "something_happened", "Governance.Tests.SomethingHappened, Governance.Tests",
        Encoding.UTF8.GetBytes(data), """{"actor":"chair"}"""u8.ToArray());

    /// <summary>An append of some events to one stream.</summary>
    protected static AppendRequest To(string stream, long expected, int events = 1, string tenant = Association, CommandKey? command = null) =>
        new(tenant, [new(stream, expected)], [.. Enumerable.Range(0, events).Select(_ => Event(stream))], command);

    protected static CommandKey Command(string key, string body = "body", string actor = "chair") => new(actor, key, Encoding.UTF8.GetBytes(body));

    protected async Task<AppendResult.Appended> AppendedAsync(AppendRequest request) =>
        Assert.IsType<AppendResult.Appended>(await Log.AppendAsync(request, Ct));

    protected async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    protected async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
