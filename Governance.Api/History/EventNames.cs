using Governance.Api.Kernel.Http;
using Governance.Api.Statutes;
using Governance.Domain.Kernel;
using Governance.EventStore.Vault;
using Governance.Projections;
using Governance.Projections.Runtime;
using Known = Governance.Projections.People;

namespace Governance.Api.History;

/// <summary>A piece of a sentence.</summary>
/// <param name="Href">The page of what it names.</param>
public sealed record Piece(string Text, string? Href = null);

/// <summary>What identifiers are called at one moment, read in one go; names of people are opened here, for showing only.</summary>
public sealed class EventNames
{
    private readonly string _slug;
    private readonly IReadOnlyDictionary<Guid, Names.Named> _things;
    private readonly IReadOnlyDictionary<Guid, Known.Entry> _people;
    private readonly IReadOnlyDictionary<Guid, string?> _opened;

    private EventNames(
        string slug, IReadOnlyDictionary<Guid, Names.Named> things, IReadOnlyDictionary<Guid, Known.Entry> people, IReadOnlyDictionary<Guid, string?> opened) =>
        (_slug, _things, _people, _opened) = (slug, things, people, opened);

    public static async ValueTask<EventNames> ReadAsync(
        ReadView view, AssociationEntry association, PersonVault vault, IEnumerable<Guid> keys, CancellationToken ct)
    {
        var asked = keys.ToHashSet();
        var things = new Dictionary<Guid, Names.Named>(await Names.ManyAsync(view, asked, ct));
        // A mandate is called by its holder and its body.
        var bodies = things.Values.Where(t => t.Body is not null).Select(t => t.Body!.Value.Value).Where(body => !things.ContainsKey(body)).ToList();
        if (bodies.Count > 0)
        {
            foreach (var (key, body) in await Names.ManyAsync(view, bodies, ct))
                things.TryAdd(key, body);
        }

        var people = await Known.ManyAsync(view, asked.Concat(things.Values.Where(t => t.Person is not null).Select(t => t.Person!.Value.Value)), ct);
        var known = people.Values.Where(p => p.Name is not null).ToList();
        var opened = await vault.OpenAsync(association.Id.ToString(), [.. known.Select(p => (p.Person.Value, p.Name!.Ciphertext))], ct);
        return new(association.Slug, things, people, known.Select((p, at) => (p.Key, Text: opened[at])).ToDictionary(p => p.Key, p => p.Text));
    }

    /// <summary>Whose names were opened.</summary>
    public IEnumerable<PersonId> Opened => _people.Values.Where(person => _opened.GetValueOrDefault(person.Key) is not null).Select(person => person.Person);

    /// <summary>What an identifier stands for, with its page; null when nothing by it is known.</summary>
    public Piece? Of(Guid key)
    {
        if (_things.TryGetValue(key, out var thing))
        {
            return thing switch
            {
                { Kind: "mandate", Person: { } holder } => Mandate(thing, holder),
                { Text: null } => Person(key) is { } individual ? individual with { Href = HrefOf(thing.Kind, key) } : null,
                _ => new Piece(thing.Text, HrefOf(thing.Kind, key)),
            };
        }

        return Person(key);
    }

    /// <summary>The thing whose stream it is.</summary>
    public Piece Subject(string stream)
    {
        var parts = stream.Split(':');
        return parts switch
        {
            ["association"] => new Piece(HistoryWording.Say("Subject.association"), $"/{_slug}"),
            ["statutes"] => new Piece(HistoryWording.Say("Subject.statutes"), $"/{_slug}/statutes"),
            ["bodies"] => new Piece(HistoryWording.Say("Subject.bodies"), $"/{_slug}/colleges"),
            ["elections"] => new Piece(HistoryWording.Say("Subject.elections"), $"/{_slug}/elections"),
            ["gatherings"] => new Piece(HistoryWording.Say("Subject.gatherings"), $"/{_slug}/gatherings"),
            ["dues-campaigns"] => new Piece(HistoryWording.Say("Subject.dues-campaigns"), $"/{_slug}/dues"),
            ["chronicle"] => new Piece(HistoryWording.Say("Subject.chronicle")),
            ["member-name", var name] => new Piece(name),
            // The documents of a thing are told of as the thing's.
            ["folder", "association", ..] => Subject("association"),
            ["folder", .. var thing] => Subject(string.Join(':', thing)),
            [_, var id, ..] when Guid.TryParseExact(id, "D", out var key) => Of(key) ?? new Piece(HistoryWording.Say("Subject.unknown")),
            _ => new Piece(stream),
        };
    }

    private Piece Mandate(Names.Named mandate, PersonId holder)
    {
        var office = mandate.Office is { } held ? RuleWording.Name(held) : null;
        var body = mandate.Body is { } id ? _things.GetValueOrDefault(id.Value)?.Text : null;
        var quality = string.Join(", ", new[] { office, body }.Where(part => part is not null));
        var person = Person(holder.Value) ?? new Piece(HistoryWording.Say("Person.unknown"));
        return person with { Text = quality.Length == 0 ? person.Text : $"{person.Text} ({quality})" };
    }

    private Piece? Person(Guid key) => _people.TryGetValue(key, out var person)
        ? new Piece(
            _opened.GetValueOrDefault(key) ?? HistoryWording.Say(person.Erased ? "Person.erased" : "Person.unknown"),
            $"/{_slug}/people/{person.Person}")
        : null;

    private string HrefOf(string kind, Guid key) => kind switch
    {
        "association" => $"/{_slug}",
        "member" => $"/{_slug}/members/{key:D}",
        "statutes" => $"/{_slug}/statutes/{key:D}",
        "ballot" => $"/{_slug}/ballots/{key:D}",
        "election" => $"/{_slug}/elections/{key:D}",
        "meeting" => $"/{_slug}/meetings/{key:D}",
        "workstream" => $"/{_slug}/workstreams/{key:D}",
        "roadmap" => $"/{_slug}/roadmap",
        "contribution" => $"/{_slug}/contributions/{key:D}",
        "convention" => $"/{_slug}/conventions/{key:D}",
        "document" => $"/{_slug}/documents/{key:D}",
        "dues-campaign" => $"/{_slug}/dues/{key:D}",
        _ => $"/{_slug}/history?touching={key:D}",
    };
}
