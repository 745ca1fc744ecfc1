using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>Sends the convocation of a meeting out, with its agenda.</summary>
/// <param name="By">In what quality whoever convenes does so.</param>
/// <param name="Asking">How many members convene it, where a share of them does.</param>
/// <param name="Despite">Why it goes out although the notice is too short: recorded as an irregularity. Null refuses a short notice.</param>
public sealed record ConveneMeeting(MeetingId Meeting, Convener By, NoticeChannel Channel, int? Asking, string? Despite, EffectiveTime On)
{
    /// <param name="colleges">The bodies that this body names as its colleges.</param>
    /// <param name="first">The meeting without quorum that this is the second of; null for none.</param>
    public Decision Decide(
        Timeline<Meeting> meeting, Timeline<Body> body, IReadOnlyList<Timeline<Body>> colleges, Timeline<StatutesVersions> statutes, FirstMeeting? first, TimeZoneInfo zone)
    {
        if (Texts.OptionalText("despite", Despite) is { } wrong)
            return wrong;
        switch (meeting.Latest)
        {
            case Meetings.Meeting.Planned planned:
                return Convene(planned);
            case Meetings.Meeting.Convened convened:
                return new MeetingAlreadyConvened(convened.ConvenedOn!.Value);
            case var otherwise:
                return otherwise.Otherwise();
        }

        Decision Convene(Meetings.Meeting.Planned planned)
        {
            if (planned.Agenda.All(i => i.Withdrawn is not null))
                return new AgendaEmpty();
            if (On >= planned.Starts)
                return new ConvenedAfterStart(planned.Starts);
            // The notice announces what was planned when it went out, and not what came to it since.
            if (meeting.Effective[^1].On is var last && On < last)
                return new ConvenedBeforeItsPlan(last);
            var version = statutes.At(On).InForceAt(On.Instant)?.Id;
            if (planned.Plan.Body is null)
                return meeting.Accept(On, new MeetingConvened(Meeting, By, Channel, planned.Starts, 0, Asking: Asking, Statutes: version));
            if (body.At(On) is not Body.Constituted constituted)
                return new MeetingBodyNotFound();

            var rules = statutes.At(On).RulesAt(On.Instant);
            var rule = rules.Notice(constituted.Kind, planned.Decision);
            var electorate = Electorate.At(constituted, [.. colleges.Select(c => c.At(On))], On.Instant);
            if (Forbidden(rule, electorate) is { } forbidden)
                return forbidden;
            var notice = Notice.Judge(rule, On.Instant, planned.Starts.Instant, zone);
            if (!notice.InTime && Despite is null)
                return new NoticeTooShort(notice.Days, notice.Needed, notice.Latest, notice.Article);
            if (first?.Meeting.EndedWithoutQuorum() is { } without && Second(rules, constituted.Kind, planned, without, first.DecidedItems) is { } refused)
                return refused;
            return meeting.Accept(On, new MeetingConvened(
                Meeting, By, Channel, planned.Starts, electorate.Electors.Select(e => e.Person).Distinct().Count(),
                new(notice.Article, notice.Count, notice.Days, notice.Needed), notice.InTime ? null : Despite, Asking, version));
        }

        Refusal? Second(RulesInForce rules, BodyKind kind, Meetings.Meeting.Planned planned, Meetings.Meeting.Known without, IReadOnlyList<string> decided)
        {
            var judged = SecondConvocation.Judge(
                rules.SecondConvocation(kind, planned.Decision), rules.Quorum(kind, planned.Decision), LocalTime.DayOf(without.Starts.Instant, zone),
                LocalTime.DayOf(planned.Starts.Instant, zone), Titles(without), Titles(planned), decided);
            return judged.Fault is { } fault ? new SecondMeetingRefused(fault, judged.Earliest, judged.Article, fault == SecondConvocationFault.AlreadyDecided ? judged.Decided[0] : null) : null;
        }
    }

    private Refusal? Forbidden(Applied<NoticeRule> rule, Electorate electorate)
    {
        if (!rule.Content.Conveners.Contains(By))
            return new ConvenerNotAllowed(By, rule.Article);
        if (By == Convener.FractionOfMembers && (rule.Content.MembersShare ?? Fraction.One) * electorate.Electors.Count is var needed && (Asking ?? 0) < needed)
            return new TooFewConveners(Asking ?? 0, needed, rule.Article);
        return rule.Content.Channels.Count > 0 && !rule.Content.Channels.Contains(Channel) ? new ChannelNotAllowed(Channel, rule.Article) : null;
    }

    private static IReadOnlyList<string> Titles(Meetings.Meeting.Known meeting) => [.. meeting.Agenda.Where(i => i.Withdrawn is null).Select(i => i.Title)];
}
