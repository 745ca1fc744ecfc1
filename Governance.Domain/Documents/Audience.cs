using Governance.Domain.Kernel;

namespace Governance.Domain.Documents;

/// <summary>Who may read, beside the secretariat, the auditors and the person whom a document is about, who always may.</summary>
public enum AudienceKind
{
    /// <summary>Nobody else.</summary>
    SecretariatAndAuditors,

    /// <summary>Whoever holds a mandate in one body.</summary>
    Body,

    /// <summary>Whoever holds a mandate in the association.</summary>
    Association,

    /// <summary>Anybody, signed in or not.</summary>
    Public,
}

/// <summary>Who may read a document.</summary>
/// <param name="Body">The body, of kind <see cref="AudienceKind.Body"/> alone.</param>
public sealed record Audience(AudienceKind Kind, BodyId? Body = null)
{
    /// <returns>The refusal when the body is missing, or named where there is none to name.</returns>
    internal Refusal? Refuses() => Kind == AudienceKind.Body == (Body is not null) ? null : new AudienceUnclear();

    /// <summary>True when somebody is among those who may read it.</summary>
    public bool Admits(Reader reader) => Kind switch
    {
        AudienceKind.Public => true,
        AudienceKind.Association => reader.OfTheAssociation || reader.KeepsOrAudits,
        AudienceKind.Body => reader.KeepsOrAudits || reader.Bodies.Contains(Body!.Value),
        _ => reader.KeepsOrAudits,
    };
}

/// <summary>Who asks to read, with the rights of the day on which they ask.</summary>
/// <param name="Person">Who that is in the association; null for a stranger to it.</param>
/// <param name="OfTheAssociation">Holds a mandate in it.</param>
/// <param name="KeepsOrAudits">Of the secretariat or of the auditors.</param>
/// <param name="Bodies">In which bodies they hold a mandate.</param>
public sealed record Reader(PersonId? Person, bool OfTheAssociation, bool KeepsOrAudits, IReadOnlySet<BodyId> Bodies)
{
    public static Reader Stranger { get; } = new(null, false, false, new HashSet<BodyId>());
}

/// <summary>May somebody read a document?</summary>
public static class DocumentReading
{
    /// <summary>True when the reader may read what has this audience and is about this person.</summary>
    public static bool Admits(Audience audience, PersonId? about, Reader reader) =>
        audience.Admits(reader) || (about is { } person && reader.Person == person);

    /// <returns>Why it cannot be read; null when it can.</returns>
    public static Refusal? Refuses(Document document, Reader reader) => document switch
    {
        Document.Kept kept => Admits(kept.Audience, kept.About, reader) ? null : new DocumentNotForYou(),
        Document.Destroyed gone => new DocumentContentDestroyed(gone.Title),
        _ => new DocumentNotFound(),
    };
}
