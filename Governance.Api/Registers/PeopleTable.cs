using Governance.Api.Access;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.People;
using Governance.Domain.Registers;

namespace Governance.Api.Registers;

/// <summary>The register of people: who was erased has a line without a name.</summary>
internal sealed class PeopleTable : RegisterTable
{
    public override string Key => "people";

    public override string Command => nameof(ImportPeople);

    public override Permission Reads => Permission.KeepMandates;

    public override Permission Keeps => Permission.KeepMandates;

    public override IReadOnlyList<string> Columns { get; } = ["id", "name", "email", "language", "label_only", "registered_on", "erased_on"];

    public override async ValueTask<IReadOnlyList<IReadOnlyList<string?>>?> RowsAsync(RegisterStreams streams, TableAsked asked, CancellationToken ct)
    {
        var people = await streams.KindAsync<Person>("person", ct);
        // A key that is gone opens nothing of before either: who was erased since is shown as erased on any day.
        var lines = people.Select(p => (Line: PersonLine.Of(p, asked.Cut), Now: PersonLine.Of(p, DateTimeOffset.MaxValue))).Where(p => p.Line is not null)
            .Select(p => p.Now!.Erased is not null ? p.Now : p.Line!).ToList();
        var names = await OpenedAsync(streams, lines.Select(l => l.Name), ct);
        var addresses = await OpenedAsync(streams, lines.Select(l => l.Email), ct);
        return
        [
            .. lines.Select((l, i) => (Line: l, Name: names[i], Email: addresses[i])).OrderBy(p => Sorted(p.Name, p.Line.Id.Value), StringComparer.Ordinal).Select(p => (IReadOnlyList<string?>)
            [
                Written<PersonId>(p.Line.Id), p.Name, p.Email, Written(p.Line.Language), Written(p.Line.LabelOnly), Written(p.Line.Registered, asked.Zone), Written(p.Line.Erased, asked.Zone),
            ]),
        ];
    }

    private static async ValueTask<IReadOnlyList<string?>> OpenedAsync(RegisterStreams streams, IEnumerable<Sealed?> texts, CancellationToken ct)
    {
        var all = texts.ToList();
        var opened = new Queue<string?>(await streams.OpenAsync([.. all.OfType<Sealed>()], ct));
        return [.. all.Select(text => text is null ? null : opened.Dequeue())];
    }

    public override async ValueTask<RegisterPlan> PlanAsync(CsvTable table, string slug, MeetingId? meeting, Deciding deciding, ISet<PersonId> told, CancellationToken ct)
    {
        var (book, people) = await NameBook.OfPeopleAsync(new StreamsOfDecision(deciding), slug, ct);
        var recorded = people.Select(p => p.Latest).OfType<Person.Registered>().ToDictionary(p => p.Id);
        var texts = recorded.Values.SelectMany(p => new[] { p.Name, p.Email }).OfType<Sealed>().ToList();
        var clear = texts.Zip(await deciding.OpenAsync(texts, ct)).Where(t => t.Second is not null).ToDictionary(t => t.First, t => t.Second!);

        var read = new List<(CsvRow Row, PersonId Id, string? Name, string? Email)>();
        var calledSo = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var (name, email) = (Personal(table, row, "name"), Personal(table, row, "email"));
            // As the form of a person asks of an address.
            if (email is not null && !(email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == email.LastIndexOf('@') && at < email.Length - 1))
                table.Fault(row, "email", Wording.Shape("table.email"));
            read.Add((row, Identify(row, name, email), name, email));
        }

        PersonId Identify(CsvRow row, string? name, string? email)
        {
            if (table.Text(row, "id") is not null)
            {
                var id = book.Id(table, row, "id") ?? default;
                book.Tell(id);
                return PersonId.Of(id);
            }

            if (name is null)
                return deciding.NewId<PersonId>($"line {row.Line}");
            if (!calledSo.TryAdd(NameBook.Plain(name) + "\u0000" + email, row.Line))
            {
                table.Fault(row, "id", Wording.Sentence(new LineRepeated(calledSo[NameBook.Plain(name) + "\u0000" + email])));
                return default;
            }

            // Of several who bear a name, the address tells which is meant.
            var called = book.Called(name);
            if (called.Count > 1 && email is not null)
                called = [.. called.Where(id => recorded[PersonId.Of(id)].Email is { } known && clear.GetValueOrDefault(known) == email)];
            if (called.Count > 1)
                table.Fault(row, "id", Wording.Shape("table.several"));
            return called is [var one] ? PersonId.Of(one) : deciding.NewId<PersonId>($"line {row.Line}");
        }

        // What is recorded in the same words stays as it is sealed; of who was erased nothing is sealed any more.
        var erased = people.Where(p => p.Latest is Person.Erased).Select(p => p.Stream).ToHashSet();
        var gone = read.Where(r => erased.Contains(Person.Stream(r.Id))).Select(r => r.Id).ToHashSet();
        var known = clear.DistinctBy(t => (t.Key.Person, t.Value)).ToDictionary(t => (t.Key.Person, t.Value), t => t.Key);
        foreach (var (_, id, name, email) in read.Where(r => gone.Contains(r.Id)))
        {
            foreach (var text in new[] { name, email }.OfType<string>())
                known[(id, text)] = new(id, "-");
        }

        var sealedTexts = await SealAsync(deciding, read.SelectMany(r => new[] { (r.Id, r.Name), (r.Id, r.Email) }), known, pretend: table.Faults.Count > 0, ct);
        var lines = new List<Numbered<PersonLine>>();
        foreach (var (row, id, name, email) in read)
        {
            Sealed? Of(string? text) => text is null ? null : sealedTexts.GetValueOrDefault((id, text));
            lines.Add(new(row.Line, new(
                id, Of(name), Of(email), table.Choice<SpokenLanguage>(row, "language"), table.Flag(row, "label_only"), table.Time(row, "registered_on", deciding.Zone),
                table.Time(row, "erased_on", deciding.Zone))));
        }

        Tell(told, book);
        lines = Sound(table, lines, l => l.Id);
        return new ImportPeople(lines, deciding.On).Plan(new([.. await deciding.ReadAllAsync<Person>([.. lines.Select(l => Person.Stream(l.Content.Id)).Distinct()], ct)]), deciding.Zone, deciding.Now);
    }
}
