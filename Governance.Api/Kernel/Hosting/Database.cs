using Governance.EventStore.Embedded;
using Npgsql;

namespace Governance.Api.Kernel.Hosting;

/// <summary>The database that the host works on: one named by the configuration, or a private one.</summary>
public sealed class Database(NpgsqlDataSource source, PrivatePostgres? own) : IAsyncDisposable
{
    public NpgsqlDataSource Source => source;

    /// <summary>True when it is the host's own: only there does a sample with its accounts belong.</summary>
    public bool IsPrivate => own is not null;

    /// <summary>Names it; a private one sets about starting, and takes connections once <see cref="ReadyAsync"/> has returned.</summary>
    public static Database Open(string? connectionString, string dataDirectory)
    {
        var own = string.IsNullOrWhiteSpace(connectionString) ? PrivatePostgres.Begin(Path.Combine(dataDirectory, "postgresql"), static _ => { }) : null;
        var builder = new NpgsqlDataSourceBuilder(own?.ConnectionString ?? connectionString);
        builder.ConnectionStringBuilder.MaxPoolSize = Math.Min(builder.ConnectionStringBuilder.MaxPoolSize, 80);
        return new Database(builder.Build(), own);
    }

    /// <exception cref="PrivatePostgresException">There is no PostgreSQL to start; says what to do.</exception>
    public Task ReadyAsync(CancellationToken ct) => own?.ReadyAsync(ct) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        if (own is not null)
            await own.DisposeAsync();
    }
}
