using Governance.Api.Access;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Colleges;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Registers;
using Governance.Domain.Statutes;

namespace Governance.Api.Registers;

/// <summary>The register of mandates, with what is needed to constitute their bodies.</summary>
internal sealed class MandatesTable : RegisterTable
{
    // Between the day of a renewal and the end of its term, and between renewals.
    private const char Until = '>', Next = '|';

    public override string Key => "mandates";

    public override string Command => nameof(ImportMandates);

    public override Permission Reads => Permission.ReadRegister;

    public override Permission Keeps => Permission.KeepMandates;

    public override IReadOnlyList<string> Columns { get; } =
    [
        "id", "body", "body_id", "body_kind", "body_since", "body_seats", "body_weight", "body_dissolved_on", "dissolution_reason", "person", "person_id", "member", "member_id",
        "college", "college_id", "office", "start", "term_ends", "holdover", "co_opted", "ratified_on", "interim", "renewals", "ended_on", "end_reason",
        "body_decision", "dissolution_decision", "appointment_decision", "ratification_decision", "end_decision",
    ];

    public override string? ColumnOfDecision(IEvent @event) => @event switch
    {
        BodyConstituted or CollegeConstituted => "body_decision",
        BodyDissolved => "dissolution_decision",
        MandateAppointed => "appointment_decision",
        MandateRatified => "ratification_decision",
        MandateRenewed => "renewals",
        MandateEnded => "end_decision",
        _ => null,
    };

    public override IReadOnlyList<string> Subject => ["person", "office", "body"];

    public override async ValueTask<IReadOnlyList<IReadOnlyList<string?>>?> RowsAsync(RegisterStreams streams, TableAsked asked, CancellationToken ct)
    {
        var bodies = await streams.KindAsync<Body>("body", ct);
        var lines = bodies.SelectMany(b => MandateLine.Of(b, asked.Cut)).ToList();
        var people = await NameBook.OfPeopleAsync(streams, asked.Slug, lines.Select(l => l.Person!.Value), asked.Cut, ct);
        var members = await NameBook.OfMembersAsync(streams, asked.Slug, lines.Select(l => l.Member).OfType<MemberId>(), asked.Cut, ct);
        var book = NameBook.OfBodies(bodies, asked.Slug, asked.Cut);
        string? On(EffectiveTime? on) => Written(on, asked.Zone);
        return
        [
            .. lines.OrderBy(l => Sorted(l.BodyName, l.Body.Value), StringComparer.Ordinal).ThenBy(l => l.Start!.Value.Instant).ThenBy(l => l.Id.Value).Select(l => (IReadOnlyList<string?>)
            [
                Written<MandateId>(l.Id), l.BodyName, Written<BodyId>(l.Body), Written(l.BodyKind), On(l.BodySince), Written(l.BodySeats), l.BodyWeight?.ToString(), On(l.BodyDissolved),
                l.DissolutionReason, people[l.Person?.Value], Written(l.Person), members[l.Member?.Value], Written(l.Member), book[l.College?.Value], Written(l.College),
                Written(l.Office), On(l.Start), On(l.TermEnds), Written(l.Holdover), Written(l.CoOpted), On(l.Ratified), Written(l.Interim),
                string.Join($" {Next} ", l.Renewals!.Select(r => $"{r.On.Written(asked.Zone)} {Until} {r.TermEnds?.Written(asked.Zone)}{(r.Decision is { } by ? $" {Until} {by}" : "")}".TrimEnd())), On(l.Ended), Written(l.Reason),
                Written<BallotId>(l.BodyDecision), Written<BallotId>(l.DissolutionDecision), Written<BallotId>(l.AppointmentDecision), Written<BallotId>(l.RatificationDecision),
                Written<BallotId>(l.EndDecision),
            ]),
        ];
    }

