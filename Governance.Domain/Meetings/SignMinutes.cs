using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Signs minutes, as whoever presided or kept them. What is signed is settled.</summary>
/// <param name="By">Who signs; null for nobody in particular, who cannot.</param>
/// <param name="Version">The version that was read.</param>
public sealed record SignMinutes(MeetingId Meeting, Signatory As, PersonId? By, int Version, EffectiveTime On)
{
    public Decision Decide(Timeline<Minutes> minutes, MinutesSource source)
    {
        if (minutes.Latest is not Minutes.Written written)
            return new MinutesNotDrafted();
        if (By is not { } by || !IsSignatory(source, by))
            return new NotTheSignatory(As);
        if (written.Given.Any(s => s.What.As == As))
            return Decision.NoChange;
        if (written is Minutes.Approved approved)
            return new MinutesAreApproved(approved.On);
        if (source.Meeting.Latest is not (Meetings.Meeting.Closed or Meetings.Meeting.WithoutQuorum))
            return new MinutesOfRunningMeeting();
        if (Version != written.Last.Number)
            return new MinutesVersionPassed(Version, written.Last.Number);
        // Once the first has signed, what they say is settled: the second signs the same.
        if (written is Minutes.Draft && MinutesComposition.Of(source)!.Hash() != written.Last.Composed.Hash)
            return new MinutesOutdated();
        return minutes.Accept(On, new MinutesSigned(Meeting, Version, written.HashOf(written.Last), As, by));
    }

    // A meeting that could not be opened had neither: one who came signs that too few did.
    private bool IsSignatory(MinutesSource source, PersonId by) => source.Meeting.Latest switch
    {
        Meetings.Meeting.Held held => As == Signatory.Chair ? held.Chair == by : held.Opening.Secretary == by,
        Meetings.Meeting.WithoutQuorum => As == Signatory.Chair && source.Basis.Sheet.Latest.All.ContainsKey(by),
        _ => false,
    };
}
