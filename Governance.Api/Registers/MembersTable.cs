using Governance.Api.Access;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Registers;

namespace Governance.Api.Registers;

/// <summary>The register of members: a line for each membership.</summary>
internal sealed class MembersTable : RegisterTable
{
    public override string Key => "members";

    public override string Command => nameof(ImportMembers);

    public override Permission Reads => Permission.ReadRegister;

    public override Permission Keeps => Permission.KeepMembers;

    public override IReadOnlyList<string> Columns { get; } =
    [
        "id", "name", "person_id", "territory", "placeholder", "remark", "applied_on", "refused_on", "refusal_reason", "admitted_on", "suspended_on", "suspension_reason",
        "reinstated_on", "notified_on", "grounds", "hearing_on", "heard_on", "attended", "statement", "excluded_on", "resigned_on", "resignation_reason",
        "refusal_decision", "admission_decision", "suspension_decision", "reinstatement_decision", "exclusion_decision",
    ];

    public override string? ColumnOfDecision(IEvent @event) => @event switch
    {
        MembershipRefused => "refusal_decision",
        MemberAdmitted or MemberReadmitted => "admission_decision",
        MemberSuspended => "suspension_decision",
        MemberReinstated => "reinstatement_decision",
        MemberExcluded => "exclusion_decision",
        _ => null,
    };

    public override async ValueTask<IReadOnlyList<IReadOnlyList<string?>>?> RowsAsync(RegisterStreams streams, TableAsked asked, CancellationToken ct)
    {
        var members = (await streams.KindAsync<Member>("member", ct)).Select(m => MemberLine.Of(m, asked.Cut)).Where(lines => lines.Count > 0).ToList();
        var names = await NameBook.NamesAsync(streams, [.. members.Select(lines => lines[0].Name)], ct);
        string? On(EffectiveTime? on) => Written(on, asked.Zone);
        return
        [
            .. members.Zip(names).OrderBy(m => Sorted(m.Second, m.First[0].Id.Value), StringComparer.Ordinal).SelectMany(m => m.First.Select(l => (IReadOnlyList<string?>)
            [
                Written<MemberId>(l.Id), m.Second, Written(l.Name!.Individual?.Person), l.Territory, Written(l.Placeholder), l.Remark, On(l.Applied), On(l.Refused),
                l.RefusalReason, On(l.Admitted), On(l.Suspended), l.SuspensionReason, On(l.Reinstated), On(l.Notified), l.Grounds, On(l.Hearing), On(l.Heard),
                Written(l.Attended), l.Statement, On(l.Excluded), On(l.Resigned), l.ResignationReason, Written<BallotId>(l.RefusalDecision), Written<BallotId>(l.AdmissionDecision),
                Written<BallotId>(l.SuspensionDecision), Written<BallotId>(l.ReinstatementDecision), Written<BallotId>(l.ExclusionDecision),
            ])),
        ];
    }

    public override async ValueTask<RegisterPlan> PlanAsync(CsvTable table, string slug, MeetingId? meeting, Deciding deciding, ISet<PersonId> told, CancellationToken ct)
    {
        var streams = new StreamsOfDecision(deciding);
        var (book, members) = await NameBook.OfMembersAsync(streams, slug, ct);
        var (people, known) = await NameBook.OfPeopleAsync(streams, slug, ct);
        var erased = known.Where(p => p.Latest is Person.Erased).Select(p => p.Stream).ToHashSet();
        string[] ofDecisions = [.. Columns.Where(c => c.EndsWith("_decision", StringComparison.Ordinal))];
        var decisions = await DecisionCells.ReadAsync(table.Rows.SelectMany(row => ofDecisions.Select(column => table.Text(row, column))), slug, deciding, ct);
        // Names are the same that one reservation holds for the same.
        var called = members.Where(m => m.Latest.Register?.Name.Organisation is not null)
            .GroupBy(m => MemberNameReservation.Slug(m.Latest.Register!.Name.Organisation!)).ToDictionary(g => g.Key, g => g.Select(m => m.Latest.Register!.Id).ToList());
        var individuals = members.Where(m => m.Latest.Register?.Name.Individual is not null).ToLookup(m => m.Latest.Register!.Name.Individual!.Person, m => m.Latest.Register!.Id);
        var sealedNames = members.Select(m => m.Latest.Register?.Name.Individual).OfType<Sealed>().ToList();
        var sealedAlready = sealedNames.Zip(await deciding.OpenAsync(sealedNames, ct)).Where(n => n.Second is not null).DistinctBy(n => (n.First.Person, n.Second!))
            .ToDictionary(n => (n.First.Person, n.Second!), n => n.First);

        var read = new List<(CsvRow Row, MemberId Id, PersonId? Person, string? Name)>();
        var made = new Dictionary<string, MemberId>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var (name, person) = (table.Text(row, "name"), people.Id(table, row, "person_id") is { } id ? PersonId.Of(id) : (PersonId?)null);
            if (person is { } who)
            {
                people.Tell(who.Value);
                if (!people.Knows(who.Value))
                    table.Fault(row, "person_id", Wording.Shape("table.nobody"));
                else if (name is not null && erased.Contains(Person.Stream(who)))
                    table.Fault(row, "person_id", Wording.Sentence(new PersonIsErased()));
            }

            if (person is not null)
                Personal(table, row, "name");
            read.Add((row, Identify(row, person, name), person, name));
        }

