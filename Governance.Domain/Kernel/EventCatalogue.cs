using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Governance.Domain.Kernel;

/// <summary>
/// Every event there is, under the name that it is stored by. Names and shapes are a contract: a stored event is read for
/// ever. Names are Marten's (<c>member_admitted</c> for <c>MemberAdmitted</c>).
/// </summary>
public sealed partial class EventCatalogue
{
    private readonly Dictionary<string, Type> _types;
    private readonly Dictionary<Type, string> _names;
    private static readonly ConcurrentDictionary<Type, string> DotnetNames = new();

    public EventCatalogue(params IEnumerable<Type> types)
    {
        _types = types.ToDictionary(NameOf);
        _names = _types.ToDictionary(pair => pair.Value, pair => pair.Key);
    }

    /// <summary>camelCase; identifiers, fractions and dates as strings; numbers are integers only, money in whole cents.</summary>
    public static JsonSerializerOptions Json { get; } = CreateJson();

    public IReadOnlyCollection<string> Names => _types.Keys;

    public IReadOnlyDictionary<string, Type> Types => _types;

    /// <summary>The stored name of an event in the catalogue.</summary>
    public string Name(IEvent @event) => _names[@event.GetType()];

    /// <summary>"Namespace.Type, Assembly", as Marten keeps it beside the name.</summary>
    public static string DotnetName(IEvent @event) =>
        DotnetNames.GetOrAdd(@event.GetType(), static type => $"{type.FullName}, {type.Assembly.GetName().Name}");

    public byte[] Write(IEvent @event) => JsonSerializer.SerializeToUtf8Bytes(@event, @event.GetType(), Json);

    /// <exception cref="JsonException">The stored form is not one of this event.</exception>
    /// <exception cref="KeyNotFoundException">No event has this name.</exception>
    public IEvent Read(string name, ReadOnlySpan<byte> json) =>
        _types.TryGetValue(name, out var type)
            ? (IEvent)(JsonSerializer.Deserialize(json, type, Json) ?? throw new JsonException($"The event {name} is stored as null."))
            : throw new KeyNotFoundException($"No event is called {name}.");

    public static string NameOf(Type type)
    {
        var name = new StringBuilder();
        foreach (var letter in type.Name)
        {
            if (char.IsUpper(letter) && name.Length > 0)
                name.Append('_');
            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            AllowDuplicateProperties = false,
            // PostgreSQL orders the keys of what it stores by length: what tells shapes apart need not come first.
            AllowOutOfOrderMetadataProperties = true,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        };
        AddConverters(options.Converters);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>The forms of the domain's own types in JSON; the interface uses the same.</summary>
    public static void AddConverters(IList<JsonConverter> converters)
    {
        converters.Add(new IdentifierJson<AssociationId>());
        converters.Add(new IdentifierJson<StatutesVersionId>());
        converters.Add(new IdentifierJson<MemberId>());
        converters.Add(new IdentifierJson<PersonId>());
        converters.Add(new IdentifierJson<BodyId>());
        converters.Add(new IdentifierJson<MandateId>());
        converters.Add(new IdentifierJson<RoadmapId>());
        converters.Add(new IdentifierJson<WorkstreamId>());
        converters.Add(new IdentifierJson<MilestoneId>());
        converters.Add(new IdentifierJson<ExpenseId>());
        converters.Add(new IdentifierJson<BallotId>());
        converters.Add(new IdentifierJson<ElectionId>());
        converters.Add(new IdentifierJson<MeetingId>());
        converters.Add(new IdentifierJson<AgendaItemId>());
        converters.Add(new IdentifierJson<ResolutionId>());
        converters.Add(new IdentifierJson<WorkingGroupId>());
        converters.Add(new IdentifierJson<SharedToolId>());
        converters.Add(new IdentifierJson<GatheringId>());
        converters.Add(new IdentifierJson<SessionId>());
        converters.Add(new IdentifierJson<RegistrationId>());
        converters.Add(new IdentifierJson<FollowUpId>());
        converters.Add(new IdentifierJson<DocumentId>());
        converters.Add(new IdentifierJson<ConventionId>());
        converters.Add(new IdentifierJson<AmendmentId>());
        converters.Add(new IdentifierJson<ObjectiveId>());
        converters.Add(new IdentifierJson<IndicatorId>());
        converters.Add(new IdentifierJson<TrancheId>());
        converters.Add(new IdentifierJson<DeliveryId>());
        converters.Add(new IdentifierJson<ContributionCallId>());
        converters.Add(new IdentifierJson<ContributionId>());
        converters.Add(new IdentifierJson<DuesCampaignId>());
        converters.Add(new IdentifierJson<EventId>());
        converters.Add(new FractionJson());
        converters.Add(new StreamIdJson());
        converters.Add(new EffectiveTimeJson());
        converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }
}
