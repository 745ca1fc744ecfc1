using Governance.Domain.DuesCampaigns;
using Governance.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Governance.Api.Mail;

/// <summary>What became of a message.</summary>
public enum OutboxState
{
    /// <summary>It is still to be sent.</summary>
    Waiting,

    /// <summary>The server took it over.</summary>
    Accepted,

    /// <summary>The server refused it for good, or none took it in all the time that it was tried.</summary>
    Refused,

    /// <summary>There is no address.</summary>
    Unaddressed,

    /// <summary>It was of no use any more before it was sent.</summary>
    Lapsed,
}

/// <summary>The dues that a reminder is about.</summary>
public sealed record RemindedDues(DuesCampaignId Campaign, MemberId Member);

/// <summary>A message that is to go out, or went: identifiers, times and codes.</summary>
/// <param name="Event">The event that asks for it.</param>
/// <param name="Meeting">That it convenes to; null of a reminder of dues.</param>
/// <param name="Decided">When its fate was known; null while it waits.</param>
/// <param name="Reason">Of a fate, as a code; of a message that was taken over its <c>Message-ID</c>.</param>
/// <param name="Fault">What went wrong last, as a code.</param>
/// <param name="HeldUntil">Until when this host has it in hand.</param>
/// <param name="Cancels">It says that the meeting is cancelled, to somebody who was convened by a message.</param>
public sealed record OutboxRow(
    Guid Id, AssociationId Association, EventId Event, MeetingId? Meeting, PersonId Person, DateTimeOffset Asked, OutboxState State, int Attempts,
    DateTimeOffset? FirstTried, DateTimeOffset Due, DateTimeOffset? Decided, string? Reason, string? Fault, DateTimeOffset? HeldUntil, RemindedDues? Dues = null,
    bool Cancels = false);

/// <param name="Depth">Messages that are still to be sent, or whose fate is still to be recorded.</param>
/// <param name="Oldest">Since when the one that waits longest does.</param>
/// <param name="Fault">What went wrong last, as a code.</param>
public sealed record OutboxDepth(int Depth, DateTimeOffset? Oldest, string? Fault, DateTimeOffset? FaultAt);

/// <summary>The table of messages that are to be sent, each once for an event and a person.</summary>
public sealed class Outbox(NpgsqlDataSource database)
{
    /// <summary>How long a host has a message in hand: longer than a server may take over a whole round.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);

    private const string Columns =
        "o.id, o.association, o.event, o.meeting, o.person, o.asked, o.state, o.attempts, o.first_tried, o.due, o.decided, o.reason, o.fault, o.held_until, o.campaign, o.member, o.cancels";

    /// <summary>Adds a message for each person, inside a transaction of the caller's; those that are there already stay as they are.</summary>
    public static ValueTask AddAsync(
        AssociationId association, EventId asking, MeetingId meeting, IReadOnlyCollection<PersonId> people, DateTimeOffset asked, NpgsqlConnection connection,
        NpgsqlTransaction transaction, CancellationToken ct) =>
        InsertAsync(
            "meeting, person", "select $4::uuid, person from unnest($5::uuid[]) person", association, asking, asked, connection, transaction, ct, meeting.Value, people.Select(p => p.Value).ToArray());

    /// <summary>As <see cref="AddAsync"/>, a reminder of dues for each member.</summary>
    public static ValueTask AddRemindersAsync(
        AssociationId association, EventId asking, DuesCampaignId campaign, IReadOnlyCollection<DuesReminderTo> to, DateTimeOffset asked,
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct) =>
        InsertAsync(
            "campaign, member, person", "select $4::uuid, reminded.member, reminded.person from unnest($5::uuid[], $6::uuid[]) reminded (member, person)", association, asking, asked,
            connection, transaction, ct, campaign.Value, to.Select(t => t.Member.Value).ToArray(), to.Select(t => t.Person.Value).ToArray());

