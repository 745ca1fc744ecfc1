using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Governance.Api.Import;

/// <summary>
/// Turns the fields of an entry into the JSON of a request, led by the request's type: words become identifiers where the type wants one, dates become
/// effective times, a text stays a text even when it looks like a number.
/// </summary>
internal sealed partial class EntryReader(HistoryFile file, DateTimeOffset now)
{
    public JsonObject Read(HistoryEntry entry, JsonTypeInfo request)
    {
        var json = new JsonObject();
        foreach (var (name, value) in entry.Fields)
            json[name] = Convert(value, request.Properties.FirstOrDefault(p => p.Name == name)?.PropertyType);
        return json;
    }

    private JsonNode? Convert(YamlNode node, Type? wanted)
    {
        var type = wanted is null ? null : Nullable.GetUnderlyingType(wanted) ?? wanted;
        return node switch
        {
            YamlMappingNode map => Object(map, type),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(item => Convert(item, ElementOf(type)))]),
            YamlScalarNode scalar => Scalar(scalar, type),
            _ => null,
        };
    }

    private JsonObject Object(YamlMappingNode map, Type? type)
    {
        var info = type is null ? null : EventCatalogue.Json.GetTypeInfo(type);
        var json = new JsonObject();
        // A discriminator has to stand first to be read.
        var discriminator = info?.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        var variant = discriminator is null
            ? info
            : info!.PolymorphismOptions!.DerivedTypes
                .Where(d => Equals(d.TypeDiscriminator, HistoryFile.Text(map.Children.FirstOrDefault(c => HistoryFile.Text(c.Key) == discriminator).Value)))
                .Select(d => EventCatalogue.Json.GetTypeInfo(d.DerivedType))
                .FirstOrDefault();
        foreach (var (name, value) in map.Children.OrderBy(c => HistoryFile.Text(c.Key) == discriminator ? 0 : 1))
        {
            var field = HistoryFile.Text(name) ?? "";
            json[field] = Convert(value, field == discriminator ? typeof(string) : variant?.Properties.FirstOrDefault(p => p.Name == field)?.PropertyType ?? ElementOf(type));
        }

        return json;
    }

    private JsonNode? Scalar(YamlScalarNode scalar, Type? type)
    {
        var text = scalar.Value ?? "";
        var plain = scalar.Style == ScalarStyle.Plain;
        if (plain && text is "" or "~" or "null")
            return null;
        text = Moment(text);
        // A text that is to be an identifier says of what: « !workstream outils », « !person p07 ».
        if (scalar.Tag is { IsEmpty: false } tag && Tagged.TryGetValue(tag.Value, out var of))
            return Guid.TryParse(text, out _) ? text : KeyedIdentifiers.Derive(file.Association, of, text).ToString("D");
        if (type == typeof(EventId) && OfEntry(text) is { } happened)
            return happened;
        if (type == typeof(StreamId))
            return Stream(text);
        if (type is not null && IsIdentifier(type))
            return Guid.TryParse(text, out _) ? text : KeyedIdentifiers.Derive(file.Association, type.Name, text).ToString("D");
        if (type == typeof(EffectiveTime) && EffectiveTime.TryParse(text, file.Zone, out var time))
            return System.Text.Json.JsonSerializer.SerializeToNode(time, EventCatalogue.Json);
        if (type == typeof(DateTimeOffset) && EffectiveTime.TryParse(text, file.Zone, out time))
            return Instants.Write(time.Instant);
        if (type == typeof(bool) || (type is null && plain))
        {
            if (text is "true" or "false")
                return text == "true";
        }

        if (type == typeof(int) || type == typeof(long) || (type is null && plain))
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return number;
        }

        return text;
    }

    // « now » and « now+14d » let a sample have a ballot that is open on the day it is loaded.
    private string Moment(string text) =>
        RelativeMoment().Match(text) is { Success: true } match
            ? Instants.Write(now.AddDays(match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0))
            : text;

    private static readonly Dictionary<string, string> Tagged = new(StringComparer.Ordinal)
    {
        ["!workstream"] = nameof(WorkstreamId),
        ["!person"] = nameof(PersonId),
    };

    // « conseil-2023 »: the first event that the entry of this name records; « conseil-2023#2 »: the second.
    private string? OfEntry(string text)
    {
        var (name, nth) = text.Split('#') is [var entry, var place] && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? (entry, number)
            : (text, 1);
        return file.Entries.FirstOrDefault(e => e.Name == name)?.Ids(file.Association).New(CommandRunner.EventName(nth - 1)).ToString("D");
    }

    // « ballot:vote-formations »: the stream of a thing by its word.
    private string Stream(string text) =>
        text.Split(':', 2) is [var kind, var words] && OfStreams.TryGetValue(kind, out var of) && !Guid.TryParse(words, out _)
            ? $"{kind}:{KeyedIdentifiers.Derive(file.Association, of, words):D}"
            : text;

    private static readonly Dictionary<string, string> OfStreams = new(StringComparer.Ordinal)
    {
        ["ballot"] = nameof(BallotId),
        ["body"] = nameof(BodyId),
        ["contribution"] = nameof(ContributionId),
        ["convention"] = nameof(ConventionId),
        ["gathering"] = nameof(GatheringId),
        ["election"] = nameof(ElectionId),
        ["member"] = nameof(MemberId),
        ["person"] = nameof(PersonId),
        ["roadmap"] = nameof(RoadmapId),
        ["shared-tool"] = nameof(SharedToolId),
        ["working-group"] = nameof(WorkingGroupId),
        ["workstream"] = nameof(WorkstreamId),
    };

    private static Type? ElementOf(Type? type) => type is null || type == typeof(string) ? null : EventCatalogue.Json.GetTypeInfo(type).ElementType;

    private static bool IsIdentifier(Type type) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IIdentifier<>));

    [GeneratedRegex(@"^now(?:([+-]\d{1,4})d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex RelativeMoment();
}
