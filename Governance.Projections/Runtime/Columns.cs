using System.Text.Json;
using Governance.Domain.Kernel;

namespace Governance.Projections.Runtime;

/// <summary>A column of a read model: its name and type in the table, and how a row fills it.</summary>
/// <param name="Type">PostgreSQL type with its constraints, such as <c>text not null</c>.</param>
public sealed record Column<TRow>(string Name, string Type, Action<RowWriter, TRow> Write);

/// <summary>The columns of a read model beside those that all have (tenant, key, effective, recorded), in order.</summary>
public sealed class Columns<TRow>
{
    private readonly List<Column<TRow>> _all = [];

    public IReadOnlyList<Column<TRow>> All => _all;

    public Columns<TRow> Text(string name, Func<TRow, string?> value, bool optional = false) => Add(name, "text", optional, (w, row) => w.Text(value(row)));

    public Columns<TRow> Uuid(string name, Func<TRow, Guid?> value, bool optional = false) => Add(name, "uuid", optional, (w, row) => w.Uuid(value(row)));

    public Columns<TRow> Uuids(string name, Func<TRow, IReadOnlyCollection<Guid>> values) => Add(name, "uuid[]", false, (w, row) => w.Uuids(values(row)));

    public Columns<TRow> Bool(string name, Func<TRow, bool?> value, bool optional = false) => Add(name, "boolean", optional, (w, row) => w.Bool(value(row)));

    public Columns<TRow> Int32(string name, Func<TRow, int?> value, bool optional = false) => Add(name, "int4", optional, (w, row) => w.Int32(value(row)));

    public Columns<TRow> Int64(string name, Func<TRow, long?> value, bool optional = false) => Add(name, "int8", optional, (w, row) => w.Int64(value(row)));

    public Columns<TRow> Date(string name, Func<TRow, DateOnly?> value, bool optional = false) => Add(name, "date", optional, (w, row) => w.Date(value(row)));

    public Columns<TRow> Instant(string name, Func<TRow, DateTimeOffset?> value, bool optional = false) => Add(name, "timestamptz", optional, (w, row) => w.Instant(value(row)));

    /// <summary>An effective time in two columns: <c>name</c> and <c>name_precision</c>.</summary>
    public Columns<TRow> Time(string name, Func<TRow, EffectiveTime?> value, bool optional = false) =>
        Instant(name, row => value(row)?.Instant, optional).Choice(name + "_precision", row => value(row)?.Precision, optional);

    /// <summary>One of an enum, in kebab case as in events; read back with <see cref="Reading.Choice{TEnum}"/>.</summary>
    public Columns<TRow> Choice<TEnum>(string name, Func<TRow, TEnum?> value, bool optional = false)
        where TEnum : struct, Enum =>
        Add(name, "text", optional, (w, row) => w.Text(value(row) is { } known ? Choices<TEnum>.Name(known) : null));

    /// <summary>An exact fraction as text, such as <c>2/3</c>.</summary>
    public Columns<TRow> Fraction(string name, Func<TRow, Fraction?> value, bool optional = false) => Add(name, "text", optional, (w, row) => w.Text(value(row)?.ToString()));

    /// <summary>UTF-8 JSON as it is.</summary>
    public Columns<TRow> RawJson(string name, Func<TRow, ReadOnlyMemory<byte>> value) => Add(name, "jsonb", false, (w, row) => w.Jsonb(value(row)));

    /// <summary>A value kept whole as JSON, in the form that events have.</summary>
    public Columns<TRow> Json<TValue>(string name, Func<TRow, TValue?> value, bool optional = false)
        where TValue : class =>
        Add(name, "jsonb", optional, (w, row) => w.Jsonb(value(row) is { } known ? JsonSerializer.SerializeToUtf8Bytes(known, EventCatalogue.Json).AsMemory() : default(ReadOnlyMemory<byte>?)));

    private Columns<TRow> Add(string name, string type, bool optional, Action<RowWriter, TRow> write)
    {
        _all.Add(new(name, optional ? type : type + " not null", write));
        return this;
    }
}

/// <summary>The stored names of an enum, kebab case.</summary>
internal static class Choices<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> Names = Enum.GetValues<TEnum>()
        .ToDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

    private static readonly Dictionary<string, TEnum> Values = Names.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string Name(TEnum value) => Names[value];

    public static TEnum Value(string name) => Values[name];
}
