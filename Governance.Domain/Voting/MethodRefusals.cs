using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

public sealed record OptionTwice(string Option) : Refusal
{
    public override string Code => "question.option-twice";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Option];
}

/// <param name="Field">« withdrawn » or « tieOrder ».</param>
public sealed record UnknownOption(string Field, string Option) : Refusal
{
    public override string Code => "question.unknown-option";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Field, Option];
}

public sealed record NoOptionStands : Refusal
{
    public override string Code => "question.no-option-stands";
}

public sealed record GradeTwice(string Grade) : Refusal
{
    public override string Code => "question.grade-twice";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Grade];
}

/// <summary>Results of options by college cannot be put together otherwise than by adding the votes.</summary>
public sealed record CollegesNotPooled(CollegeMode Mode, string CollegesArticle) : Refusal
{
    public override string Code => "question.colleges-not-pooled";
    public override IReadOnlyList<object> Arguments => [Mode, CollegesArticle];
    public override string? Article => CollegesArticle;
}

/// <summary>A college without quorum cannot count against where nobody votes against anything.</summary>
public sealed record NothingToVoteAgainst(string CollegesArticle) : Refusal
{
    public override string Code => "question.nothing-to-vote-against";
    public override IReadOnlyList<object> Arguments => [CollegesArticle];
    public override string? Article => CollegesArticle;
}

/// <summary>A paper that says something that the method does not ask.</summary>
/// <param name="Said">What kind of paper it is, as it is stored: « ranking », « choices ».</param>
public sealed record PaperOfAnotherMethod(string Said) : Refusal
{
    public override string Code => "paper.of-another-method";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Said];
}

public sealed record PaperNamesUnknownOption(string Option) : Refusal
{
    public override string Code => "paper.unknown-option";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Option];
}

public sealed record PaperNamesOptionTwice(string Option) : Refusal
{
    public override string Code => "paper.option-twice";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Option];
}

public sealed record TooManyChoices(int Chosen, int Most) : Refusal
{
    public override string Code => "paper.too-many-choices";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Chosen, Most];
}

public sealed record EqualRanks(string Option, string Other) : Refusal
{
    public override string Code => "paper.equal-ranks";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Option, Other];
}

public sealed record UnknownGrade(string Grade) : Refusal
{
    public override string Code => "paper.unknown-grade";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Grade];
}

/// <param name="Given">What the paper's points add up to.</param>
public sealed record PointsNotShared(long Given, int Each) : Refusal
{
    public override string Code => "paper.points-not-shared";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Given, Each];
}

/// <summary>An objection is asked for its reason.</summary>
public sealed record ObjectionWithoutReason : Refusal
{
    public override string Code => "paper.objection-without-reason";
    public override RefusalKind Kind => RefusalKind.Shape;
}

public sealed record PaperWithoutWeight(Fraction Weight) : Refusal
{
    public override string Code => "paper.without-weight";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Weight];
}

public sealed record PaperCountOutOfRange(long Count, long Most) : Refusal
{
    public override string Code => "paper.count-out-of-range";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Count, Most];
}
