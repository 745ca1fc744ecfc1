using Governance.Domain.Kernel;

namespace Governance.Domain.People;

public sealed record PersonNotFound : Refusal
{
    public override string Code => "person.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record PersonAlreadyRegistered : Refusal
{
    public override string Code => "person.already-registered";
}

/// <summary>Nothing more is recorded of somebody whose personal data was erased.</summary>
public sealed record PersonIsErased : Refusal
{
    public override string Code => "person.erased";
}

/// <summary>A personal text was sealed with the key of somebody else.</summary>
public sealed record SealedForAnother(string Field) : Refusal
{
    public override string Code => "person.sealed-for-another";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Field];
}

public sealed record PersonUnderLegalHold(EffectiveTime Until) : Refusal
{
    public override string Code => "person.legal-hold";
    public override IReadOnlyList<object> Arguments => [Until];
}

/// <summary>The person holds a mandate, or is to begin one.</summary>
/// <param name="Bodies">Names of the bodies in which.</param>
public sealed record PersonHoldsMandates(IReadOnlyList<string> Bodies) : Refusal
{
    public override string Code => "person.holds-mandates";
    public override IReadOnlyList<object> Arguments => [string.Join(", ", Bodies)];
}

public sealed record LegalHoldInThePast(EffectiveTime Until) : Refusal
{
    public override string Code => "person.hold-in-the-past";
    public override IReadOnlyList<object> Arguments => [Until];
}

internal static class PersonChecks
{
    /// <summary>Why a person cannot be acted upon at an instant; only for one who is not registered then.</summary>
    public static Refusal Missing(this Timeline<Person> person, EffectiveTime on) => (person.Latest, person.At(on)) switch
    {
        (Person.Unregistered, _) => new PersonNotFound(),
        (_, Person.Unregistered) => BeforeItsBeginning.Of(BegunThing.Person, person, on),
        _ => new PersonIsErased(),
    };

    public static Refusal? Sealed(string field, PersonId person, Sealed? text) => text switch
    {
        null => null,
        _ when text.Person != person => new SealedForAnother(field),
        _ => Texts.Check(field, text.Ciphertext, 1, Texts.TextLength, lines: false),
    };
}
