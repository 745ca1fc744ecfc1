using Governance.Domain.Kernel;

namespace Governance.Domain.Chronicles;

/// <summary>Tells a fact of the association's life that no other area keeps. A title is told once.</summary>
public sealed record RecordChronicleEntry(string Title, ChronicleTheme Theme, string? Text, EffectiveTime On)
{
    public Decision Decide(Timeline<Chronicle> chronicle)
    {
        if ((Texts.Name("title", Title) ?? Texts.OptionalText("text", Text)) is { } wrong)
            return wrong;
        var entry = new ChronicleEntryRecorded(Title, Theme, Text);
        if (chronicle.Effective.Any(e => e.On == On && e.Event.Equals(entry)))
            return Decision.NoChange;
        return chronicle.Latest.Titles.Contains(Title) ? new ChronicleEntryAlreadyTold(Title) : chronicle.Accept(On, entry);
    }
}

/// <summary>Another entry bears this title: it would be hard to tell the two apart.</summary>
public sealed record ChronicleEntryAlreadyTold(string Title) : Refusal
{
    public override string Code => "chronicle.already-told";
    public override IReadOnlyList<object> Arguments => [Title];
}
