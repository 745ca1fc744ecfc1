using Governance.Api.Face.Wording;
using Governance.Api.Import;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Registers;

namespace Governance.Api.Registers;

/// <summary>What the things of one kind are called, so that lines can name them by their name or their identifier.</summary>
/// <param name="slug">Short name of the association, from which identifiers are made of words.</param>
/// <param name="kind">Name of the identifiers' type.</param>
public sealed class NameBook(string slug, string kind, IReadOnlyCollection<(Guid Id, string? Name)> things)
{
    /// <summary>Characters of an identifier at most.</summary>
    public const int IdLength = 100;

    private readonly Dictionary<Guid, string?> _names = things.ToDictionary(t => t.Id, t => t.Name);
    private readonly ILookup<string, Guid> _ids = things.Where(t => t.Name is not null).ToLookup(t => Plain(t.Name!), t => t.Id, StringComparer.Ordinal);

    /// <summary>What it is called; null of who was erased, and of what is not known.</summary>
    public string? this[Guid? id] => id is { } known ? _names.GetValueOrDefault(known) : null;

    public bool Knows(Guid id) => _names.ContainsKey(id);

    /// <summary>The things that bear a name, whatever its case and accents.</summary>
    public IReadOnlyList<Guid> Called(string name) => [.. _ids[Plain(name)]];

    /// <summary>
    /// The identifier that a cell gives: an identifier, or any words of the author's own, of which the same is made each time. Null when it gives none, or cannot be read.
    /// </summary>
    public Guid? Id(CsvTable table, CsvRow row, string column)
    {
        if (table.Text(row, column) is not { } text)
            return null;
        if (Guid.TryParse(text, out var id))
            return id;
        if (text.Length <= IdLength)
            return KeyedIdentifiers.Derive(slug, kind, text);
        table.Fault(row, column, Wording.Shape("table.id", IdLength));
        return null;
    }

    /// <summary>What a line names, by its identifier or else its name; null, with a fault, when it names nothing that is known, and without when it names nothing.</summary>
    public Guid? Find(CsvTable table, CsvRow row, string nameColumn, string idColumn)
    {
        var name = table.Text(row, nameColumn);
        if (table.Text(row, idColumn) is not null)
        {
            if (Id(table, row, idColumn) is not { } id)
                return null;
            if (!Knows(id))
                table.Fault(row, idColumn, Wording.Shape("table.nobody"));
            else if (name is not null && this[id] is { } known && Plain(known) != Plain(name))
                table.Fault(row, nameColumn, Wording.Shape("table.named-otherwise", known));
            else
                return id;
            return null;
        }

        if (name is null)
            return null;
        var called = Called(name);
        if (called.Count != 1)
            table.Fault(row, nameColumn, Wording.Shape(called.Count == 0 ? "table.nobody" : "table.several"));
        return called is [var one] ? one : null;
    }

    public static string Plain(string name) => PlainLetters.Of(name.Trim());

    public static async ValueTask<(NameBook Book, IReadOnlyList<Timeline<Person>> People)> OfPeopleAsync(RegisterStreams streams, string slug, CancellationToken ct)
    {
        var people = await streams.KindAsync<Person>("person", ct);
        var named = people.Select(p => (p.Stream, Name: (p.Latest as Person.Registered)?.Name)).ToList();
        var opened = await streams.OpenAsync([.. named.Select(n => n.Name).OfType<Sealed>()], ct);
        var clear = named.Where(n => n.Name is not null).Select((n, i) => (n.Stream, Text: opened[i])).ToDictionary(n => n.Stream, n => n.Text);
        return (new(slug, nameof(PersonId), [.. people.Where(p => p.Version > 0).Select(p => (IdOf(p.Stream), clear.GetValueOrDefault(p.Stream)))]), people);
    }

    public static async ValueTask<(NameBook Book, IReadOnlyList<Timeline<Member>> Members)> OfMembersAsync(RegisterStreams streams, string slug, CancellationToken ct)
    {
        var members = await streams.KindAsync<Member>("member", ct);
        var names = await NamesAsync(streams, [.. members.Select(m => m.Latest.Register?.Name)], ct);
        return (new(slug, nameof(MemberId), [.. members.Zip(names).Where(m => m.First.Version > 0).Select(m => (IdOf(m.First.Stream), m.Second))]), members);
    }

    public static NameBook OfBodies(IReadOnlyList<Timeline<Body>> bodies, string slug) =>
        new(slug, nameof(BodyId), [.. bodies.Where(b => b.Latest.AsConstituted is not null).Select(b => (IdOf(b.Stream), (string?)b.Latest.AsConstituted!.Name))]);

    /// <summary>Names of members in clear, in their order; null of who was erased or is not there.</summary>
    public static async ValueTask<IReadOnlyList<string?>> NamesAsync(RegisterStreams streams, IReadOnlyList<MemberName?> names, CancellationToken ct)
    {
        var opened = new Queue<string?>(await streams.OpenAsync([.. names.Select(n => n?.Individual).OfType<Sealed>()], ct));
        return [.. names.Select(n => n is { Individual: not null } ? opened.Dequeue() : n?.Organisation)];
    }

    public static Guid IdOf(StreamId stream) => Guid.Parse(stream.Value[(stream.Value.IndexOf(':', StringComparison.Ordinal) + 1)..]);
}
