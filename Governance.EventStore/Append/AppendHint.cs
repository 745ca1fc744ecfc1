using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Governance.EventStore;

/// <summary>
/// Tells that the log has grown: followers of this host at once, those of other hosts by a notification that is not part of any append. One told
/// inside an append's transaction would hold up each commit, and under load nobody needs one for each.
/// </summary>
internal sealed class AppendHint(NpgsqlDataSource database, EventLogOptions options)
{
    /// <summary>The channel on which other hosts hear of it.</summary>
    public const string Channel = "governance_log";

    private readonly Lock _gate = new();
    private Task _sending = Task.CompletedTask;
    private int _due;

    /// <summary>Called after each group that was written.</summary>
    public event Action? Appended;

    public void Tell()
    {
        Appended?.Invoke();
        if (options.HintAfter is not { } pause || Interlocked.Exchange(ref _due, 1) != 0)
            return;
        using (ExecutionContext.SuppressFlow())
        {
            lock (_gate)
                _sending = NotifyAsync(_sending, pause);
        }
    }

    /// <summary>Ends once what was told has been sent, or could not be.</summary>
    public Task SentAsync()
    {
        lock (_gate)
            return _sending;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A hint may be lost: whoever follows looks from time to time.")]
    private async Task NotifyAsync(Task before, TimeSpan pause)
    {
        await before.ConfigureAwait(false);
        await Task.Delay(pause).ConfigureAwait(false);
        Volatile.Write(ref _due, 0);
        try
        {
            await using var command = database.CreateCommand($"select pg_notify('{Channel}', '')");
            command.CommandTimeout = 2;
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Other hosts look for themselves.
        }
    }
}
