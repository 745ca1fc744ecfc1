using Governance.Api.Access;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.Registers;
using Governance.Domain.WorkingGroups;

namespace Governance.Api.Registers;

/// <summary>The register of working groups: a line for each group, and one for each time that a centre takes part or leads.</summary>
internal sealed class WorkingGroupsTable : RegisterTable
{
    private const char Next = '|';

    public override string Key => "working-groups";

    public override string Command => nameof(ImportWorkingGroups);

    public override Permission Reads => Permission.ReadRegister;

    public override Permission Keeps => Permission.KeepGroups;

    public override IReadOnlyList<string> Columns { get; } =
    [
        "id", "group", "mission", "created_on", "from", "closed_on", "closing_reason", "centres_count", "counted_on", "centre", "centre_id", "joined_on", "left_on", "role", "role_since",
        "role_until",
    ];

    public override IReadOnlyList<string> Subject => ["group", "centre", "role"];

    public override async ValueTask<IReadOnlyList<IReadOnlyList<string?>>?> RowsAsync(RegisterStreams streams, TableAsked asked, CancellationToken ct)
    {
        var groups = (await streams.KindAsync<WorkingGroup>("working-group", ct)).Select(g => GroupLine.Of(g, asked.Cut)).Where(lines => lines.Count > 0).ToList();
        var members = await NameBook.OfMembersAsync(streams, asked.Slug, groups.SelectMany(lines => lines).Select(l => l.Centre).OfType<MemberId>(), asked.Cut, ct);
        string? On(EffectiveTime? on) => Written(on, asked.Zone);
        return
        [
            .. groups.OrderBy(lines => Sorted(lines[0].Name, lines[0].Id.Value), StringComparer.Ordinal)
                .SelectMany(lines => lines.OrderBy(l => l.Centre is { } centre ? Sorted(members[centre.Value], centre.Value) : "", StringComparer.Ordinal).ThenBy(l => l.Joined?.Instant).ThenBy(l => l.RoleSince?.Instant))
                .Select(l => (IReadOnlyList<string?>)
                [
                    Written<WorkingGroupId>(l.Id), l.Name, l.Mission, On(l.Created), l.From is null ? null : string.Join($" {Next} ", l.From.Select(f => f.Value.ToString("D"))), On(l.Closed),
                    l.ClosingReason, Written(l.Counted), On(l.CountedOn), members[l.Centre?.Value], Written(l.Centre), On(l.Joined), On(l.Left), Written(l.Role), On(l.RoleSince), On(l.RoleUntil),
                ]),
        ];
    }

    public override async ValueTask<RegisterPlan> PlanAsync(CsvTable table, string slug, MeetingId? meeting, Deciding deciding, ISet<PersonId> told, CancellationToken ct)
    {
        var (members, ofMembers) = await NameBook.OfMembersAsync(new StreamsOfDecision(deciding), slug, ct);
        var groups = await deciding.ReadKindAsync<WorkingGroup>("working-group", ct);
        var recorded = groups.Select(g => GroupLine.Of(g, DateTimeOffset.MaxValue)).Where(lines => lines.Count > 0).Select(lines => (lines[0].Id.Value, lines[0].Name)).ToList();
        var known = new NameBook(slug, nameof(WorkingGroupId), recorded);
        var ids = table.Rows.ToDictionary(row => row.Line, row => GroupOf(table, row, known, deciding));
        // A group may come from another one of the same file.
        var all = new NameBook(slug, nameof(WorkingGroupId),
        [
            .. recorded,
            .. table.Rows.Where(row => ids[row.Line] is { } id && !known.Knows(id)).DistinctBy(row => ids[row.Line]).Select(row => (ids[row.Line]!.Value, table.Text(row, "group"))),
        ]);

        var lines = new List<Numbered<GroupLine>>();
        foreach (var row in table.Rows)
        {
            EffectiveTime? On(string column) => table.Time(row, column, deciding.Zone);
            var centre = members.Find(table, row, "centre", "centre_id");
            lines.Add(new(row.Line, new(
                WorkingGroupId.Of(ids[row.Line] ?? default), table.Text(row, "group"), table.Text(row, "mission"), On("created_on"), From(table, row, all), On("closed_on"), table.Text(row, "closing_reason"),
                table.Number(row, "centres_count"), On("counted_on"), centre is { } member ? MemberId.Of(member) : null, On("joined_on"), On("left_on"), table.Choice<PilotRole>(row, "role"), On("role_since"),
                On("role_until"))));
        }

        var individuals = NameBook.Individuals(ofMembers);
        told.UnionWith(members.Told.Select(id => individuals.GetValueOrDefault(MemberId.Of(id))).OfType<PersonId>());
        lines = Sound(table, lines, l => l.Id);
        return new ImportWorkingGroups(lines, deciding.On).Plan(
            new(
            [
                .. groups,
                .. await deciding.ReadAllAsync<WorkingGroup>([.. lines.Select(l => l.Content.Id).Concat(lines.SelectMany(l => l.Content.From ?? [])).Select(WorkingGroup.Stream).Distinct()], ct),
                .. await deciding.ReadAllAsync<Member>([.. lines.Select(l => l.Content.Centre).OfType<MemberId>().Select(Member.Stream).Distinct()], ct),
            ]),
            deciding.Zone,
            deciding.Now);
    }

    private static Guid? GroupOf(CsvTable table, CsvRow row, NameBook known, Deciding deciding)
    {
        if (table.Text(row, "id") is not null)
            return known.Id(table, row, "id");
        if (table.Text(row, "group") is not { } name)
        {
            table.Fault(row, "group", Wording.Sentence(new CellNeeded()));
            return null;
        }

        var called = known.Called(name);
        if (called.Count > 1)
            table.Fault(row, "group", Wording.Shape("table.several"));
        return called is [var one] ? one : called.Count == 0 ? deciding.NewId<WorkingGroupId>("group " + NameBook.Plain(name)).Value : null;
    }

    // By identifiers or names.
    private static IReadOnlyList<WorkingGroupId>? From(CsvTable table, CsvRow row, NameBook groups)
    {
        if (table.Text(row, "from") is not { } text)
            return null;
        var from = new List<WorkingGroupId>();
        foreach (var word in text.Split(Next).Select(w => w.Trim()).Where(w => w.Length > 0))
        {
            var called = Guid.TryParse(word, out var id) ? groups.Knows(id) ? [id] : [] : groups.Called(word);
            if (called is [var one])
                from.Add(WorkingGroupId.Of(one));
            else
                table.Fault(row, "from", Wording.Shape(called.Count == 0 ? "table.nobody" : "table.several"));
        }

        return from;
    }
}
