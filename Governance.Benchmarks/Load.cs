using System.Diagnostics;

namespace Governance.Benchmarks;

/// <summary>A closed loop of callers, each giving its next work as soon as the last is answered.</summary>
internal static class Load
{
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <param name="Rate">Answers a second.</param>
    public sealed record Run(double Rate, double MedianMs, double P99Ms);

    public static async Task<Run> MeasureAsync(int callers, TimeSpan duration, Func<int, Task> once)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var started = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var own = new List<double>();
            while (true)
            {
                var before = Stopwatch.GetTimestamp();
                if (before >= end)
                    return own;
                await once(caller);
                own.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var all = latencies.SelectMany(own => own).Order().ToArray();
        return new Run(all.Length / elapsed, all[all.Length / 2], all[(int)(all.Length * 0.99)]);
    }
}
