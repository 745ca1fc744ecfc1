using Governance.Domain.Kernel;

namespace Governance.Domain.Registers;

/// <summary>The register says something else, and a file does not change what is recorded.</summary>
/// <param name="Recorded">What it says; a dash for nothing.</param>
public sealed record RecordedOtherwise(string Recorded) : Refusal
{
    public override string Code => "register.recorded-otherwise";
    public override IReadOnlyList<object> Arguments => [Recorded];
}

/// <summary>The register does not know what the line tells of, and without this cell it cannot be entered.</summary>
public sealed record CellNeeded : Refusal
{
    public override string Code => "register.cell-needed";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>A line before tells of the same.</summary>
public sealed record LineRepeated(int Line) : Refusal
{
    public override string Code => "register.line-repeated";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Line];
}

/// <summary>Two lines of one thing say different things of it where only one can hold.</summary>
public sealed record LinesDisagree(int Line) : Refusal
{
    public override string Code => "register.lines-disagree";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Line];
}

/// <summary>A file erases nobody.</summary>
public sealed record ErasureNotByFile : Refusal
{
    public override string Code => "register.erasure";
}

/// <summary>A group comes from none, one or two others.</summary>
public sealed record TooManyOrigins : Refusal
{
    public override string Code => "register.origins";
    public override RefusalKind Kind => RefusalKind.Shape;
}
