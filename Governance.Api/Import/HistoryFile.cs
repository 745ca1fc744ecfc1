using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Associations;
using Governance.Domain.Kernel;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Governance.Api.Import;

/// <summary>Why something in the file cannot be imported.</summary>
/// <param name="Line">From 1.</param>
public sealed record ImportFault(int Line, string Sentence);

/// <summary>One dated command of a history, not yet read as a request.</summary>
/// <param name="Line">Where it starts in the file, from 1.</param>
/// <param name="On">From when it holds; null for <c>now</c>.</param>
/// <param name="Fields">The request's own fields.</param>
/// <param name="Key">The same for the same entry of the same file, however often it is imported.</param>
/// <param name="Name">What other entries call the event that this one records first; null when none needs to.</param>
public sealed record HistoryEntry(
    int Line,
    string Command,
    EffectiveTime? On,
    string? Source,
    bool Illustrative,
    IReadOnlyList<(string Name, YamlNode Value)> Fields,
    string Key,
    string? Name = null)
{
    /// <summary>Makes the identifiers of this entry: the same in every import.</summary>
    public IdSource Ids(string association) => IdSource.Derived(association, Key, On?.Instant ?? DateTimeOffset.UnixEpoch);
}

/// <summary>
/// The history of an association as dated commands, in YAML: <c>association</c> (its short name in addresses), <c>time-zone</c>, <c>sources</c> and
/// <c>history</c>, a list of entries that each name a <c>command</c>, the time <c>on</c> which it holds, and the command's fields.
/// </summary>
public sealed record HistoryFile(string Association, TimeZoneInfo Zone, IReadOnlyList<HistoryEntry> Entries, IReadOnlyList<ImportFault> Faults)
{
    private static readonly string[] Known = ["association", "time-zone", "sources", "history"];

    /// <summary>Reads a file; what cannot be read is among <see cref="Faults"/>, with its line.</summary>
    public static HistoryFile Read(TextReader text)
    {
        var faults = new List<ImportFault>();
        var (documents, unreadable) = PlainYaml.Read(text);
        if (unreadable is not null)
            return Unreadable(unreadable);
        if (documents is not [{ RootNode: YamlMappingNode root }])
            return Unreadable(new ImportFault(1, ImportWording.Say("not-a-history", string.Join(", ", Known))));

        foreach (var (name, _) in root.Children)
            if (!Known.Contains(Text(name)))
                faults.Add(new ImportFault(LineOf(name), ImportWording.Say("unknown-heading", Text(name) ?? "", string.Join(", ", Known))));

        var association = Text(Child(root, "association"));
        if (string.IsNullOrWhiteSpace(association))
            faults.Add(new ImportFault(LineOf(root), ImportWording.Say("no-association")));
        var zoneName = Text(Child(root, "time-zone")) ?? "Europe/Paris";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out var zone))
        {
            faults.Add(new ImportFault(LineOf(Child(root, "time-zone") ?? root), ImportWording.Say("unknown-zone", zoneName)));
            zone = TimeZoneInfo.Utc;
        }

        var sources = Child(root, "sources") is YamlMappingNode named
            ? named.Children.ToDictionary(pair => Text(pair.Key) ?? "", pair => Text(pair.Value) ?? "")
            : [];
        if (Child(root, "history") is not YamlSequenceNode history)
            return new(association ?? "", zone, [], [.. faults, new ImportFault(LineOf(root), ImportWording.Say("no-history"))]);

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var entries = new List<HistoryEntry>(history.Children.Count);
        foreach (var node in history.Children)
        {
            if (Entry(node, zone, sources, seen, faults) is { } entry)
            {
                entries.Add(entry);
            }
            else if (node is YamlMappingNode unread && Text(Child(unread, "command")) == nameof(FoundAssociation))
            {
                // What follows would be recorded for an association that does not exist.
                faults.Add(new ImportFault(LineOf(node), ImportWording.Say("not-founded")));
                break;
            }
        }

        return new(association ?? "", zone, entries, faults);
    }

    /// <summary>The short name of the association that a history is of, read no further than it stands.</summary>
    /// <returns>The name; empty when the text has none.</returns>
    public static string AssociationOf(TextReader text)
    {
        try
        {
            var parser = new Parser(text);
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _) || !parser.TryConsume<MappingStart>(out _))
                return "";
            while (parser.TryConsume<Scalar>(out var name))
            {
                if (name.Value == "association")
                    return parser.TryConsume<Scalar>(out var association) ? association.Value : "";
                parser.SkipThisAndNestedEvents();
            }
        }
        catch (YamlException)
        {
            // Whoever reads the file whole says what is wrong with it.
        }

        return "";
    }

    private static HistoryEntry? Entry(
        YamlNode node, TimeZoneInfo zone, Dictionary<string, string> sources, Dictionary<string, int> seen, List<ImportFault> faults)
    {
        if (node is not YamlMappingNode entry || Text(Child(entry, "command")) is not { Length: > 0 } command)
        {
            faults.Add(new ImportFault(LineOf(node), ImportWording.Say("no-command")));
            return null;
        }

        EffectiveTime? on = null;
        var dated = Text(Child(entry, "on"));
        if (dated != "now")
        {
            if (!EffectiveTime.TryParse(dated, zone, out var time))
            {
                faults.Add(new ImportFault(LineOf(Child(entry, "on") ?? node), ImportWording.Say("not-a-date", dated ?? "")));
                return null;
            }

            on = time;
        }

        string? source = null;
        if (Text(Child(entry, "source")) is { } cited && !sources.TryGetValue(cited, out source))
        {
            faults.Add(new ImportFault(LineOf(Child(entry, "source")!), ImportWording.Say("unknown-source", cited)));
            return null;
        }

        var fields = entry.Children
            .Select(pair => (Name: Text(pair.Key) ?? "", pair.Value))
            .Where(field => field.Name is not ("command" or "on" or "source" or "illustrative" or "entry"))
            .ToList();
        return new(LineOf(node), command, on, source, Text(Child(entry, "illustrative")) == "true", fields, KeyOf(entry, seen), Text(Child(entry, "entry")));
    }

    // The entry's own words make its key, and a count tells two that say the same apart: a file that was mended and is imported again goes on where it stopped.
    private static string KeyOf(YamlMappingNode entry, Dictionary<string, int> seen)
    {
        var words = new StringBuilder();
        Spell(entry, words);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words.ToString())));
        var nth = seen[hash] = seen.GetValueOrDefault(hash) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"import:{hash}:{nth}");
    }

    private static void Spell(YamlNode node, StringBuilder words)
    {
        switch (node)
        {
            case YamlMappingNode map:
                words.Append('{');
                foreach (var (name, value) in map.Children)
                {
                    Spell(name, words);
                    Spell(value, words);
                }

                words.Append('}');
                break;
            case YamlSequenceNode list:
                words.Append('[');
                foreach (var item in list.Children)
                    Spell(item, words);
                words.Append(']');
                break;
            default:
                var text = Text(node) ?? "";
                words.Append(text.Length).Append(':').Append(text);
                break;
        }
    }

    internal static string? Text(YamlNode? node) => (node as YamlScalarNode)?.Value;

    internal static int LineOf(YamlNode node) => (int)node.Start.Line;

    private static YamlNode? Child(YamlMappingNode map, string name) => map.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;

    private static HistoryFile Unreadable(ImportFault fault) => new("", TimeZoneInfo.Utc, [], [fault]);
}
