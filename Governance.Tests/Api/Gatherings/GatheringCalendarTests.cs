using Governance.Api.Gatherings;
using Governance.Domain.Kernel;
using Governance.Tests.Domain;
using Xunit;
using Model = Governance.Projections.Gatherings;

namespace Governance.Tests.Api.Gatherings;

/// <summary>What calendars are given of a gathering.</summary>
public sealed class GatheringCalendarTests
{
    private static readonly SessionId Welcome = Story.Named<SessionId>("Accueil"), Reviews = Story.Named<SessionId>("Bilans");

    private static IReadOnlyList<(string Uid, EffectiveTime Starts)> Entries(string starts, int days, params (SessionId Id, string Starts, string Ends)[] sessions) =>
    [
        .. GatheringRegister.Calendar(
            new(
                Story.Named<GatheringId>("Lille"), 8, "8e regroupement", "Lille", Story.Time(starts), days, null, Model.Stage.Planned, null, [],
                [.. sessions.Select(s => new Model.Session(s.Id, "Séance", Story.Time(s.Starts), Story.Time(s.Ends)))], [], [], 0, DateTimeOffset.UnixEpoch),
            null, Story.Paris).Select(e => (e.Uid, e.Starts)),
    ];

    [Fact]
    public void A_session_beyond_the_days_of_a_gathering_that_was_moved_is_in_no_calendar()
    {
        var (on, beyond) = ((Welcome, "2024-10-31T09:00:00+01:00", "2024-10-31T10:00:00+01:00"), (Reviews, "2024-11-01T14:00:00+01:00", "2024-11-01T15:00:00+01:00"));

        Assert.Equal([Welcome.ToString()], Entries("2024-10-31", 1, on, beyond).Select(e => e.Uid));
        Assert.Equal([Welcome.ToString(), Reviews.ToString()], Entries("2024-10-31", 2, on, beyond).Select(e => e.Uid));
        // Without one on its days the days themselves are.
        Assert.Equal([(Story.Named<GatheringId>("Lille").ToString(), Story.Time("2024-12-05"))], Entries("2024-12-05", 1, on, beyond));
    }
}
