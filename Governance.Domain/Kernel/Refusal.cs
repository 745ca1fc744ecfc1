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

/// <summary>The article that a sentence names: it says « the rule by default » where the statutes are silent.</summary>
public sealed record NamedArticle(string Number);

/// <summary>A fact that cannot take its place at its effective time among what is recorded of the same thing.</summary>
public sealed record ImpossibleInHistory(string Event, string State, DateTimeOffset On) : Refusal
{
    public override string Code => "history.impossible";
    public override IReadOnlyList<object> Arguments => [Event, State, On];
}

/// <summary>The kinds of things that begin, and cannot be acted upon before.</summary>
public enum BegunThing
{
    Association,
    Body,
    Contribution,
    ContributionCall,
    Convention,
    Document,
    Gathering,
    DuesCampaign,
    Member,
    Person,
    Roadmap,
    SharedTool,
    WorkingGroup,
    Workstream,
}

/// <summary>What is spoken of did not exist yet at the time given.</summary>
/// <param name="Since">From when it exists.</param>
public sealed record BeforeItsBeginning(BegunThing Thing, EffectiveTime Since, EffectiveTime On) : Refusal
{
    public override string Code => "history.before-beginning";
    public override IReadOnlyList<object> Arguments => [Thing, Since, On];

    /// <param name="timeline">Of the thing, which exists later.</param>
    public static BeforeItsBeginning Of<TState>(BegunThing thing, Timeline<TState> timeline, EffectiveTime on) where TState : class, IState<TState> =>
        new(thing, timeline.Effective[0].On, on);
}

/// <summary>A fact that is only known once it has happened is dated later than the command that records it.</summary>
public sealed record NotYetHappened(EffectiveTime On) : Refusal
{
    public override string Code => "history.not-yet-happened";
    public override IReadOnlyList<object> Arguments => [On];

    /// <returns>The refusal; null when the fact can have happened by now.</returns>
    public static NotYetHappened? Of(EffectiveTime on, DateTimeOffset now) => on.Instant > now ? new(on) : null;
}
