using System.Globalization;
using System.Resources;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel.Http;
using Governance.Api.Statutes;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.Voting;

namespace Governance.Api.History;

/// <summary>
/// An event told in words. The sentence of each stored name stands in Sentences.resx: <c>{field.field}</c> is a field of the event as a reader
/// wants it (a name, a date, a word), <c>{subject}</c> the thing whose stream it is; <c>[…]</c> is left out when a field in it is not there;
/// <c>[?field …]</c>, <c>[?!field …]</c> and <c>[?field&amp;field …]</c> stand when a field is true or there, or is not, or both are.
/// </summary>
public static class EventSentence
{
    public const string SubjectField = "subject";

    // A roll of many thousand can differ: whoever wants them all reads the event.
    private const int MostListed = 20;

    private static readonly ResourceManager Texts = new("Governance.Api.History.Sentences", typeof(EventSentence).Assembly);

    /// <summary>The sentence of a kind of event as it is written, in one language; null when there is none.</summary>
    public static string? Template(string kind, CultureInfo culture) => Texts.GetString(kind, culture);

    /// <summary>A kind of event by itself: its sentence with a gap for each thing that it names, what is not always said left out.</summary>
    public static string Name(string kind) => Template(kind, CultureInfo.CurrentUICulture) is not { } template ? kind : Typography.Spaced(string.Concat(
        Parse(template).Where(part => !part.IsOptional).SelectMany(part => part.Tokens).Select(token => token.IsField ? "…" : token.Text)));

    /// <summary>The fields that a sentence names, conditions included.</summary>
    public static IEnumerable<string> Fields(string template) => Parse(template).SelectMany(part => part.Fields).Distinct(StringComparer.Ordinal);

    /// <summary>The type of a field of an event; null when the event has none by that name.</summary>
    public static Type? TypeOf(Type @event, string field)
    {
        var type = @event;
        foreach (var name in field.Split('.'))
        {
            var info = EventCatalogue.Json.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
            if (info.Kind != JsonTypeInfoKind.Object || info.Properties.FirstOrDefault(p => p.Name == name) is not { } property)
                return null;
            type = property.PropertyType;
        }

        return type;
    }

    /// <param name="data">The event's own fields, without what is not to be told yet.</param>
    public static IReadOnlyList<Piece> Tell(string kind, JsonElement data, string stream, EventNames names, AssociationEntry association)
    {
        var template = Template(kind, CultureInfo.CurrentUICulture);
        if (template is null || !EventCatalogue.All.Types.TryGetValue(kind, out var type))
            return [new Piece(kind)];
        var pieces = new List<Piece>();
        foreach (var part in Parse(template))
        {
            if (!part.Conditions.All(condition => Holds(condition, data)))
                continue;
            var told = new List<Piece>();
            var complete = true;
            foreach (var token in part.Tokens)
            {
                IReadOnlyList<Piece> said = !token.IsField ? [new Piece(token.Text)]
                    : token.Text == SubjectField ? [names.Subject(stream)]
                    : token.Text.EndsWith("Cents", StringComparison.Ordinal) ? Money(At(data, token.Text))
                    // Of a rule that the statutes do not set, the article is a word of the record's own.
                    : token.Text.EndsWith(".article", StringComparison.Ordinal) && At(data, token.Text) is { ValueKind: JsonValueKind.String } article ? [new Piece(Kernel.Wording.Article(article.GetString()!))]
                    : Value(TypeOf(type, token.Text), At(data, token.Text), names, association);
                complete &= said.Count > 0;
                told.AddRange(said);
            }

            if (complete || !part.IsOptional)
                pieces.AddRange(told);
        }

        return Spaced(pieces);
    }

