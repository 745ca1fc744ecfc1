using System.Text.Json.Serialization;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>How papers become an outcome, but for motions (<see cref="Motion"/>): a closed set, told apart in JSON by <c>method</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "method")]
[JsonDerivedType(typeof(Consent), "consent")]
[JsonDerivedType(typeof(Plurality), "plurality")]
[JsonDerivedType(typeof(Approval), "approval")]
[JsonDerivedType(typeof(Points), "points")]
[JsonDerivedType(typeof(Schulze), "schulze")]
[JsonDerivedType(typeof(MajorityJudgment), "majority-judgment")]
[JsonDerivedType(typeof(SingleTransferableVote), "stv")]
public abstract record Method
{
    private protected Method() { }

    /// <summary>What is wrong with the method's own numbers and names; null when nothing is.</summary>
    internal abstract Refusal? Fault();

    /// <summary>An empty count of papers on this question.</summary>
    internal abstract MethodCount Start(Question question);

    private protected static Refusal? SeatsFault(int seats) => Texts.Number("seats", seats, 1, Question.MostOptions);
}
