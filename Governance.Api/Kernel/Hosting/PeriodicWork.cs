namespace Governance.Api.Kernel.Hosting;

/// <summary>Work that the host does at its start and again and again as long as it runs. A round that fails is logged, and the next one tried at its time.</summary>
public abstract class PeriodicWork(TimeSpan every, TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>The host's clock.</summary>
    protected TimeProvider Time => time;

    protected ILogger Logger => logger;

    /// <summary>One round, which any number of hosts may do at once.</summary>
    /// <returns>How many things it did.</returns>
    public abstract Task<int> RoundAsync(CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(every, time);
        try
        {
            do
            {
                try
                {
                    logger.LogDebug("Round done: {Count}", await RoundAsync(stoppingToken));
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    logger.LogError(fault, "A round of {Work} failed", GetType().Name);
                }
            }
            while (await clock.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
