using Governance.EventStore;
using Npgsql;

namespace Governance.Api.Access;

/// <summary>The tables of accounts, made in order, once each, under a lock: several hosts may start at once.</summary>
public static class AccessSchema
{
    public static Task MigrateAsync(NpgsqlDataSource database, CancellationToken ct = default) =>
        Migrations.Embedded("access", typeof(AccessSchema).Assembly, "Access.Sql").ApplyAsync(database, ct);
}
