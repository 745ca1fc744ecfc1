using Governance.Api.Face.Wording;
using Governance.Api.Import;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;

namespace Governance.Api.Registers;

/// <summary>What the things of one kind are called, so that lines can name them by their name or their identifier.</summary>
/// <param name="slug">Short name of the association, from which identifiers are made of words.</param>
/// <param name="kind">Name of the identifiers' type.</param>
public sealed class NameBook(string slug, string kind, IReadOnlyCollection<(Guid Id, string? Name)> things)
{
    /// <summary>Characters of an identifier at most.</summary>
    public const int IdLength = 100;

    private readonly HashSet<Guid> _told = [];
    private readonly Dictionary<Guid, string?> _names = things.ToDictionary(t => t.Id, t => t.Name);
    private readonly ILookup<string, Guid> _ids = things.Where(t => t.Name is not null).ToLookup(t => Plain(t.Name!), t => t.Id, StringComparer.Ordinal);

    /// <summary>What it is called; null of who was erased, and of what is not known.</summary>
    public string? this[Guid? id] => id is { } known ? _names.GetValueOrDefault(known) : null;

    public bool Knows(Guid id) => _names.ContainsKey(id);

    /// <summary>The things that cells were found to name, or were told of: what an answer says of them is said of these.</summary>
    public IReadOnlySet<Guid> Told => _told;

    /// <summary>The things that bear a name, whatever its case and accents.</summary>
    public IReadOnlyList<Guid> Called(string name)
    {
        Guid[] called = [.. _ids[Plain(name)]];
        _told.UnionWith(called);
        return called;
    }

    /// <summary>What a line is about is in the register.</summary>
    public void Tell(Guid id)
    {
        if (Knows(id))
            _told.Add(id);
    }

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
            Tell(id);
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

    /// <summary>Of all people, as they are called now.</summary>
    public static async ValueTask<(NameBook Book, IReadOnlyList<Timeline<Person>> People)> OfPeopleAsync(RegisterStreams streams, string slug, CancellationToken ct)
    {
        var people = await streams.KindAsync<Person>("person", ct);
        return (await OfPeopleAsync(streams, slug, people, DateTimeOffset.MaxValue, ct), people);
    }

    /// <summary>Of those people alone whom a table shows, as they were called at an instant: nobody else's name is opened.</summary>
    public static async ValueTask<NameBook> OfPeopleAsync(RegisterStreams streams, string slug, IEnumerable<PersonId> shown, DateTimeOffset at, CancellationToken ct)
    {
        var wanted = shown.Select(Person.Stream).ToHashSet();
        return await OfPeopleAsync(streams, slug, [.. (await streams.KindAsync<Person>("person", ct)).Where(p => wanted.Contains(p.Stream))], at, ct);
    }

    private static async ValueTask<NameBook> OfPeopleAsync(RegisterStreams streams, string slug, IReadOnlyList<Timeline<Person>> people, DateTimeOffset at, CancellationToken ct)
    {
        // Who is named somewhere before being registered is called as at first.
        var named = people.Select(p => (p.Stream, Name: p.Latest is Person.Erased ? null : ((p.At(at) as Person.Registered) ?? First<Person.Registered, Person>(p))?.Name)).ToList();
        var opened = await streams.OpenAsync([.. named.Select(n => n.Name).OfType<Sealed>()], ct);
        var clear = named.Where(n => n.Name is not null).Select((n, i) => (n.Stream, Text: opened[i])).ToDictionary(n => n.Stream, n => n.Text);
        return new(slug, nameof(PersonId), [.. people.Where(p => p.Version > 0).Select(p => (IdOf(p.Stream), clear.GetValueOrDefault(p.Stream)))]);
    }

    /// <summary>Of all members, as they are called now.</summary>
    public static async ValueTask<(NameBook Book, IReadOnlyList<Timeline<Member>> Members)> OfMembersAsync(RegisterStreams streams, string slug, CancellationToken ct)
    {
        var members = await streams.KindAsync<Member>("member", ct);
        return (await OfMembersAsync(streams, slug, members, DateTimeOffset.MaxValue, ct), members);
    }

    /// <summary>Of those members alone whom a table shows, as they were called at an instant.</summary>
    public static async ValueTask<NameBook> OfMembersAsync(RegisterStreams streams, string slug, IEnumerable<MemberId> shown, DateTimeOffset at, CancellationToken ct)
    {
        var wanted = shown.Select(Member.Stream).ToHashSet();
        return await OfMembersAsync(streams, slug, [.. (await streams.KindAsync<Member>("member", ct)).Where(m => wanted.Contains(m.Stream))], at, ct);
    }

    private static async ValueTask<NameBook> OfMembersAsync(RegisterStreams streams, string slug, IReadOnlyList<Timeline<Member>> members, DateTimeOffset at, CancellationToken ct)
    {
        var names = await NamesAsync(streams, [.. members.Select(m => (m.At(at).Register ?? First<Member, Member>(m)?.Register)?.Name)], ct);
        return new(slug, nameof(MemberId), [.. members.Zip(names).Where(m => m.First.Version > 0).Select(m => (IdOf(m.First.Stream), m.Second))]);
    }

    public static NameBook OfBodies(IReadOnlyList<Timeline<Body>> bodies, string slug, DateTimeOffset at) =>
        new(slug, nameof(BodyId), [.. bodies.Where(b => b.Latest.AsConstituted is not null).Select(b => (IdOf(b.Stream), (string?)(b.At(at).AsConstituted ?? b.Latest.AsConstituted!).Name))]);

    /// <summary>The people who are members themselves, by the member.</summary>
    public static IReadOnlyDictionary<MemberId, PersonId?> Individuals(IReadOnlyList<Timeline<Member>> members) =>
        members.Select(m => m.Latest.Register).OfType<RegisterEntry>().Where(r => r.Name.Individual is not null).ToDictionary(r => r.Id, r => (PersonId?)r.Name.Individual!.Person);

    private static TKnown? First<TKnown, TState>(Timeline<TState> timeline) where TKnown : class, TState where TState : class, IState<TState> =>
        timeline.Effective is [var first, ..] ? timeline.At(first.On) as TKnown : null;

    /// <summary>Names of members in clear, in their order; null of who was erased or is not there.</summary>
    public static async ValueTask<IReadOnlyList<string?>> NamesAsync(RegisterStreams streams, IReadOnlyList<MemberName?> names, CancellationToken ct)
    {
        var opened = new Queue<string?>(await streams.OpenAsync([.. names.Select(n => n?.Individual).OfType<Sealed>()], ct));
        return [.. names.Select(n => n is { Individual: not null } ? opened.Dequeue() : n?.Organisation)];
    }

    public static Guid IdOf(StreamId stream) => Guid.Parse(stream.Value[(stream.Value.IndexOf(':', StringComparison.Ordinal) + 1)..]);
}
