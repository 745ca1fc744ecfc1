using Governance.Domain.Kernel;

namespace Governance.Domain.Documents;

public sealed record DocumentNotFound : Refusal
{
    public override string Code => "document.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>The content is no more.</summary>
public sealed record DocumentContentDestroyed(string Title) : Refusal
{
    public override string Code => "document.destroyed";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>The reader is not among those who may read it.</summary>
public sealed record DocumentNotForYou : Refusal
{
    public override string Code => "document.not-for-you";
    public override RefusalKind Kind => RefusalKind.Forbidden;
}

/// <summary>Something else is kept under this identifier.</summary>
public sealed record DocumentAlreadyFiled : Refusal
{
    public override string Code => "document.already-filed";
}

public sealed record DocumentEmpty : Refusal
{
    public override string Code => "document.empty";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <param name="MostKibibytes">The largest content that is kept, in KiB.</param>
public sealed record DocumentTooLarge(long MostKibibytes) : Refusal
{
    public override string Code => "document.too-large";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [MostKibibytes];
}

/// <param name="Taken">Endings of the names of files that are taken.</param>
public sealed record DocumentFormatNotTaken(string Taken) : Refusal
{
    public override string Code => "document.format";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Taken];
}

/// <summary>The bytes are not of the form that the file says it has.</summary>
/// <param name="Declared">The ending of a name of that form.</param>
public sealed record ContentNotAsDeclared(string Declared) : Refusal
{
    public override string Code => "document.not-as-declared";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Declared];
}

/// <summary>The body that may read it is missing, or named where no body is meant.</summary>
public sealed record AudienceUnclear : Refusal
{
    public override string Code => "document.audience";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>It does not say how long the content is kept.</summary>
public sealed record RetentionUnclear : Refusal
{
    public override string Code => "document.retention";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>Nothing is recorded of what it should be attached to.</summary>
public sealed record ThingNotFound : Refusal
{
    public override string Code => "document.thing-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <param name="Most">Documents of one thing at most.</param>
public sealed record FolderFull(int Most) : Refusal
{
    public override string Code => "document.folder-full";
    public override IReadOnlyList<object> Arguments => [Most];
}

public sealed record DocumentNotAttached : Refusal
{
    public override string Code => "document.not-attached";
}

/// <summary>Nothing more is kept about somebody whose personal data was erased.</summary>
public sealed record DocumentOfSomebodyErased : Refusal
{
    public override string Code => "document.about-somebody-erased";
}

/// <summary>It is about nobody who was erased.</summary>
public sealed record NobodyWasErased : Refusal
{
    public override string Code => "document.nobody-erased";
}

/// <param name="Until">The first day on which it may be destroyed.</param>
public sealed record DocumentStillKept(DateOnly Until) : Refusal
{
    public override string Code => "document.still-kept";
    public override IReadOnlyList<object> Arguments => [Until];
}

public sealed record DocumentKeptForEver : Refusal
{
    public override string Code => "document.kept-for-ever";
}

internal static class DocumentChecks
{
    /// <summary>Why a document cannot be acted upon at an instant; only for one that is not kept then.</summary>
    public static Refusal NotKept(this Timeline<Document> document, EffectiveTime on) => (document.Latest, document.At(on)) switch
    {
        (Document.Unfiled, _) => new DocumentNotFound(),
        (_, Document.Unfiled) => BeforeItsBeginning.Of(BegunThing.Document, document, on),
        (_, Document.Destroyed gone) => new DocumentContentDestroyed(gone.Title),
        _ => throw new InvalidOperationException("The document is kept."),
    };
}