    public override async ValueTask<RegisterPlan> PlanAsync(CsvTable table, string slug, MeetingId? meeting, Deciding deciding, ISet<PersonId> told, CancellationToken ct)
    {
        var streams = new StreamsOfDecision(deciding);
        var bodies = await deciding.ReadBodiesAsync(ct);
        var (people, _) = await NameBook.OfPeopleAsync(streams, slug, ct);
        var (members, ofMembers) = await NameBook.OfMembersAsync(streams, slug, ct);
        var individuals = NameBook.Individuals(ofMembers);
        var book = NameBook.OfBodies(bodies, slug, DateTimeOffset.MaxValue);
        string[] ofDecisions = [.. Columns.Where(c => c.EndsWith("_decision", StringComparison.Ordinal))];
        var decisions = await DecisionCells.ReadAsync(
            table.Rows.SelectMany(row => ofDecisions.Select(column => table.Text(row, column)).Concat(PartsOf(table, row).Select(DecisionOf))), slug, deciding, ct);
        var recorded = bodies.SelectMany(b => MandateLine.Of(b, DateTimeOffset.MaxValue)).ToLookup(l => (l.Body, l.Person, l.Member, l.Office ?? Office.Seat));

        var named = table.Rows.Select(row => (Row: row, Body: BodyOf(table, row, book, deciding))).ToList();
        // A college may be constituted by another line of the same file.
        var made = named.Where(n => n.Body is { } id && !book.Knows(id)).DistinctBy(n => n.Body).Select(n => (n.Body!.Value, table.Text(n.Row, "body"))).ToList();
        var colleges = new NameBook(slug, nameof(BodyId), [.. bodies.Where(b => b.Latest.AsConstituted is not null).Select(b => (NameBook.IdOf(b.Stream), (string?)b.Latest.AsConstituted!.Name)), .. made]);

        var lines = new List<Numbered<MandateLine>>();
        foreach (var (row, body) in named)
        {
            T? Id<T>(Guid? id) where T : struct, IIdentifier<T> => id is { } value ? T.Of(value) : null;
            EffectiveTime? On(string column) => table.Time(row, column, deciding.Zone);
            BallotId? Decided(string column) => decisions.Find(table, row, column);
            var (person, member) = (Id<PersonId>(people.Find(table, row, "person", "person_id")), Id<MemberId>(members.Find(table, row, "member", "member_id")));
            var (office, start) = (table.Choice<Office>(row, "office"), On("start"));
            var same = body is not { } of || person is null ? []
                : recorded[(BodyId.Of(of), person, member, office ?? Office.Seat)].Where(l => start is null || l.Start!.Value.Written(deciding.Zone) == start.Value.Written(deciding.Zone)).ToList();
            if (table.Text(row, "id") is null && same.Count > 1)
                table.Fault(row, "id", Wording.Shape("table.several"));
            var id = table.Text(row, "id") is not null ? Id<MandateId>(new NameBook(slug, nameof(MandateId), []).Id(table, row, "id"))
                : same is [var one] ? one.Id : deciding.NewId<MandateId>($"line {row.Line}");
            lines.Add(new(row.Line, new(
                id ?? default, BodyId.Of(body ?? default), table.Text(row, "body") ?? book[body], table.Choice<BodyKind>(row, "body_kind"), On("body_since"), table.Number(row, "body_seats"), Weight(table, row),
                On("body_dissolved_on"), table.Text(row, "dissolution_reason"), person, member, Id<BodyId>(colleges.Find(table, row, "college", "college_id")), office, start, On("term_ends"),
                table.Flag(row, "holdover"), table.Flag(row, "co_opted"), On("ratified_on"), table.Flag(row, "interim"), Renewals(table, row, decisions, deciding.Zone), On("ended_on"), table.Choice<EndReason>(row, "end_reason"),
                Decided("body_decision"), Decided("dissolution_decision"), Decided("appointment_decision"), Decided("ratification_decision"), Decided("end_decision"))));
        }

        Tell(told, people);
        told.UnionWith(members.Told.Select(id => individuals.GetValueOrDefault(MemberId.Of(id))).OfType<PersonId>());
        lines = Sound(table, lines, l => l.Body);
        return new ImportMandates(lines).Plan(
            new(
            [
                .. bodies, .. decisions.Ballots,
                .. await deciding.ReadAllAsync<Body>([.. lines.Select(l => Body.Stream(l.Content.Body)).Distinct()], ct),
                await deciding.ReadAsync<RegisterOfBodies>(RegisterOfBodies.Stream, ct),
                await deciding.ReadAsync<StatutesVersions>(StatutesVersions.Stream, ct),
                .. await deciding.ReadAllAsync<Person>([.. lines.Select(l => l.Content.Person).OfType<PersonId>().Select(Person.Stream).Distinct()], ct),
                .. await deciding.ReadAllAsync<Member>([.. lines.Select(l => l.Content.Member).OfType<MemberId>().Select(Member.Stream).Distinct()], ct),
            ]),
            deciding.Zone,
            deciding.Now);
    }

    // A body that is not there is one to be constituted, the same for all lines that name it.
    private static Guid? BodyOf(CsvTable table, CsvRow row, NameBook book, Deciding deciding)
    {
        if (table.Text(row, "body_id") is not null)
            return book.Id(table, row, "body_id");
        if (table.Text(row, "body") is not { } name)
        {
            table.Fault(row, "body", Wording.Sentence(new CellNeeded()));
            return null;
        }

        var called = book.Called(name);
        if (called.Count > 1)
            table.Fault(row, "body", Wording.Shape("table.several"));
        return called is [var one] ? one : called.Count == 0 ? deciding.NewId<BodyId>("body " + NameBook.Plain(name)).Value : null;
    }

    private static Fraction? Weight(CsvTable table, CsvRow row)
    {
        if (table.Text(row, "body_weight") is not { } text)
            return null;
        if (Fraction.TryParse(text, out var weight) || CsvTable.TryReadDecimal(text, out weight))
            return weight;
        table.Fault(row, "body_weight", Wording.Shape("table.fraction"));
        return null;
    }

    private static string[] PartsOf(CsvTable table, CsvRow row) => table.Text(row, "renewals")?.Split(Next) ?? [];

    // The third of the parts of a renewal: its day, the end of its term, what decided it.
    private static string? DecisionOf(string renewal) => renewal.Split(Until) is [_, _, var decision] && decision.Trim() is { Length: > 0 } text ? text : null;

    private static IReadOnlyList<RenewalLine>? Renewals(CsvTable table, CsvRow row, DecisionCells decisions, TimeZoneInfo zone)
    {
        if (table.Text(row, "renewals") is null)
            return null;
        var renewals = new List<RenewalLine>();
        foreach (var part in PartsOf(table, row))
        {
            EffectiveTime? ends = null;
            if (part.Split(Until) is not [var on, .. var rest] || rest.Length > 2 || !Face.Wording.PeriodReading.TryRead(on, zone, out var renewed)
                || (rest is [var end, ..] && end.Trim().Length > 0 && (ends = Face.Wording.PeriodReading.TryRead(end, zone, out var term) ? term : null) is null))
            {
                table.Fault(row, "renewals", Wording.Shape("table.renewals"));
                return null;
            }

            renewals.Add(new(renewed, ends, decisions.Find(table, row, "renewals", DecisionOf(part))));
        }

        return renewals;
    }
}
