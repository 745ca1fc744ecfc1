using System.Text;

namespace Governance.Domain.Kernel;

/// <summary>A text that is missing, too short or too long.</summary>
/// <param name="Field">The command's field, camelCase.</param>
/// <param name="Minimum">Least number of characters.</param>
/// <param name="Maximum">Greatest number of characters.</param>
public sealed record TextOutOfBounds(string Field, int Minimum, int Maximum) : Refusal
{
    public override string Code => "text.length";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Field, Minimum, Maximum];
}

/// <summary>A text with characters that no register keeps: NUL, control characters, half of a surrogate pair.</summary>
public sealed record TextUnreadable(string Field) : Refusal
{
    public override string Code => "text.characters";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Field];
}

/// <summary>A number outside its bounds, both included.</summary>
public sealed record NumberOutOfBounds(string Field, int Minimum, int Maximum) : Refusal
{
    public override string Code => "number.range";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Field, Minimum, Maximum];
}

/// <summary>The bounds that every text and number of a command keeps. Each check gives a refusal, or null when all is well.</summary>
public static class Texts
{
    public const int NameLength = 200;
    public const int TextLength = 10_000;

    /// <summary>1 to 200 characters on one line.</summary>
    public static Refusal? Name(string field, string? value) => Check(field, value, 1, NameLength, lines: false);

    /// <summary>1 to 10,000 characters, line breaks allowed.</summary>
    public static Refusal? Text(string field, string? value) => Check(field, value, 1, TextLength, lines: true);

    /// <summary>As <see cref="Text"/>, or nothing at all.</summary>
    public static Refusal? OptionalText(string field, string? value) => value is null ? null : Text(field, value);

    /// <summary>As <see cref="Name"/>, or nothing at all.</summary>
    public static Refusal? OptionalName(string field, string? value) => value is null ? null : Name(field, value);

    public static Refusal? Number(string field, int? value, int minimum, int maximum) =>
        value is { } number && (number < minimum || number > maximum) ? new NumberOutOfBounds(field, minimum, maximum) : null;

    public static Refusal? Check(string field, string? value, int minimum, int maximum, bool lines)
    {
        if (value is null || value.Length > maximum || value.Trim().Length < minimum)
            return new TextOutOfBounds(field, minimum, maximum);

        var rest = value.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var taken) != System.Buffers.OperationStatus.Done
                || (Rune.IsControl(rune) && !(lines && rune.Value is '\n' or '\r' or '\t')))
                return new TextUnreadable(field);
            rest = rest[taken..];
        }

        return null;
    }
}
