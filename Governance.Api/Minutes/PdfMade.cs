namespace Governance.Api.Minutes;

/// <summary>Makes a PDF of a document.</summary>
/// <param name="html">Whole, with all that it shows in itself.</param>
/// <param name="reached">Told of each step, from any thread.</param>
public delegate Task<PdfMade> MakePdf(string html, Action<PdfStep> reached, CancellationToken ct);

/// <summary>What the making of a PDF came to.</summary>
public abstract record PdfMade
{
    private PdfMade() { }

    public sealed record Whole(byte[] Bytes) : PdfMade;

    /// <summary>WeasyPrint is not installed on this machine.</summary>
    public sealed record Missing : PdfMade;

    /// <summary>It took too long or too much, or the document is none.</summary>
    public sealed record Failed : PdfMade;
}

/// <summary>How far a PDF has come, in the order in which it goes.</summary>
public enum PdfStage
{
    /// <summary>Others come first.</summary>
    Waiting,
    Reading,

    /// <summary>Its pages are laid out.</summary>
    LayingOut,
    Writing,
    Done,
}

/// <param name="Page">The page in hand, from 1, while pages are laid out; 0 otherwise.</param>
public sealed record PdfStep(PdfStage Stage, int Page = 0);