    private static IReadOnlyList<Piece> Value(Type? declared, JsonElement? json, EventNames names, AssociationEntry association)
    {
        if (declared is null || json is not { ValueKind: not JsonValueKind.Null } value)
            return [];
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        // Sealed texts are not in what is told here: their person's name is.
        if (type == typeof(Sealed))
            return value.TryGetProperty("person", out var person) ? Named(person, names) : [];
        if (type == typeof(MemberName))
        {
            return value.TryGetProperty("organisation", out var organisation) && organisation.ValueKind == JsonValueKind.String
                ? [new Piece(organisation.GetString()!)]
                : value.TryGetProperty("individual", out var individual) ? Value(typeof(Sealed), individual, names, association) : [];
        }

        if (type == typeof(Elector))
            return Named(value.GetProperty("mandate"), names);
        if (type == typeof(DecisionReference))
            return Named(value.GetProperty("ballot"), names);
        if (type == typeof(EventId))
            return [new Piece(HistoryWording.Say("Event"), $"/{association.Slug}/events/{value.GetString()}")];
        if (type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IIdentifier<>)))
            return Named(value, names);
        if (EventCatalogue.Json.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element })
            return Listed([.. value.EnumerateArray().Take(MostListed).Select(item => Value(element, item, names, association)), .. value.GetArrayLength() > MostListed ? [[new Piece("…")]] : Array.Empty<IReadOnlyList<Piece>>()]);
        return value.Deserialize(type, EventCatalogue.Json) switch
        {
            string text => [Guid.TryParseExact(text, "D", out var key) && names.Of(key) is { } named ? named : new Piece(text)],
            bool yes => [new Piece(HistoryWording.Say(yes ? "Yes" : "No"))],
            // A year is no count.
            int number => [new Piece(number is >= 1900 and < 2200 ? number.ToString(CultureInfo.InvariantCulture) : CountWording.Number(number))],
            long number => [new Piece(CountWording.Number(number))],
            Enum word => [new Piece(RuleWording.Name(word))],
            DateOnly day => [new Piece(DateWording.Full(day))],
            EffectiveTime time => [new Piece(HistoryWording.When(time, association.Zone))],
            Rule rule => [new Piece(RuleWording.Sentence(rule.Content))],
            { } other => [new Piece(other.ToString()!)],
            null => [],
        };
    }

    // Whole cents carry their unit in their name.
    private static IReadOnlyList<Piece> Money(JsonElement? json) =>
        json is { ValueKind: JsonValueKind.Number } cents ? [new Piece(MoneyWording.Euros(cents.GetInt64()))] : [];

    private static IReadOnlyList<Piece> Named(JsonElement id, EventNames names) =>
        id.TryGetGuid(out var key) ? [names.Of(key) ?? new Piece(HistoryWording.Say("Subject.unknown"))] : [];

    private static IReadOnlyList<Piece> Listed(IReadOnlyList<IReadOnlyList<Piece>> items)
    {
        var told = new List<Piece>();
        foreach (var item in items.Where(item => item.Count > 0))
        {
            if (told.Count > 0)
                told.Add(new Piece(", "));
            told.AddRange(item);
        }

        return told;
    }

    private static bool Holds(string condition, JsonElement data)
    {
        var wanted = condition[0] != '!';
        return wanted == (At(data, wanted ? condition : condition[1..]) is { ValueKind: not (JsonValueKind.Null or JsonValueKind.False) });
    }

    private static JsonElement? At(JsonElement data, string field)
    {
        var at = data;
        foreach (var name in field.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                return null;
        }

        return at;
    }

    private static IReadOnlyList<Piece> Spaced(IEnumerable<Piece> pieces)
    {
        var joined = new List<Piece>();
        foreach (var piece in pieces.Where(p => p.Text.Length > 0))
        {
            if (piece.Href is null && joined is [.., { Href: null } last])
                joined[^1] = new Piece(last.Text + piece.Text);
            else
                joined.Add(piece);
        }

        return [.. joined.Select(piece => piece with { Text = Typography.Spaced(piece.Text) })];
    }

    private sealed record Token(string Text, bool IsField);

    private sealed record Part(bool IsOptional, IReadOnlyList<string> Conditions, IReadOnlyList<Token> Tokens)
    {
        public IEnumerable<string> Fields => Tokens.Where(t => t.IsField).Select(t => t.Text).Concat(Conditions.Select(c => c.TrimStart('!')));
    }

    private static IEnumerable<Part> Parse(string template)
    {
        var rest = template;
        while (rest.Length > 0)
        {
            var opening = rest.IndexOf('[', StringComparison.Ordinal);
            if (opening != 0)
            {
                yield return new Part(false, [], Tokens(opening < 0 ? rest : rest[..opening]));
                rest = opening < 0 ? "" : rest[opening..];
                continue;
            }

            var closing = rest.IndexOf(']', StringComparison.Ordinal);
            var inside = closing < 0 ? throw new FormatException($"A bracket is not closed in: {template}") : rest[1..closing];
            rest = rest[(closing + 1)..];
            IReadOnlyList<string> conditions = [];
            if (inside.StartsWith('?'))
            {
                var end = inside.IndexOf(' ', StringComparison.Ordinal);
                conditions = inside[1..end].Split('&');
                inside = inside[(end + 1)..];
            }

            yield return new Part(true, conditions, Tokens(inside));
        }
    }

    private static List<Token> Tokens(string text)
    {
        var tokens = new List<Token>();
        while (text.Length > 0)
        {
            var opening = text.IndexOf('{', StringComparison.Ordinal);
            var closing = text.IndexOf('}', StringComparison.Ordinal);
            if (opening < 0)
            {
                tokens.Add(new(text, false));
                break;
            }

            if (opening > 0)
                tokens.Add(new(text[..opening], false));
            tokens.Add(new(text[(opening + 1)..closing], true));
            text = text[(closing + 1)..];
        }

        return tokens;
    }
}
