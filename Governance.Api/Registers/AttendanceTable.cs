using Governance.Api.Access;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.Meetings;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.People;
using Governance.Domain.Registers;

namespace Governance.Api.Registers;

/// <summary>Who came to a meeting: a line for each stay.</summary>
internal sealed class AttendanceTable : RegisterTable
{
    public override string Key => "attendance";

    public override string Command => nameof(ImportAttendance);

    public override Permission Reads => Permission.ConductMeetings;

    public override Permission Keeps => Permission.ConductMeetings;

    public override IReadOnlyList<string> Columns { get; } = ["person", "person_id", "arrived", "left", "remote"];

    public override bool OfMeeting => true;

    public override IReadOnlyList<string> Subject => ["person", "arrived"];

    public override async ValueTask<IReadOnlyList<IReadOnlyList<string?>>?> RowsAsync(RegisterStreams streams, TableAsked asked, CancellationToken ct)
    {
        if (asked.Meeting is not { } id || (await streams.OneAsync<Meeting>(Meeting.Stream(id), ct)).Latest is not Meeting.Known)
            return null;
        var stays = AttendanceLine.Of(await streams.OneAsync<AttendanceSheet>(AttendanceSheet.Stream(id), ct), asked.Cut);
        var people = await NameBook.OfPeopleAsync(streams, asked.Slug, stays.Select(s => s.Person), asked.Cut, ct);
        return
        [
            .. stays.OrderBy(s => Sorted(people[s.Person.Value], s.Person.Value), StringComparer.Ordinal).ThenBy(s => s.Arrived!.Value.Instant).Select(s => (IReadOnlyList<string?>)
            [
                people[s.Person.Value], Written<PersonId>(s.Person), Written(s.Arrived, asked.Zone), Written(s.Left, asked.Zone), Written(s.Remote),
            ]),
        ];
    }

    public override async ValueTask<RegisterPlan> PlanAsync(CsvTable table, string slug, MeetingId? meeting, Deciding deciding, ISet<PersonId> told, CancellationToken ct)
    {
        var id = meeting ?? default;
        var (people, _) = await NameBook.OfPeopleAsync(new StreamsOfDecision(deciding), slug, ct);
        var lines = new List<Numbered<AttendanceLine>>();
        foreach (var row in table.Rows)
        {
            var person = people.Find(table, row, "person", "person_id");
            if (person is null && table.Text(row, "person") is null && table.Text(row, "person_id") is null)
                table.Fault(row, "person", Kernel.Wording.Sentence(new CellNeeded()));
            lines.Add(new(row.Line, new(
                PersonId.Of(person ?? default), table.Time(row, "arrived", deciding.Zone), table.Flag(row, "remote"), table.Time(row, "left", deciding.Zone))));
        }

        var (held, sheet, proxies, minutes) = await deciding.ReadAsync<Meeting, AttendanceSheet, MeetingProxies, Domain.Meetings.Minutes>(
            Meeting.Stream(id), AttendanceSheet.Stream(id), MeetingProxies.Stream(id), Domain.Meetings.Minutes.Stream(id), ct);
        Tell(told, people);
        lines = Sound(table, lines, l => l.Person);
        var (vote, votes) = await MeetingUseCases.VoteAsync(held, deciding, ct);
        return new ImportAttendance(id, lines).Plan(
            new(
            [
                held, sheet, proxies, minutes, .. vote is null ? Array.Empty<Timeline>() : [vote, votes!],
                .. await deciding.ReadAllAsync<Person>([.. lines.Select(l => Person.Stream(l.Content.Person)).Distinct()], ct),
            ]),
            (held.Latest as Meeting.Held)?.LastVote,
            deciding.Zone,
            deciding.Now);
    }
}