        MemberId Identify(CsvRow row, PersonId? person, string? name)
        {
            if (table.Text(row, "id") is not null)
                return MemberId.Of(book.Id(table, row, "id") ?? default);
            var slug = name is null ? null : MemberNameReservation.Slug(name);
            IReadOnlyList<MemberId> same = person is { } one ? [.. individuals[one]] : slug is not null && called.TryGetValue(slug, out var bearers) ? bearers : [];
            if (same.Count > 1)
                table.Fault(row, "id", Wording.Shape("table.several"));
            if (same.Count > 0)
                return same[0];
            // Lines without an identifier and of one name are memberships of the same.
            var key = person?.ToString() ?? slug ?? $"line {row.Line}";
            return made.TryGetValue(key, out var before) ? before : made[key] = deciding.NewId<MemberId>($"line {row.Line}");
        }

        var lines = new List<Numbered<MemberLine>>();
        var names = await SealAsync(deciding, read.Where(r => r.Person is not null).Select(r => (r.Person!.Value, r.Name)), sealedAlready, pretend: table.Faults.Count > 0, ct);
        foreach (var (row, id, person, name) in read)
        {
            EffectiveTime? On(string column) => table.Time(row, column, deciding.Zone);
            BallotId? Decided(string column) => decisions.Find(table, row, column);
            var line = new MemberLine(
                id, name is null ? null : person is { } who ? new(Individual: names[(who, name)]) : new MemberName(name), table.Text(row, "territory"), table.Flag(row, "placeholder"),
                table.Text(row, "remark"), On("applied_on"), On("refused_on"), table.Text(row, "refusal_reason"), On("admitted_on"), On("suspended_on"), table.Text(row, "suspension_reason"),
                On("reinstated_on"), On("notified_on"), table.Text(row, "grounds"), On("hearing_on"), On("heard_on"), table.Flag(row, "attended"), table.Text(row, "statement"),
                On("excluded_on"), On("resigned_on"), table.Text(row, "resignation_reason"), Decided("admission_decision"), Decided("refusal_decision"), Decided("suspension_decision"),
                Decided("reinstatement_decision"), Decided("exclusion_decision"));
            lines.Add(new(row.Line, line));
        }

        Tell(told, people);
        lines = Sound(table, lines, l => l.Id);
        var named = members.Select(m => m.Latest.Register?.Name.Organisation).Concat(read.Where(r => r.Person is null).Select(r => r.Name)).OfType<string>();
        return new ImportMembers(lines, deciding.On).Plan(
            new(
            [
                .. await deciding.ReadAllAsync<Member>([.. members.Select(m => m.Stream).Concat(lines.Select(l => Member.Stream(l.Content.Id))).Distinct()], ct),
                .. await deciding.ReadAllAsync<MemberNameReservation>([.. named.Select(MemberNameReservation.Stream).Distinct()], ct),
                .. await deciding.ReadBodiesAsync(ct),
            ]),
            deciding.Zone,
            deciding.Now);
    }
}
