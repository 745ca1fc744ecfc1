using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Governance.EventStore;

/// <summary>
/// One append of one event as the parameters of <c>governance.append_one</c>, which writes it when nothing stands in its way and judges nothing:
/// whatever it does not write goes through <see cref="AppendGroup"/>.
/// </summary>
internal sealed class AppendAlone
{
    private const string Sql =
        """
        select recorded_at, first_position from governance.append_one(
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        """;

    private readonly NpgsqlParameter<DateTime?> _now = new() { NpgsqlDbType = NpgsqlDbType.TimestampTz };
    private readonly NpgsqlParameter<string?> _tenant = Text(), _stream = Text(), _streamType = Text(), _type = Text(), _dotnet = Text(), _correlation = Text(), _causation = Text();
    private readonly NpgsqlParameter<long> _version = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<List<string>?> _readStreams = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    private readonly NpgsqlParameter<List<long>?> _readVersions = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<Guid?> _command = new() { NpgsqlDbType = NpgsqlDbType.Uuid };
    private readonly NpgsqlParameter<Guid> _id = new() { NpgsqlDbType = NpgsqlDbType.Uuid };
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>?> _hash = Bytes(NpgsqlDbType.Bytea), _answer = Bytes(NpgsqlDbType.Bytea);
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _data = new() { NpgsqlDbType = NpgsqlDbType.Jsonb }, _headers = new() { NpgsqlDbType = NpgsqlDbType.Jsonb };
    private readonly List<string> _streams = [];
    private readonly List<long> _versions = [];

    /// <summary>Whether these items are one append of one event, nothing of which can be in the log yet.</summary>
    public static bool Takes(ReadOnlySpan<AppendItem> items) => items is [{ InDoubt: false, Request: { Events.Count: 1, Papers: null, Keys: null } }];

    /// <summary>A command on a connection whose parameters are this append's, prepared on the server.</summary>
    public async ValueTask<NpgsqlCommand> PrepareAsync(NpgsqlConnection connection, TimeSpan timeout, CancellationToken ct)
    {
        var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = (int)Math.Ceiling(timeout.TotalSeconds) };
        foreach (var parameter in (ReadOnlySpan<NpgsqlParameter>)
            [_now, _tenant, _stream, _streamType, _version, _readStreams, _readVersions, _command, _hash, _answer, _id, _type, _dotnet, _data, _headers, _correlation, _causation])
            command.Parameters.Add(parameter);
        await command.PrepareAsync(ct).ConfigureAwait(false);
        return command;
    }

    /// <summary>Lays the append out, to be sent by the command that was prepared.</summary>
    public void Fill(AppendItem item, DateTimeOffset? now)
    {
        var request = item.Request;
        var e = request.Events[0];
        _streams.Clear();
        _versions.Clear();
        foreach (var expected in request.Expected)
        {
            if (string.Equals(expected.Stream, e.Stream, StringComparison.Ordinal))
            {
                _version.TypedValue = expected.Version;
            }
            else
            {
                _streams.Add(expected.Stream);
                _versions.Add(expected.Version);
            }
        }

        _now.TypedValue = now?.UtcDateTime;
        _tenant.TypedValue = request.Tenant;
        _stream.TypedValue = e.Stream;
        _streamType.TypedValue = e.StreamType;
        _readStreams.TypedValue = _streams.Count == 0 ? null : _streams;
        _readVersions.TypedValue = _versions.Count == 0 ? null : _versions;
        _command.TypedValue = item.Command;
        _hash.TypedValue = request.Command?.RequestHash;
        _answer.TypedValue = request.Command is null ? null : request.Answer;
        _id.TypedValue = e.Id;
        _type.TypedValue = e.Type;
        _dotnet.TypedValue = e.DotnetType;
        _data.TypedValue = e.Data;
        _headers.TypedValue = e.Headers;
        _correlation.TypedValue = request.CorrelationId;
        _causation.TypedValue = request.CausationId;
    }

    /// <summary>Sends the append; null when it was not written, for a reason that the group's way finds.</summary>
    public static async ValueTask<AppendResult.Appended?> SendAsync(NpgsqlCommand command, AppendItem item)
    {
        try
        {
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow).ConfigureAwait(false);
            await reader.ReadAsync().ConfigureAwait(false);
            var (recorded, position) = (new DateTimeOffset(reader.GetDateTime(0)), reader.GetInt64(1));
            // Reads on to the end of the answer: an error that comes with the commit comes after the row.
            await reader.CloseAsync().ConfigureAwait(false);
            return AppendGroup.Appended(item.Request, position, recorded);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return null;
        }
    }

    private static NpgsqlParameter<string?> Text() => new() { NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<ReadOnlyMemory<byte>?> Bytes(NpgsqlDbType type) => new() { NpgsqlDbType = type };
}
