using Governance.Api.Access;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
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
    ];

    public override async ValueTask<IReadOnlyList<IReadOnlyList<string?>>?> RowsAsync(RegisterStreams streams, TableAsked asked, CancellationToken ct)
    {
        var members = (await streams.KindAsync<Member>("member", ct)).Select(m => MemberLine.Of(m, asked.Cut)).Where(lines => lines.Count > 0).ToList();
        var names = await NameBook.NamesAsync(streams, [.. members.Select(lines => lines[0].Name)], ct);
        asked.Reveal(members.Select(lines => lines[0].Name!.Individual?.Person).OfType<PersonId>());
        string? On(EffectiveTime? on) => Written(on, asked.Zone);
        return
        [
            .. members.Zip(names).OrderBy(m => Sorted(m.Second, m.First[0].Id.Value), StringComparer.Ordinal).SelectMany(m => m.First.Select(l => (IReadOnlyList<string?>)
            [
                Written<MemberId>(l.Id), m.Second, Written(l.Name!.Individual?.Person), l.Territory, Written(l.Placeholder), l.Remark, On(l.Applied), On(l.Refused),
                l.RefusalReason, On(l.Admitted), On(l.Suspended), l.SuspensionReason, On(l.Reinstated), On(l.Notified), l.Grounds, On(l.Hearing), On(l.Heard),
                Written(l.Attended), l.Statement, On(l.Excluded), On(l.Resigned), l.ResignationReason,
            ])),
        ];
    }

    public override async ValueTask<RegisterPlan> PlanAsync(CsvTable table, string slug, MeetingId? meeting, Deciding deciding, CancellationToken ct)
    {
        var streams = new StreamsOfDecision(deciding);
        var (book, members) = await NameBook.OfMembersAsync(streams, slug, ct);
        var (people, _) = await NameBook.OfPeopleAsync(streams, slug, ct);
        // Names are the same that one reservation holds for the same.
        var called = members.Where(m => m.Latest.Register?.Name.Organisation is not null)
            .GroupBy(m => MemberNameReservation.Slug(m.Latest.Register!.Name.Organisation!)).ToDictionary(g => g.Key, g => g.Select(m => m.Latest.Register!.Id).ToList());
        var individuals = members.Where(m => m.Latest.Register?.Name.Individual is not null).ToLookup(m => m.Latest.Register!.Name.Individual!.Person, m => m.Latest.Register!.Id);
        var sealedNames = members.Select(m => m.Latest.Register?.Name.Individual).OfType<Sealed>().ToList();
        var known = sealedNames.Zip(await deciding.OpenAsync(sealedNames, ct)).Where(n => n.Second is not null).DistinctBy(n => (n.First.Person, n.Second!))
            .ToDictionary(n => (n.First.Person, n.Second!), n => n.First);

        var read = new List<(CsvRow Row, MemberId Id, PersonId? Person, string? Name)>();
        foreach (var row in table.Rows)
        {
            var (name, person) = (table.Text(row, "name"), people.Id(table, row, "person_id") is { } id ? PersonId.Of(id) : (PersonId?)null);
            if (person is { } who && !people.Knows(who.Value))
                table.Fault(row, "person_id", Wording.Shape("table.nobody"));
            if (person is not null)
                Personal(table, row, "name");
            IReadOnlyList<MemberId> same = person is { } one ? [.. individuals[one]]
                : name is not null && called.TryGetValue(MemberNameReservation.Slug(name), out var bearers) ? bearers : [];
            MemberId member;
            if (table.Text(row, "id") is not null)
                member = MemberId.Of(book.Id(table, row, "id") ?? default);
            else if (same.Count > 1)
                (member, _) = (default, Ambiguous());
            else
                member = same is [var it] ? it : New(person, name);
            read.Add((row, member, person, name));

            bool Ambiguous()
            {
                table.Fault(row, "id", Wording.Shape("table.several"));
                return true;
            }

            // Lines without an identifier and of one name are memberships of the same.
            MemberId New(PersonId? of, string? by)
            {
                var before = read.Find(r => of is { } p ? r.Person == p : r.Person is null && by is not null && r.Name is { } other && MemberNameReservation.Slug(other) == MemberNameReservation.Slug(by));
                return before.Row is null ? deciding.NewId<MemberId>($"line {row.Line}") : before.Id;
            }
        }

        var lines = new List<Numbered<MemberLine>>();
        var names = table.Faults.Count > 0 ? known : await SealAsync(deciding, read.Where(r => r.Person is not null).Select(r => (r.Person!.Value, r.Name)), known, ct);
        foreach (var (row, id, person, name) in read)
        {
            EffectiveTime? On(string column) => table.Time(row, column, deciding.Zone);
            var line = new MemberLine(
                id, name is null || (person is { } p && !names.ContainsKey((p, name))) ? null : person is { } who ? new(Individual: names[(who, name)]) : new MemberName(name), table.Text(row, "territory"), table.Flag(row, "placeholder"),
                table.Text(row, "remark"), On("applied_on"), On("refused_on"), table.Text(row, "refusal_reason"), On("admitted_on"), On("suspended_on"), table.Text(row, "suspension_reason"),
                On("reinstated_on"), On("notified_on"), table.Text(row, "grounds"), On("hearing_on"), On("heard_on"), table.Flag(row, "attended"), table.Text(row, "statement"),
                On("excluded_on"), On("resigned_on"), table.Text(row, "resignation_reason"));
            lines.Add(new(row.Line, line));
        }

        if (table.Faults.Count > 0)
            return new([], [], []);
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
