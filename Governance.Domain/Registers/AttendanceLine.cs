using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.People;

namespace Governance.Domain.Registers;

/// <summary>A person's stay in a meeting as a line of its attendance: what is not said is null. Who left and came back, or went on from elsewhere, has a line for each stay.</summary>
/// <param name="Remote">From elsewhere.</param>
public sealed record AttendanceLine(PersonId Person, EffectiveTime? Arrived = null, bool? Remote = null, EffectiveTime? Left = null)
{
    /// <summary>The stays known of what took effect until an instant, in the order of the arrivals.</summary>
    public static IReadOnlyList<AttendanceLine> Of(Timeline<AttendanceSheet> sheet, DateTimeOffset until)
    {
        var stays = new List<AttendanceLine>();
        foreach (var e in sheet.Effective.TakeWhile(e => e.On.Instant <= until))
        {
            var person = e.Event switch { PersonArrived a => a.Person, PersonLeft l => l.Person, _ => default };
            if (stays.FindIndex(s => s.Person == person && s.Left is null) is >= 0 and var there)
                stays[there] = stays[there] with { Left = e.On };
            if (e.Event is PersonArrived arrived)
                stays.Add(new(person, e.On, arrived.Remote));
        }

        return stays;
    }
}

/// <summary>Brings who came to a meeting, and when, from a file into its attendance sheet.</summary>
public sealed record ImportAttendance(MeetingId Meeting, IReadOnlyList<Numbered<AttendanceLine>> Lines)
{
    private enum Rank { Leave, Arrive, LeaveAtOnce }

    /// <param name="draft">With the meeting, its sheet, proxies and minutes, and the stream of each person named.</param>
    /// <param name="vote">The vote under way, whose stream and proxies the draft has too; null for none.</param>
    public RegisterPlan Plan(RegisterDraft draft, BallotId? vote, TimeZoneInfo zone, DateTimeOffset now)
    {
        var planning = new Planning(zone, now);
        var recorded = AttendanceLine.Of(draft.Of<AttendanceSheet>(AttendanceSheet.Stream(Meeting)), DateTimeOffset.MaxValue).ToLookup(l => l.Person);
        foreach (var stays in Lines.GroupBy(l => l.Content.Person))
        {
            foreach (var (number, line) in stays)
            {
                var known = recorded[line.Person].FirstOrDefault(k => line.Arrived is { } arrived && planning.Same(arrived, k.Arrived));
                planning.Line(number, known is not null);
                if (line.Arrived is null)
                    planning.Fault(number, "arrived", new CellNeeded());
                else if (stays.FirstOrDefault(s => s.Line < number && s.Content.Arrived is { } other && planning.Same(line.Arrived.Value, other)) is { } twice)
                    planning.Fault(number, "person", new LineRepeated(twice.Line));
                else
                    Ask(planning, number, line, known, stays, vote, now);
            }
        }

        return planning.Decide(draft);
    }

    private void Ask(
        Planning planning, int number, AttendanceLine line, AttendanceLine? known, IEnumerable<Numbered<AttendanceLine>> stays, BallotId? vote, DateTimeOffset now)
    {
        var (meeting, sheet, minutes, person) = (Meetings.Meeting.Stream(Meeting), AttendanceSheet.Stream(Meeting), Minutes.Stream(Meeting), line.Person);
        if (known is not null)
            planning.Fixed(number, "remote", line.Remote, known.Remote);
        planning.Dated(number, "arrived", line.Arrived, known?.Arrived, (int)Rank.Arrive, (draft, on) =>
            new RecordArrival(Meeting, person, line.Remote ?? false, on, now).Decide(
                draft.Of<Meeting>(meeting), draft.Of<AttendanceSheet>(sheet), draft.Of<Person>(Person.Stream(person)),
                vote is { } open ? draft.Of<Ballot>(Ballot.Stream(open)) : null, vote is { } held ? draft.Of<ProxyBook>(ProxyBook.Stream(held)) : null, draft.Of<Minutes>(minutes)), happened: true);
        // Who goes on in another way from the same minute did not leave.
        var goesOn = line.Left is { } end && stays.Any(s => s.Content.Arrived is { } next && planning.Same(end, next) && (s.Content.Remote ?? false) != (line.Remote ?? false));
        if (!goesOn)
            planning.Dated(number, "left", line.Left, known?.Left, (int)(line.Left == line.Arrived ? Rank.LeaveAtOnce : Rank.Leave), (draft, on) =>
                new RecordDeparture(Meeting, person, on, now).Decide(draft.Of<Meeting>(meeting), draft.Of<AttendanceSheet>(sheet), draft.Of<MeetingProxies>(MeetingProxies.Stream(Meeting)), draft.Of<Minutes>(minutes)), happened: true);
    }
}
