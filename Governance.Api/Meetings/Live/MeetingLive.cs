using System.Diagnostics.CodeAnalysis;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.EventStore;
using Governance.EventStore.Following;

namespace Governance.Api.Meetings.Live;

/// <summary>
/// Meetings that somebody follows as they happen. Each is looked at when the log has grown, on whichever host, and computed once for all who follow it
/// here; nobody follows it any more, nothing is computed.
/// </summary>
public sealed partial class MeetingLive(
    EventLog log, FollowerHost followers, MeetingReader meetings, LiveTurnout turnout, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<MeetingLive> logger)
{
    /// <summary>A hint that the log has grown may be lost, and a turnout comes after its votes: so often one looks without a hint.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // What comes at once is shown at once: the many who sign the sheet at the door are a handful of pictures a second.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private const int PageSize = 500;

    private const string MandateStreams = "body";

    private readonly Dictionary<(AssociationId Association, MeetingId Meeting), Watch> _watched = [];

    private TimeProvider Time { get; } = time;
    private readonly Lock _lock = new();

    /// <summary>Follows a meeting until disposed of.</summary>
    public Following Follow(AssociationEntry association, MeetingId meeting)
    {
        lock (_lock)
        {
            if (!_watched.TryGetValue((association.Id, meeting), out var watch))
            {
                _watched[(association.Id, meeting)] = watch = new Watch(association, meeting, CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping));
                // It outlives the request that happened to come first.
                using (ExecutionContext.SuppressFlow())
                    _ = Task.Run(() => RunAsync(watch));
            }

            watch.Followers++;
            return new Following(this, watch);
        }
    }

    /// <summary>The meeting as it is shown to whoever follows it, at most a moment old; null while nobody does.</summary>
    public LiveMeeting? Shown(AssociationId association, MeetingId meeting)
    {
        lock (_lock)
            return _watched.GetValueOrDefault((association, meeting))?.Now;
    }

    /// <summary>Whether there is such a meeting: asked by each of the many who come, so nothing of it is computed.</summary>
    public async Task<bool> ExistsAsync(AssociationId association, MeetingId meeting, CancellationToken ct) =>
        Shown(association, meeting) is not null || await log.ReadStreamAsync(association.ToString(), Meeting.Stream(meeting).Value, ct: ct) is { Count: > 0 };

    private void Leave(Watch watch)
    {
        lock (_lock)
        {
            if (--watch.Followers > 0)
                return;
            _watched.Remove((watch.Association.Id, watch.Meeting));
            watch.Stop.Cancel();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong with one look, the next is taken.")]
    private async Task RunAsync(Watch watch)
    {
        var stop = watch.Stop.Token;
        while (!stop.IsCancellationRequested)
        {
            var appended = followers.NextAppend;
            try
            {
                if (await LookAsync(watch, stop) is { } now)
                    watch.Show(now);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                LogFault(logger, watch.Meeting, fault);
            }

            await Task.WhenAny(appended, Task.Delay(LookEvery, Time, stop)).ConfigureAwait(ConfigureAwaitOptions.None);
            await Task.Delay(Pause, Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Null when it looks as before.</returns>
    private async Task<LiveMeeting?> LookAsync(Watch watch, CancellationToken ct)
    {
        var scope = new RequestScope(watch.Association, Actor.System, Time.GetUtcNow(), null, IsPast: false, NotYetShown: false);
        var before = watch.Now;
        var file = before?.File;
        var (moved, index) = await MovedAsync(watch, ct);
        if (moved || file is null)
        {
            file = await meetings.FindAsync(scope, watch.Meeting, ct);
            if (file is null)
                return null;
        }

        var voted = file.Vote is { Opening.Hands: false } vote ? await turnout.OfAsync(scope, vote.Opening.Ballot, exact: false, ct) : null;
        // A look that failed half way is taken again from where the last whole one ended.
        watch.Index = index;
        return ReferenceEquals(file, before?.File)
            ? voted == before.Turnout ? null : new(watch.Association, file, before.Quorum, voted)
            : LiveMeeting.Of(watch.Association, file, voted);
    }

    /// <summary>Whether anything was recorded, since it was asked last, that the picture of the meeting may rest on.</summary>
    /// <returns>And how many of the association's events were looked at for that.</returns>
    private async Task<(bool Moved, long Index)> MovedAsync(Watch watch, CancellationToken ct)
    {
        var tenant = watch.Association.Id.ToString();
        if (watch.Index is not { } index)
            return (true, await log.TenantIndexAtAsync(tenant, long.MaxValue, ct));

        var moved = false;
        while (await log.ReadTenantPageAsync(tenant, index, limit: PageSize, ct: ct) is { Count: > 0 } events)
        {
            moved = moved || events.Any(e => watch.RestsOn(new StreamId(e.Stream)));
            if (events.Any(e => new StreamId(e.Stream).Kind == MandateStreams))
                watch.Mandates++;
            index = events[^1].TenantIndex;
        }

        return (moved, index);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A look at meeting {Meeting} failed")]
    private static partial void LogFault(ILogger logger, MeetingId meeting, Exception fault);

    internal sealed class Watch(AssociationEntry association, MeetingId meeting, CancellationTokenSource stop)
    {
        private static readonly HashSet<string> Registers = new(StringComparer.Ordinal) { "body", "bodies", "member", "statutes", "ballot", "proxies" };

        private readonly HashSet<StreamId> _own = [Domain.Meetings.Meeting.Stream(meeting), AttendanceSheet.Stream(meeting), MeetingProxies.Stream(meeting)];

        private TaskCompletionSource _changed = New();
        private LiveMeeting? _now;
        private int _mandates;

        public AssociationEntry Association { get; } = association;

        public MeetingId Meeting { get; } = meeting;

        public CancellationTokenSource Stop { get; } = stop;

        public int Followers { get; set; }

        /// <summary>How many of the association's events were looked at.</summary>
        public long? Index { get; set; }

        /// <summary>Moves whenever a mandate may have begun or ended, on which the rights of those who follow rest.</summary>
        public int Mandates
        {
            get => Volatile.Read(ref _mandates);
            set => Volatile.Write(ref _mandates, value);
        }

        public LiveMeeting? Now => Volatile.Read(ref _now);

        /// <summary>Ends with the next change.</summary>
        public Task Changed => Volatile.Read(ref _changed).Task;

        public bool RestsOn(StreamId stream) => _own.Contains(stream) || Registers.Contains(stream.Kind);

        public void Show(LiveMeeting now)
        {
            Volatile.Write(ref _now, now);
            Interlocked.Exchange(ref _changed, New()).TrySetResult();
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>One who follows a meeting.</summary>
    public sealed class Following : IDisposable
    {
        private readonly MeetingLive _live;
        private readonly Watch _watch;
        private bool _left;

        internal Following(MeetingLive live, Watch watch) => (_live, _watch) = (live, watch);

        /// <summary>Moves whenever a mandate of the association may have begun or ended.</summary>
        public int Mandates => _watch.Mandates;

        /// <summary>The meeting as soon as it looks otherwise than it was seen; null when it does not for as long as one has patience.</summary>
        public async Task<LiveMeeting?> NextAsync(LiveMeeting? seen, TimeSpan patience, CancellationToken ct)
        {
            var changed = _watch.Changed;
            if (_watch.Now is { } now && !ReferenceEquals(now, seen))
                return now;
            await Task.WhenAny(changed, Task.Delay(patience, _live.Time, ct)).ConfigureAwait(ConfigureAwaitOptions.None);
            ct.ThrowIfCancellationRequested();
            return changed.IsCompleted ? _watch.Now : null;
        }

        public void Dispose()
        {
            if (_left)
                return;
            _left = true;
            _live.Leave(_watch);
        }
    }
}
