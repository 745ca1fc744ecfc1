using System.Text.Json;
using Governance.Domain.Kernel;
using Npgsql;

namespace Governance.Projections.Runtime;

/// <summary>Columns of an answer, by place from 0, in the domain's own types.</summary>
public static class Reading
{
    public static string? TextOrNull(this NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetString(at);

    public static int? Int32OrNull(this NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetInt32(at);

    public static bool? BoolOrNull(this NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetBoolean(at);

    public static TId Id<TId>(this NpgsqlDataReader reader, int at)
        where TId : struct, IIdentifier<TId> => TId.Of(reader.GetGuid(at));

    public static TId? IdOrNull<TId>(this NpgsqlDataReader reader, int at)
        where TId : struct, IIdentifier<TId> => reader.IsDBNull(at) ? null : TId.Of(reader.GetGuid(at));

    public static IReadOnlyList<TId> Ids<TId>(this NpgsqlDataReader reader, int at)
        where TId : struct, IIdentifier<TId> => [.. reader.GetFieldValue<Guid[]>(at).Select(TId.Of)];

    public static DateTimeOffset Instant(this NpgsqlDataReader reader, int at) => reader.GetFieldValue<DateTimeOffset>(at);

    public static DateTimeOffset? InstantOrNull(this NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.Instant(at);

    /// <summary>Two columns: the instant, and its precision right after it.</summary>
    public static EffectiveTime Time(this NpgsqlDataReader reader, int at) => new(reader.Instant(at), reader.Choice<Precision>(at + 1));

    public static EffectiveTime? TimeOrNull(this NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.Time(at);

    public static TEnum Choice<TEnum>(this NpgsqlDataReader reader, int at)
        where TEnum : struct, Enum => Choices<TEnum>.Value(reader.GetString(at));

    public static TEnum? ChoiceOrNull<TEnum>(this NpgsqlDataReader reader, int at)
        where TEnum : struct, Enum => reader.IsDBNull(at) ? null : reader.Choice<TEnum>(at);

    public static Fraction Fraction(this NpgsqlDataReader reader, int at) =>
        Domain.Kernel.Fraction.TryParse(reader.GetString(at), out var value) ? value : throw new InvalidDataException($"Column {at} holds no fraction.");

    public static TValue Json<TValue>(this NpgsqlDataReader reader, int at)
        where TValue : class =>
        JsonSerializer.Deserialize<TValue>(reader.GetFieldValue<byte[]>(at), EventCatalogue.Json) ?? throw new InvalidDataException($"Column {at} holds null.");

    public static TValue? JsonOrNull<TValue>(this NpgsqlDataReader reader, int at)
        where TValue : class => reader.IsDBNull(at) ? null : reader.Json<TValue>(at);
}
