using Governance.Api.Face.Wording;
using Governance.Domain.Meetings;

namespace Governance.Api.Minutes;

/// <summary>Minutes in words, of one language: what the page, the PDF and every export show.</summary>
/// <param name="Title">« Procès-verbal de l'assemblée générale ordinaire ».</param>
/// <param name="Subtitle">The day, and whose meeting it was.</param>
public sealed record WordedDocument(string Title, string Subtitle, IReadOnlyList<WordedSection> Sections)
{
    public IEnumerable<WordedPassage> Passages => Sections.SelectMany(s => s.Passages);
}

/// <param name="Title">Null where the part has no heading.</param>
public sealed record WordedSection(MinutesPart Part, string Key, string? Title, IReadOnlyList<WordedPassage> Passages);

/// <summary>One passage in words.</summary>
/// <param name="Events">What it comes from.</param>
/// <param name="Composed">What was composed, where a person's wording stands in its place; empty otherwise.</param>
/// <param name="By">The wordings by persons that stand here, in order.</param>
/// <param name="MayBeReplaced">Whether a person's wording may stand in its place.</param>
/// <param name="Standing">What stands in its place without what follows it: composed, or worded by a person; a line for each paragraph.</param>
public sealed record WordedPassage(
    string Key, IReadOnlyList<EventId> Events, IReadOnlyList<WordedBlock> Blocks, IReadOnlyList<WordedBlock> Composed, IReadOnlyList<PassageWording> By,
    bool MayBeReplaced, string Standing = "")
{
    /// <summary>Its words alone, a line for each paragraph, item and row: what two versions are compared by.</summary>
    public string Plain => string.Join('\n', Blocks.SelectMany(b => b.Lines));
}

/// <summary>A closed set of what text is made of.</summary>
public abstract record WordedBlock
{
    private WordedBlock() { }

    public abstract IEnumerable<string> Lines { get; }

    public sealed record Paragraph(string Text) : WordedBlock
    {
        public override IEnumerable<string> Lines => [Text];
    }

    /// <summary>An « erratum »: what it corrects and why.</summary>
    public sealed record Erratum(string Label, string Text) : WordedBlock
    {
        public override IEnumerable<string> Lines => [Label, Text];
    }

    /// <summary>A text word for word, under its title.</summary>
    public sealed record Quotation(string Title, IReadOnlyList<string> Paragraphs) : WordedBlock
    {
        public override IEnumerable<string> Lines => [Title, .. Paragraphs];
    }

    public sealed record Numbered(IReadOnlyList<string> Items) : WordedBlock
    {
        public override IEnumerable<string> Lines => Items;
    }

    /// <summary>The first cell of each row is its heading.</summary>
    /// <param name="Figures">From which column on cells are figures; null for none.</param>
    /// <param name="Signed">The last column is to be signed in.</param>
    public sealed record Table(string Caption, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows, int? Figures = null, bool Signed = false) : WordedBlock
    {
        public override IEnumerable<string> Lines => [Caption, .. Rows.Select(r => string.Join(" · ", r))];
    }

    /// <summary>Where somebody signs: quality and name, and what was signed here.</summary>
    public sealed record Signatures(IReadOnlyList<(string Quality, string Name, string? Signed)> Places) : WordedBlock
    {
        public override IEnumerable<string> Lines => Places.Select(p => $"{Typography.Spaced(Typography.IsFrench ? $"{p.Quality} :" : $"{p.Quality}:")} {p.Name}{(p.Signed is null ? "" : $", {p.Signed}")}");
    }
}
