namespace Governance.Domain.Kernel;

/// <summary>What a command comes to: facts to record, nothing to do, or a refusal.</summary>
public abstract record Decision
{
    private Decision() { }

    public sealed record Accepted(IReadOnlyList<Fact> Facts) : Decision;

    /// <summary>What is asked holds already (a retry): an answer, not a failure.</summary>
    public sealed record Unchanged : Decision;

    public sealed record Refused(Refusal Refusal) : Decision;

    public static Decision NoChange { get; } = new Unchanged();

    public static Decision Accept(params IReadOnlyList<Fact> facts) => new Accepted(facts);

    /// <summary>Several decisions as one: the first refusal among them, or the facts of all.</summary>
    public static Decision All(params IReadOnlyList<Decision> decisions) =>
        decisions.OfType<Refused>().FirstOrDefault()
        ?? (decisions.SelectMany(d => d is Accepted accepted ? accepted.Facts : []).ToList() is { Count: > 0 } facts ? Accept(facts) : NoChange);

    public static implicit operator Decision(Refusal refusal) => new Refused(refusal);

    public static implicit operator Decision(Fact fact) => new Accepted([fact]);
}
