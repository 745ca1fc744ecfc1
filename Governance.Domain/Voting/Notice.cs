using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>Whether a convocation leaves enough days before its meeting, with its working.</summary>
/// <param name="Days">How many days there are, as the rule counts them; never below zero.</param>
/// <param name="Needed">How many there must be.</param>
/// <param name="Earliest">The first day on which a meeting convened on <see cref="Sent"/> can be held.</param>
/// <param name="Latest">The last day on which a convocation to <see cref="Meeting"/> can be sent.</param>
public sealed record Notice(string Article, DayCount Count, DateOnly Sent, DateOnly Meeting, int Days, int Needed, DateOnly Earliest, DateOnly Latest)
{
    public bool InTime => Meeting >= Earliest;

    /// <param name="sent">The day of sending in the association's time zone.</param>
    /// <param name="meeting">The day of the meeting there.</param>
    public static Notice Judge(Applied<NoticeRule> rule, DateOnly sent, DateOnly meeting)
    {
        // The day of sending never counts; that of the meeting counts only where calendar days are meant.
        var between = meeting.DayNumber - sent.DayNumber - (rule.Content.Count == DayCount.Clear ? 1 : 0);
        return new(
            rule.Article, rule.Content.Count, sent, meeting, Math.Max(between, 0), rule.Content.Days, EarliestMeeting(rule.Content, sent),
            LatestSending(rule.Content, meeting));
    }

    /// <summary>As above, of two instants: the association's clocks cut the days.</summary>
    public static Notice Judge(Applied<NoticeRule> rule, DateTimeOffset sent, DateTimeOffset meeting, TimeZoneInfo zone) =>
        Judge(rule, LocalTime.DayOf(sent, zone), LocalTime.DayOf(meeting, zone));

    /// <summary>The first day on which a meeting can be held that is convened on a day.</summary>
    public static DateOnly EarliestMeeting(NoticeRule rule, DateOnly sent) => sent.AddDays(Span(rule));

    /// <summary>The last day on which a meeting of a day can be convened.</summary>
    public static DateOnly LatestSending(NoticeRule rule, DateOnly meeting) => meeting.AddDays(-Span(rule));

    private static int Span(NoticeRule rule) => rule.Days + (rule.Count == DayCount.Clear ? 1 : 0);
}
