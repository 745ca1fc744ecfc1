using Governance.Domain.Kernel;

namespace Governance.Domain.Associations;

public sealed record AssociationNotFound : Refusal
{
    public override string Code => "association.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record AssociationAlreadyFounded : Refusal
{
    public override string Code => "association.already-founded";
}

public sealed record AssociationIsDissolved : Refusal
{
    public override string Code => "association.dissolved";
}

/// <summary>Without a first secretariat nobody could ever give a mandate in it.</summary>
public sealed record FirstSecretariatMissing : Refusal
{
    public override string Code => "association.secretariat-missing";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>An address is 2 to 40 lower-case letters, digits and single hyphens, a letter first.</summary>
public sealed record SlugUnfit(string Slug) : Refusal
{
    public override string Code => "association.slug";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Slug];
}

public sealed record TimeZoneUnknown(string TimeZone) : Refusal
{
    public override string Code => "association.time-zone";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [TimeZone];
}

/// <summary>The event named opens no duty to declare.</summary>
public sealed record DeclarationNotDue : Refusal
{
    public override string Code => "association.declaration-not-due";
}

public sealed record DeclarationAlreadyFiled(string Reference, EffectiveTime FiledOn) : Refusal
{
    public override string Code => "association.declaration-already-filed";
    public override IReadOnlyList<object> Arguments => [Reference, FiledOn];
}

public sealed record DeclarationBeforeItsChange(EffectiveTime ChangedOn) : Refusal
{
    public override string Code => "association.declaration-before-change";
    public override IReadOnlyList<object> Arguments => [ChangedOn];
}

/// <summary>One declaration is of the changes of one day: each day has a clock of its own.</summary>
public sealed record ChangesOfSeveralDays(EffectiveTime ChangedOn) : Refusal
{
    public override string Code => "association.changes-of-several-days";
    public override IReadOnlyList<object> Arguments => [ChangedOn];
}

public sealed record DeclarationNotFiled : Refusal
{
    public override string Code => "association.declaration-not-filed";
}

public sealed record ReceiptAlreadyRecorded(string Receipt) : Refusal
{
    public override string Code => "association.receipt-already-recorded";
    public override IReadOnlyList<object> Arguments => [Receipt];
}

internal static class AssociationChecks
{
    /// <summary>Why an association cannot be acted upon at an instant; only for one that is not active then.</summary>
    public static Refusal Missing(this Timeline<Association> association, EffectiveTime on) => (association.Latest, association.At(on)) switch
    {
        (Association.Unfounded, _) => new AssociationNotFound(),
        (_, Association.Unfounded) => BeforeItsBeginning.Of(BegunThing.Association, association, on),
        _ => new AssociationIsDissolved(),
    };
}
