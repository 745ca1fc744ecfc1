namespace Governance.Tests;

/// <summary>A clock that passes when it is told to, timers included.</summary>
internal sealed class Clock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_lock)
            _timers.Add(timer);
        return timer;
    }

    public void Pass(TimeSpan span)
    {
        List<Timer> timers;
        lock (_lock)
        {
            _now += span;
            timers = [.. _timers];
        }

        foreach (var timer in timers)
            timer.RingWhenDue();
    }

    private void Remove(Timer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }

    private sealed class Timer(Clock clock, TimerCallback callback, object? state) : ITimer
    {
        private DateTimeOffset _due = DateTimeOffset.MaxValue;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _due = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : clock.GetUtcNow() + dueTime;
            _period = period;
            return true;
        }

        public void RingWhenDue()
        {
            if (clock.GetUtcNow() < _due)
                return;
            _due = _period > TimeSpan.Zero ? _due + _period : DateTimeOffset.MaxValue;
            callback(state);
        }

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
