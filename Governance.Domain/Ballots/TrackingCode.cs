namespace Governance.Domain.Ballots;

/// <summary>
/// What a voter of a secret ballot finds the own paper again by, among the published ones: made in the voter's form, known to nobody else before.
/// Twelve signs of 32 that are not taken for each other, 60 bits: « 7K3M9QXT2FHD ».
/// </summary>
public static class TrackingCode
{
    public const int Length = 12;

    /// <summary>Neither 0 nor O, neither 1 nor I.</summary>
    public const string Signs = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>A code from bytes drawn by chance, one for each sign.</summary>
    public static string Of(ReadOnlySpan<byte> chance)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(chance.Length, Length);
        Span<char> code = stackalloc char[Length];
        for (var i = 0; i < Length; i++)
            code[i] = Signs[chance[i] % Signs.Length];
        return new(code);
    }

    /// <summary>A code as somebody writes it, in groups or in small letters; null when it is none.</summary>
    public static string? Read(string? written)
    {
        var code = (written ?? "").Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return code.Length == Length && code.All(sign => Signs.Contains(sign, StringComparison.Ordinal)) ? code : null;
    }

    /// <summary>In groups that can be read out: « 7K3M-9QXT-2FHD ».</summary>
    public static string InGroups(string code) => string.Join('-', code.Chunk(4).Select(group => new string(group)));
}
