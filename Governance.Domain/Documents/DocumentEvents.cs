using Governance.Domain.Kernel;

namespace Governance.Domain.Documents;

/// <summary>What a document is, in the work of an association.</summary>
public enum DocumentKind
{
    Agenda,
    Annex,
    Convocation,
    AttendanceSheet,
    Minutes,
    DeliveryEvidence,
    Receipt,
    Letter,
    Other,
}

/// <summary>How a document was signed, as regulation (EU) 910/2014 (eIDAS), article 3, parts it: points 10, 11 and 12.</summary>
public enum SignatureLevel
{
    Simple,
    Advanced,
    Qualified,
}

/// <summary>Why a content was destroyed.</summary>
public enum DestructionReason
{
    /// <summary>The time for which it was kept is over.</summary>
    RetentionOver,

    /// <summary>The person whom it is about was erased.</summary>
    PersonErased,

    /// <summary>It should never have been filed.</summary>
    FiledByMistake,
}

/// <summary>The bytes of a document, named by their hash.</summary>
/// <param name="MediaType">One of <see cref="DocumentFormat"/>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 of the bytes, lower-case hexadecimal.</param>
public sealed record DocumentContent(string MediaType, long Size, string Sha256);

/// <summary>A document is kept under its title. Stream <c>document:{id}</c>.</summary>
/// <param name="About">The one person whom it is about: its content goes with that person's key.</param>
public sealed record DocumentFiled(
    DocumentId Document, string Title, DocumentKind Kind, DocumentContent Content, Audience Audience, Retention Retention, PersonId? About = null) : IAct;

/// <summary>A newer version takes its place; those before it stay.</summary>
/// <param name="Version">Its number; the one that was filed first is 1.</param>
public sealed record DocumentReplaced(int Version, DocumentContent Content) : IAct;

/// <summary>Others may read it from here on.</summary>
public sealed record DocumentAudienceChanged(Audience Audience) : IEvent;

/// <summary>It was signed, which whoever records it answers for: the signature itself is not verified here.</summary>
/// <param name="Version">The version that was signed.</param>
/// <param name="Quality">In which quality, in words: president of the session.</param>
public sealed record DocumentSigned(int Version, PersonId Signer, SignatureLevel Level, string Quality) : IEvent;

/// <summary>Its content is no more, in any version; what was recorded of it stays, hashes included.</summary>
public sealed record DocumentDestroyed(DestructionReason Because) : IAct;

/// <summary>A document belongs to a thing. Stream <c>folder:{stream of the thing}</c>, with the part of the thing where there is one.</summary>
public sealed record DocumentAttached(DocumentId Document, Thing Thing) : IEvent;

/// <summary>It belongs to the thing no more.</summary>
public sealed record DocumentDetached(DocumentId Document) : IEvent;

public static class DocumentEvents
{
    public static IReadOnlyList<Type> Types { get; } =
        [typeof(DocumentFiled), typeof(DocumentReplaced), typeof(DocumentAudienceChanged), typeof(DocumentSigned), typeof(DocumentDestroyed)];

    public static IReadOnlyList<Type> OfFolders { get; } = [typeof(DocumentAttached), typeof(DocumentDetached)];
}
