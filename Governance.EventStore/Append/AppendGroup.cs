using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Governance.EventStore;

/// <summary>A group of appends laid out as the arrays of <c>governance.append</c>; reused from group to group so that a busy log allocates little.</summary>
internal sealed class AppendGroup
{
    private const string Sql =
        """
        select recorded_at, head, outcome, first_position, conflict_at, actual_version from governance.append(
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
        """;

    // Apart, so that groups without papers and keys pay nothing for them.
    private const string SqlWithSecrets =
        """
        select recorded_at, head, outcome, first_position, conflict_at, actual_version from governance.append_with_keys(
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)
        """;

    private readonly Dictionary<string, int> _tenantAt = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Tenant, string Stream), int> _streamAt = [];
    private readonly List<string> _tenants = [], _streamTenants = [], _streams = [], _itemTenants = [], _eventTenants = [], _eventStreams = [], _eventTypes = [], _eventDotnet = [];
    private readonly List<string?> _streamTypes = [], _correlations = [], _causations = [];
    private readonly List<int> _itemTenantAt = [], _itemChecks = [], _itemEvents = [], _checkStreamAt = [], _eventStreamAt = [], _paperItems = [], _keyItems = [];
    private readonly List<long> _checkVersions = [];
    private readonly List<byte[]?> _hashes = [], _answers = [], _paperKeys = [], _papers = [], _wrappedKeys = [];
    private readonly List<Guid?> _commands = [];
    private readonly List<Guid> _eventIds = [], _paperBallots = [], _keyPeople = [];
    private readonly List<ReadOnlyMemory<byte>> _data = [], _headers = [];
    private DateTime? _now;
    private bool _recheck;

    /// <summary>Whether an item of the group puts in or drops sealed papers, or makes keys of people: it then needs the command that takes them.</summary>
    public bool HasSecrets => _paperItems.Count + _keyItems.Count > 0;

    /// <summary>A command on a connection whose parameters are this group's arrays, prepared on the server.</summary>
    public async ValueTask<NpgsqlCommand> PrepareAsync(NpgsqlConnection connection, bool withSecrets, TimeSpan timeout, CancellationToken ct)
    {
        var command = new NpgsqlCommand(withSecrets ? SqlWithSecrets : Sql, connection) { CommandTimeout = (int)Math.Ceiling(timeout.TotalSeconds) };
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<DateTime?> { NpgsqlDbType = NpgsqlDbType.TimestampTz });
        parameters.Add(new NpgsqlParameter<bool>());
        parameters.Add(Array(_tenants, NpgsqlDbType.Text));
        parameters.Add(Array(_streamTenants, NpgsqlDbType.Text));
        parameters.Add(Array(_streams, NpgsqlDbType.Text));
        parameters.Add(Array(_streamTypes, NpgsqlDbType.Text));
        parameters.Add(Array(_itemTenants, NpgsqlDbType.Text));
        parameters.Add(Array(_itemTenantAt, NpgsqlDbType.Integer));
        parameters.Add(Array(_itemChecks, NpgsqlDbType.Integer));
        parameters.Add(Array(_itemEvents, NpgsqlDbType.Integer));
        parameters.Add(Array(_commands, NpgsqlDbType.Uuid));
        parameters.Add(Array(_hashes, NpgsqlDbType.Bytea));
        parameters.Add(Array(_answers, NpgsqlDbType.Bytea));
        parameters.Add(Array(_checkStreamAt, NpgsqlDbType.Integer));
        parameters.Add(Array(_checkVersions, NpgsqlDbType.Bigint));
        parameters.Add(Array(_eventTenants, NpgsqlDbType.Text));
        parameters.Add(Array(_eventStreams, NpgsqlDbType.Text));
        parameters.Add(Array(_eventStreamAt, NpgsqlDbType.Integer));
        parameters.Add(Array(_eventIds, NpgsqlDbType.Uuid));
        parameters.Add(Array(_eventTypes, NpgsqlDbType.Text));
        parameters.Add(Array(_eventDotnet, NpgsqlDbType.Text));
        parameters.Add(Array(_data, NpgsqlDbType.Jsonb));
        parameters.Add(Array(_headers, NpgsqlDbType.Jsonb));
        parameters.Add(Array(_correlations, NpgsqlDbType.Text));
        parameters.Add(Array(_causations, NpgsqlDbType.Text));
        if (withSecrets)
        {
            parameters.Add(Array(_paperItems, NpgsqlDbType.Integer));
            parameters.Add(Array(_paperBallots, NpgsqlDbType.Uuid));
            parameters.Add(Array(_paperKeys, NpgsqlDbType.Bytea));
            parameters.Add(Array(_papers, NpgsqlDbType.Bytea));
            parameters.Add(Array(_keyItems, NpgsqlDbType.Integer));
            parameters.Add(Array(_keyPeople, NpgsqlDbType.Uuid));
            parameters.Add(Array(_wrappedKeys, NpgsqlDbType.Bytea));
        }

        await command.PrepareAsync(ct).ConfigureAwait(false);
        return command;

        static NpgsqlParameter<List<T>> Array<T>(List<T> list, NpgsqlDbType element) =>
            new() { TypedValue = list, NpgsqlDbType = NpgsqlDbType.Array | element };
    }

    /// <summary>Lays the items out, to be sent by the command that was prepared.</summary>
    public void Fill(ReadOnlySpan<AppendItem> items, DateTimeOffset? now)
    {
        Clear();
        _now = now?.UtcDateTime;
        _recheck = false;
        foreach (var item in items)
        {
            _recheck |= item.InDoubt;
            Add(item);
        }
    }

    /// <summary>Sends the group and reads what became of each item; the transaction is the statement itself.</summary>
    public async ValueTask<AppendResult[]> SendAsync(NpgsqlCommand command, ReadOnlyMemory<AppendItem> items)
    {
        ((NpgsqlParameter<DateTime?>)command.Parameters[0]).TypedValue = _now;
        ((NpgsqlParameter<bool>)command.Parameters[1]).TypedValue = _recheck;
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow).ConfigureAwait(false);
        await reader.ReadAsync().ConfigureAwait(false);
        var recorded = new DateTimeOffset(reader.GetDateTime(0));
        var outcomes = reader.GetFieldValue<int[]>(2);
        var first = reader.GetFieldValue<long[]>(3);
        var conflicts = reader.GetFieldValue<int[]>(4);
        var actual = reader.GetFieldValue<long[]>(5);
        // Reads on to the end of the answer: an error that comes with the commit comes after the row.
        await reader.CloseAsync().ConfigureAwait(false);
        var results = new AppendResult[outcomes.Length];
        for (var i = 0; i < results.Length; i++)
            results[i] = ResultOf(items.Span[i].Request, (Outcome)outcomes[i], first[i], recorded, conflicts[i], actual[i]);
        return results;
    }

    private static AppendResult ResultOf(AppendRequest request, Outcome outcome, long first, DateTimeOffset recorded, int conflict, long actual) => outcome switch
    {
        Outcome.Written => Appended(request, first, recorded),
        Outcome.Repeated => new LookUpCommand(),
        Outcome.KeyReused => new AppendResult.CommandKeyReused(),
        Outcome.Conflict => new AppendResult.VersionConflict(request.Expected[conflict - 1].Stream, request.Expected[conflict - 1].Version, actual),
        Outcome.WrittenBefore => new LookUpPosition(first),
        _ => throw new InvalidOperationException($"governance.append gave an unknown outcome {outcome}."),
    };

    /// <summary>What an append that is in the log gives: versions follow from what was expected and what was written.</summary>
    public static AppendResult.Appended Appended(AppendRequest request, long first, DateTimeOffset recorded)
    {
        var versions = new StreamVersion[request.Expected.Count];
        for (var i = 0; i < versions.Length; i++)
        {
            var expected = request.Expected[i];
            var written = 0;
            foreach (var e in request.Events)
            {
                if (string.Equals(e.Stream, expected.Stream, StringComparison.Ordinal))
                    written++;
            }

            versions[i] = written == 0 ? expected : new StreamVersion(expected.Stream, expected.Version + written);
        }

        return request.Events.Count == 0
            ? new AppendResult.Appended(0, first - 1, recorded, versions)
            : new AppendResult.Appended(first, first + request.Events.Count - 1, recorded, versions);
    }

    private void Add(AppendItem item)
    {
        var request = item.Request;
        var tenant = request.Tenant;
        if (!_tenantAt.TryGetValue(tenant, out var tenantAt))
        {
            _tenants.Add(tenant);
            _tenantAt.Add(tenant, tenantAt = _tenants.Count);
        }

        foreach (var expected in request.Expected)
        {
            if (!_streamAt.TryGetValue((tenant, expected.Stream), out var at))
            {
                _streamTenants.Add(tenant);
                _streams.Add(expected.Stream);
                _streamTypes.Add(null);
                _streamAt.Add((tenant, expected.Stream), at = _streams.Count);
            }

            _checkStreamAt.Add(at);
            _checkVersions.Add(expected.Version);
        }

        foreach (var e in request.Events)
        {
            var at = _streamAt[(tenant, e.Stream)];
            _streamTypes[at - 1] ??= e.StreamType;
            _eventTenants.Add(tenant);
            _eventStreams.Add(e.Stream);
            _eventStreamAt.Add(at);
            _eventIds.Add(e.Id);
            _eventTypes.Add(e.Type);
            _eventDotnet.Add(e.DotnetType);
            _data.Add(e.Data);
            _headers.Add(e.Headers);
            _correlations.Add(request.CorrelationId);
            _causations.Add(request.CausationId);
        }

        if (request.Papers is { } papers)
        {
            _paperItems.Add(_itemTenants.Count + 1);
            _paperBallots.Add(papers.Ballot);
            _paperKeys.Add(papers.Key);
            _papers.Add(papers.Paper);
        }

        foreach (var key in request.Keys ?? [])
        {
            _keyItems.Add(_itemTenants.Count + 1);
            _keyPeople.Add(key.Person);
            _wrappedKeys.Add(key.Wrapped);
        }

        _itemTenants.Add(tenant);
        _itemTenantAt.Add(tenantAt);
        _itemChecks.Add(request.Expected.Count);
        _itemEvents.Add(request.Events.Count);
        _commands.Add(item.Command);
        _hashes.Add(request.Command?.RequestHash.ToArray());
        _answers.Add(request.Command is null ? null : request.Answer.ToArray());
    }

    private void Clear()
    {
        _tenantAt.Clear();
        _streamAt.Clear();
        foreach (var list in (ReadOnlySpan<System.Collections.IList>)
            [_tenants, _streamTenants, _streams, _itemTenants, _eventTenants, _eventStreams, _eventTypes, _eventDotnet, _streamTypes, _commands,
                _correlations, _causations, _itemTenantAt, _itemChecks, _itemEvents, _checkStreamAt, _eventStreamAt, _checkVersions, _hashes, _answers,
                _eventIds, _data, _headers, _paperItems, _paperBallots, _paperKeys, _papers, _keyItems, _keyPeople, _wrappedKeys])
            list.Clear();
    }

    private enum Outcome
    {
        Written = 0,
        Repeated = 1,
        KeyReused = 2,
        Conflict = 3,
        WrittenBefore = 4,
    }
}