    /// <summary>Adds a message for everybody to whom one about a meeting was to go or went, inside a transaction of the caller's: it is cancelled.</summary>
    public static ValueTask AddCancellationsAsync(
        AssociationId association, EventId asking, MeetingId meeting, DateTimeOffset asked, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct) =>
        InsertAsync(
            "meeting, person, cancels",
            "select distinct meeting, person, true from mail.outbox where association = $1 and meeting = $4 and not cancels and state in ('waiting', 'accepted')",
            association, asking, asked, connection, transaction, ct, meeting.Value);

    // What the same event asked for before is there already.
    private static async ValueTask InsertAsync(
        string columns, string rows, AssociationId association, EventId asking, DateTimeOffset asked, NpgsqlConnection connection, NpgsqlTransaction transaction,
        CancellationToken ct, params IReadOnlyList<object> values)
    {
        await using var command = new NpgsqlCommand(
            $"""
            insert into mail.outbox (id, association, event, asked, due, {columns})
            select gen_random_uuid(), $1, $2, $3, $3, asked.* from ({rows}) asked
            on conflict (association, event, person, coalesce(member, '00000000-0000-0000-0000-000000000000')) do nothing
            """,
            connection,
            transaction);
        foreach (var value in (IEnumerable<object>)[association.Value, asking.Value, asked, .. values])
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes what is due in hand, which no other host then does until <see cref="Hold"/> has passed.</summary>
    /// <param name="sends">False takes those alone whose fate is known, and only to be recorded.</param>
    public async Task<IReadOnlyList<OutboxRow>> ClaimAsync(DateTimeOffset now, int most, bool sends, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            update mail.outbox o set held_until = $2 where o.id in (
                select id from mail.outbox
                where not settled and due <= $1 and (held_until is null or held_until <= $1) and ($4 or state <> 'waiting')
                order by due, id limit $3 for update skip locked)
            returning {Columns}
            """);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now + Hold });
        command.Parameters.Add(new() { Value = most });
        command.Parameters.Add(new() { Value = sends });
        return await ReadAsync(command, ct);
    }

    /// <summary>Writes the fate of a message down, before it is recorded in the log.</summary>
    /// <returns>The message as it is now.</returns>
    public async Task<OutboxRow> DecideAsync(OutboxRow row, OutboxState state, string? reason, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            update mail.outbox o set
                state = case when o.state = 'waiting' then $2 else o.state end,
                reason = case when o.state = 'waiting' then $3 else o.reason end,
                decided = coalesce(o.decided, $4),
                attempts = o.attempts + 1,
                first_tried = coalesce(o.first_tried, $4)
            where o.id = $1 returning {Columns}
            """);
        command.Parameters.Add(new() { Value = row.Id });
        command.Parameters.Add(new() { Value = Stored(state) });
        command.Parameters.Add(Text(reason));
        command.Parameters.Add(new() { Value = now });
        return (await ReadAsync(command, ct))[0];
    }

    /// <summary>Its fate is in the log, or needs not be there: nothing more is done with it.</summary>
    public Task SettleAsync(Guid id, string? fault, DateTimeOffset now, CancellationToken ct) => ExecuteAsync(
        "update mail.outbox set settled = true, held_until = null, fault = coalesce($2, fault), faulted = case when $2 is null then faulted else $3 end where id = $1",
        id, fault, now, ct);

