namespace Governance.Domain.Kernel;

/// <summary>Why a command is refused, in the terms of the protocol that carries the answer.</summary>
public enum RefusalKind
{
    /// <summary>The command is not well formed: a value out of its range, a text too long.</summary>
    Shape,

    /// <summary>Who asks may not.</summary>
    Forbidden,

    /// <summary>What is named does not exist in this association.</summary>
    NotFound,

    /// <summary>A rule stands against it, in the present state of things.</summary>
    Rule,
}

/// <summary>A command refused: an answer with a stable code, which changes nothing.</summary>
/// <remarks>
/// The sentence lives in the interface's resources under the code, in French and English; <see cref="Arguments"/> fill it,
/// in order.
/// </remarks>
public abstract record Refusal
{
    /// <summary>A stable, dotted, lower-case name such as <c>ballot.closed</c>.</summary>
    public abstract string Code { get; }

    public virtual RefusalKind Kind => RefusalKind.Rule;

    /// <summary>What the sentence names: texts, numbers, dates, in the order of its placeholders.</summary>
    public virtual IReadOnlyList<object> Arguments => [];

    /// <summary>The article of the statutes that the refusal rests on, such as « art. 12 »; null when none.</summary>
    public virtual string? Article => null;
}

/// <summary>A fact that cannot take its place at its effective time among what is recorded of the same thing.</summary>
public sealed record ImpossibleInHistory(string Event, string State, DateTimeOffset On) : Refusal
{
    public override string Code => "history.impossible";
    public override IReadOnlyList<object> Arguments => [Event, State, On];
}

/// <summary>What is spoken of did not exist yet at the time given.</summary>
public sealed record BeforeItsBeginning(EffectiveTime On) : Refusal
{
    public override string Code => "history.before-beginning";
    public override IReadOnlyList<object> Arguments => [On];
}
