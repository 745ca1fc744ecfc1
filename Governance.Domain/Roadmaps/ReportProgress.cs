using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <param name="NextStep">What comes next; null when there is nothing to say.</param>
public sealed record ReportProgress(string Text, Assessment Assessment, string? NextStep, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream)
    {
        if ((Texts.Text("text", Text) ?? Texts.OptionalText("nextStep", NextStep)) is { } wrong)
            return wrong;
        var reported = new ProgressReported(Text, Assessment, NextStep);
        return workstream.At(On) switch
        {
            Workstream.Underway or Workstream.Paused => workstream.Recorded.Any(e => e.On == On && reported.Equals(e.Event))
                ? Decision.NoChange
                : workstream.Accept(On, reported),
            _ => workstream.Stands(On),
        };
    }
}
