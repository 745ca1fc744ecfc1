using Governance.Api.Ballots;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;

namespace Governance.Api.Meetings.Live;

/// <summary>What the pages of a meeting as it happens have in common: they are of now alone.</summary>
public static class LivePages
{
    /// <param name="live">Whose picture is shown where somebody follows the meeting already; null to read it anew, for whoever has just changed it.</param>
    /// <returns>Null when the answer is another: no such meeting, or the meeting's own page where a past day is looked at.</returns>
    public static async Task<LiveMeeting?> ReadAsync(HttpContext http, MeetingReader meetings, LiveTurnout turnouts, MeetingLive? live, string slug, string meeting)
    {
        var scope = http.Features.Get<RequestScope>()!;
        if (scope.IsPast)
        {
            http.Response.Redirect($"/{slug}/meetings/{Uri.EscapeDataString(meeting)}{http.Request.QueryString}");
            return null;
        }

        if (Guid.TryParseExact(meeting, "D", out var id) && live?.Shown(scope.Association.Id, MeetingId.Of(id)) is { } shown)
            return shown;
        if (id == Guid.Empty || await meetings.FindAsync(scope, MeetingId.Of(id), http.RequestAborted) is not { } file)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return null;
        }

        var turnout = file.Vote is { Opening.Hands: false } vote ? await turnouts.OfAsync(scope, vote.Opening.Ballot, exact: scope.NotYetShown, http.RequestAborted) : null;
        return LiveMeeting.Of(scope.Association, file, turnout);
    }
}
