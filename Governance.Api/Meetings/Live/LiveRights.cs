using Governance.Api.Kernel.Http;

namespace Governance.Api.Meetings.Live;

/// <summary>
/// Whether whoever follows a meeting still may: asked when a mandate may have begun or ended, and now and then for what no event tells, such as an account
/// that was parted from its person. A page asks once; a line that stays open for hours asks again.
/// </summary>
public sealed class LiveRights(HttpContext http, MeetingLive.Following following, TimeProvider time)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    private int _mandates = following.Mandates;
    private DateTimeOffset _asked = time.GetUtcNow();

    public async ValueTask<bool> HoldAsync()
    {
        var (mandates, now) = (following.Mandates, time.GetUtcNow());
        if (mandates == _mandates && now - _asked < AskAgainAfter)
            return true;
        (_mandates, _asked) = (mandates, now);
        return await RequestScopes.StillMayAsync(http);
    }
}
