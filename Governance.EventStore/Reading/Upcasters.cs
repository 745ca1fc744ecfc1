using System.Text;
using System.Text.Json.Nodes;

namespace Governance.EventStore;

/// <summary>
/// Brings events of older shapes to the present one when they are read; what is stored never changes.
/// Steps of one type are applied in the order in which they were added; a step must leave data of a newer shape as it is.
/// </summary>
public sealed class Upcasters
{
    private readonly Dictionary<string, List<Func<JsonObject, JsonObject>>> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);

    /// <summary>No transformation at all.</summary>
    public static Upcasters None { get; } = new();

    /// <summary>Adds a transformation of the data of a stored type (named as stored, before any renaming).</summary>
    public Upcasters Add(string type, Func<JsonObject, JsonObject> step)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentNullException.ThrowIfNull(step);
        if (!_steps.TryGetValue(type, out var steps))
            _steps[type] = steps = [];
        steps.Add(step);
        return this;
    }

    /// <summary>Says that a stored type is now known by another name.</summary>
    public Upcasters Rename(string type, string now)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentException.ThrowIfNullOrEmpty(now);
        _renamed.Add(type, now);
        return this;
    }

    /// <summary>Every name under which events of a type are stored.</summary>
    internal string[] StoredAs(string type) => [type, .. _renamed.Where(renamed => renamed.Value == type).Select(renamed => renamed.Key)];

    internal IReadOnlyList<StoredEvent> Apply(IReadOnlyList<StoredEvent> events)
    {
        if (_steps.Count == 0 && _renamed.Count == 0)
            return events;
        var present = new StoredEvent[events.Count];
        for (var i = 0; i < present.Length; i++)
        {
            var (type, data) = Apply(events[i].Type, events[i].Data);
            present[i] = events[i] with { Type = type, Data = data };
        }

        return present;
    }

    internal (string Type, ReadOnlyMemory<byte> Data) Apply(string type, ReadOnlyMemory<byte> data)
    {
        if (_steps.TryGetValue(type, out var steps))
        {
            var json = JsonNode.Parse(data.Span) as JsonObject
                ?? throw new InvalidDataException($"The stored data of an event of type {type} is not a JSON object.");
            foreach (var step in steps)
                json = step(json);
            data = Encoding.UTF8.GetBytes(json.ToJsonString());
        }

        return (_renamed.GetValueOrDefault(type, type), data);
    }
}
