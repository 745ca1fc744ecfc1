using Xunit;

namespace Governance.Tests;

/// <summary>What others do in their own time, looked at until it is done.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    public static async Task HoldsAsync(Func<Task<bool>> holds)
    {
        var until = DateTime.UtcNow + Patience;
        while (!await holds())
        {
            Assert.True(DateTime.UtcNow < until, "It did not come to hold in time.");
            await Task.Delay(BetweenLooks);
        }
    }
}
