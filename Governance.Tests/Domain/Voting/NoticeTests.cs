using Governance.Domain.Voting;
using Xunit;

namespace Governance.Tests.Domain.Voting;

public sealed class NoticeTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static Applied<NoticeRule> Rule(int days, DayCount count) => new("art. 7", new(days, count, [Convener.President], [NoticeChannel.Email], true));

    private static DateOnly March(int day) => new(2024, 3, day);

    // Sent on 1 March: with fifteen calendar days the meeting is on the 16th at the earliest; with clear days neither end counts, so on the 17th.
    [Theory]
    [InlineData(DayCount.Calendar, 15, false, 14)]
    [InlineData(DayCount.Calendar, 16, true, 15)]
    [InlineData(DayCount.Clear, 16, false, 14)]
    [InlineData(DayCount.Clear, 17, true, 15)]
    public void Days_are_counted_as_the_rule_says(DayCount count, int meeting, bool inTime, int days)
    {
        var notice = Notice.Judge(Rule(15, count), March(1), March(meeting));

        Assert.Equal((inTime, days, 15, "art. 7"), (notice.InTime, notice.Days, notice.Needed, notice.Article));
    }

    [Fact]
    public void The_earliest_meeting_and_the_latest_sending_are_told()
    {
        var clear = Notice.Judge(Rule(15, DayCount.Clear), March(1), March(31));
        Assert.Equal((March(17), March(15)), (clear.Earliest, clear.Latest));
        Assert.Equal(March(16), Notice.EarliestMeeting(Rule(15, DayCount.Calendar).Content, March(1)));
        Assert.Equal(March(16), Notice.LatestSending(Rule(15, DayCount.Calendar).Content, March(31)));
    }

    [Fact]
    public void Days_are_those_of_the_associations_clocks_also_over_a_change_of_hour()
    {
        // 23:30 UTC on 16 March is 17 March in Paris; the clocks go forward on the 31st.
        var sent = new DateTimeOffset(2024, 3, 16, 23, 30, 0, TimeSpan.Zero);
        var meeting = new DateTimeOffset(2024, 4, 1, 7, 0, 0, TimeSpan.Zero);

        Assert.True(Notice.Judge(Rule(15, DayCount.Calendar), sent, meeting, Paris).InTime);
        Assert.False(Notice.Judge(Rule(15, DayCount.Clear), sent, meeting, Paris).InTime);
    }

    [Fact]
    public void Without_notice_to_give_a_meeting_can_be_today_and_never_before_its_convocation()
    {
        Assert.True(Notice.Judge(Rule(0, DayCount.Calendar), March(1), March(1)).InTime);
        Assert.False(Notice.Judge(Rule(0, DayCount.Clear), March(1), March(1)).InTime);
        Assert.Equal((false, 0), Notice.Judge(Rule(0, DayCount.Calendar), March(2), March(1)) is var n ? (n.InTime, n.Days) : default);
    }
}
