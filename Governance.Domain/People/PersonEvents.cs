using Governance.Domain.Kernel;

namespace Governance.Domain.People;

/// <summary>A person is known here by an opaque id. Stream <c>person:{id}</c>.</summary>
/// <param name="LabelOnly">The name is a label (« Représentant de … »), not a person's: documents name no one.</param>
public sealed record PersonRegistered(PersonId Person, Sealed Name, bool LabelOnly, Sealed? Email = null) : IEvent;

public sealed record PersonNameChanged(Sealed Name) : IEvent;

/// <param name="Email">Null when there is no address any more.</param>
public sealed record PersonEmailChanged(Sealed? Email = null) : IEvent;

/// <summary>A language that people are written to in.</summary>
public enum SpokenLanguage { French, English }

/// <summary>In which language the person is written to from here on.</summary>
public sealed record PersonLanguageChosen(SpokenLanguage Language) : IEvent;

/// <summary>Nothing of the person may be erased before an instant.</summary>
/// <param name="Until">The first instant at which erasure is possible again.</param>
public sealed record LegalHoldPlaced(EffectiveTime Until, string Reason) : IEvent;

/// <summary>A legal hold that stood is over: the person can be erased.</summary>
public sealed record LegalHoldLifted(string Reason) : IEvent;

/// <summary>The person's key is destroyed: sealed texts open for nobody. What the person did stays, without the name.</summary>
public sealed record PersonErased(string Reason) : IEvent;

public static class PersonEvents
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(PersonRegistered), typeof(PersonNameChanged), typeof(PersonEmailChanged), typeof(PersonLanguageChosen),
        typeof(LegalHoldPlaced), typeof(LegalHoldLifted), typeof(PersonErased),
    ];
}
