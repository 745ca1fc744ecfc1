using Governance.EventStore;
using Npgsql;

namespace Governance.Api.Mail;

/// <summary>The table of messages to be sent, made in order, once, under a lock: several hosts may start at once.</summary>
public static class MailSchema
{
    public static Task MigrateAsync(NpgsqlDataSource database, CancellationToken ct = default) =>
        Migrations.Embedded("mail", typeof(MailSchema).Assembly, "Mail.Sql").ApplyAsync(database, ct);
}
