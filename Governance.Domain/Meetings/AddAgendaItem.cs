using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>Puts an item at the end of the agenda. Once the notice is out, only as the statutes let it join.</summary>
/// <param name="By">Who asks for it beside whoever convenes; null for the latter.</param>
/// <param name="Asking">How many members ask for it together.</param>
public sealed record AddAgendaItem(MeetingId Meeting, AgendaItemId Item, string Title, string? Text, AgendaAuthor? By, int? Asking, EffectiveTime On)
{
    /// <param name="members">How many electors the body has.</param>
    /// <param name="first">The meeting without quorum that this is the second of; null for none.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<Body> body, Timeline<StatutesVersions> statutes, int members, TimeZoneInfo zone, FirstMeeting? first = null)
    {
        if ((Texts.Name("title", Title) ?? Texts.OptionalText("text", Text) ?? Texts.Number("asking", Asking, 1, int.MaxValue)) is { } wrong)
            return wrong;
        var (known, refused) = meeting.Changeable();
        if (known is null)
            return refused!;
        if (known.Item(Item) is { } same)
            return same.Title == Title && same.Text == Text ? Decision.NoChange : new AgendaItemTwice(Title);
        if (known.Convocation is not null && body.At(On) is Body.Constituted constituted)
        {
            var rules = statutes.At(On).RulesAt(On.Instant);
            if (Refuses(known, rules.Notice(constituted.Kind, known.Decision), members, zone) is { } frozen)
                return frozen;
            if (known.Plan.SecondOf is not null && rules.SecondConvocation(constituted.Kind, known.Decision) is var second)
            {
                if (first?.DecidedItems.Contains(Title, StringComparer.Ordinal) == true)
                    return new SecondMeetingRefused(SecondConvocationFault.AlreadyDecided, null, second.Article, Title);
                if (second.Content.SameAgenda)
                    return new SecondMeetingRefused(SecondConvocationFault.OtherAgenda, null, second.Article);
            }
        }

        return meeting.Accept(On, new AgendaItemAdded(Meeting, Item, Title, Text, By, Asking));
    }

    // What the notice has announced is what members prepare for: what joins it later joins by right.
    private Refusal? Refuses(Meetings.Meeting.Known known, Applied<NoticeRule> rule, int members, TimeZoneInfo zone)
    {
        var content = rule.Content;
        var share = content.ItemsShare is { } asked && Asking is { } asking && (Fraction)asking >= asked * members;
        var alone = By is { } author && content.ItemsBy?.Contains(author) == true;
        if (By is null && Asking is null)
            return content.AgendaFrozen ? new AgendaFrozen(rule.Article) : null;
        if (!share && !alone)
            return new ItemAuthorNotAllowed(rule.Article);
        if (content.ItemsUntilDays is not { } days)
            return content.AgendaFrozen ? new AgendaFrozen(rule.Article) : null;
        var until = LocalTime.DayOf(known.Starts.Instant, zone).AddDays(-days);
        return LocalTime.DayOf(On.Instant, zone) > until ? new ItemTooLate(until, rule.Article) : null;
    }
}