    /// <summary>A message that was taken over came back: it reached nobody.</summary>
    /// <returns>False when that is known already.</returns>
    public async Task<bool> ReturnAsync(Guid id, string reason, CancellationToken ct)
    {
        await using var command = database.CreateCommand("update mail.outbox set state = 'refused', reason = $2 where id = $1 and state = 'accepted'");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(Text(reason));
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>It was tried and not taken for now.</summary>
    public Task PostponeAsync(Guid id, string fault, DateTimeOffset now, DateTimeOffset next, CancellationToken ct) => ExecuteAsync(
        """
        update mail.outbox set
            attempts = attempts + case when state = 'waiting' then 1 else 0 end, first_tried = coalesce(first_tried, $3), fault = $2, faulted = $3, due = $4, held_until = null
        where id = $1
        """,
        id, fault, now, ct, next);

    /// <summary>Gives back what this host did not come to.</summary>
    public async Task ReleaseAsync(Guid id, CancellationToken ct)
    {
        await using var command = database.CreateCommand("update mail.outbox set held_until = null where id = $1");
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<OutboxRow?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {Columns} from mail.outbox o where o.id = $1");
        command.Parameters.Add(new() { Value = id });
        return (await ReadAsync(command, ct)).FirstOrDefault();
    }

    /// <summary>The messages that say that a meeting is cancelled.</summary>
    public async Task<IReadOnlyList<OutboxRow>> CancellationsAsync(AssociationId association, MeetingId meeting, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {Columns} from mail.outbox o where o.association = $1 and o.meeting = $2 and o.cancels order by o.person, o.id");
        command.Parameters.Add(new() { Value = association.Value });
        command.Parameters.Add(new() { Value = meeting.Value });
        return await ReadAsync(command, ct);
    }

    /// <summary>The last message to each person that convenes to a meeting.</summary>
    public async Task<IReadOnlyDictionary<PersonId, OutboxRow>> OfMeetingAsync(AssociationId association, MeetingId meeting, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select distinct on (o.person) {Columns} from mail.outbox o where o.association = $1 and o.meeting = $2 and not o.cancels order by o.person, o.asked desc, o.id");
        command.Parameters.Add(new() { Value = association.Value });
        command.Parameters.Add(new() { Value = meeting.Value });
        return (await ReadAsync(command, ct)).ToDictionary(r => r.Person);
    }

    /// <summary>What became of the messages that convened somebody to a meeting.</summary>
    public async Task<IReadOnlyList<OutboxRow>> ConvocationsOfAsync(AssociationId association, MeetingId meeting, PersonId person, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select {Columns} from mail.outbox o where o.association = $1 and o.meeting = $2 and o.person = $3 and not o.cancels order by o.asked, o.id");
        command.Parameters.Add(new() { Value = association.Value });
        command.Parameters.Add(new() { Value = meeting.Value });
        command.Parameters.Add(new() { Value = person.Value });
        return await ReadAsync(command, ct);
    }

    public async Task<OutboxDepth> DepthAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select count(*)::int, min(asked) from mail.outbox where not settled
            """);
        await using var last = database.CreateCommand("select fault, faulted from mail.outbox where faulted is not null order by faulted desc limit 1");
        int depth;
        DateTimeOffset? oldest;
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            await reader.ReadAsync(ct);
            (depth, oldest) = (reader.GetInt32(0), Time(reader, 1));
        }

        await using var faults = await last.ExecuteReaderAsync(ct);
        return await faults.ReadAsync(ct) ? new(depth, oldest, faults.GetString(0), Time(faults, 1)) : new(depth, oldest, null, null);
    }

    private async Task ExecuteAsync(string sql, Guid id, string? text, DateTimeOffset now, CancellationToken ct, DateTimeOffset? next = null)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(Text(text));
        command.Parameters.Add(new() { Value = now });
        if (next is { } at)
            command.Parameters.Add(new() { Value = at });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<IReadOnlyList<OutboxRow>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<OutboxRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new(
                reader.GetGuid(0), AssociationId.Of(reader.GetGuid(1)), EventId.Of(reader.GetGuid(2)), reader.IsDBNull(3) ? null : MeetingId.Of(reader.GetGuid(3)), PersonId.Of(reader.GetGuid(4)),
                reader.GetFieldValue<DateTimeOffset>(5), Enum.Parse<OutboxState>(reader.GetString(6), ignoreCase: true), reader.GetInt32(7), Time(reader, 8),
                reader.GetFieldValue<DateTimeOffset>(9), Time(reader, 10), reader.IsDBNull(11) ? null : reader.GetString(11), reader.IsDBNull(12) ? null : reader.GetString(12),
                Time(reader, 13), reader.IsDBNull(14) ? null : new RemindedDues(DuesCampaignId.Of(reader.GetGuid(14)), MemberId.Of(reader.GetGuid(15))), reader.GetBoolean(16)));
        }

        return rows;
    }

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    private static string Stored(OutboxState state) => state.ToString().ToLowerInvariant();

    private static NpgsqlParameter Text(string? text) => new() { Value = text ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
