using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Corrects approved minutes by an erratum; what was approved stays as it was.</summary>
/// <param name="Passage">The key of the passage that is wrong.</param>
public sealed record CorrectMinutes(MeetingId Meeting, string Passage, Rewording Way, string Text, string Reason, EffectiveTime On)
{
    /// <param name="source">What the minutes are composed from, at least to the position of their draft.</param>
    public Decision Decide(Timeline<Minutes> minutes, MinutesSource source) => Texts.Text("reason", Reason) is { } wrong ? wrong : minutes.Latest switch
    {
        Minutes.Unwritten => new MinutesNotDrafted(),
        Minutes.Approved approved when approved.WordingsOf(approved.Last.Number).Any(w => w.Passage == Passage && w.Way == Way && w.Text == Text && w.Reason is not null) =>
            Decision.NoChange,
        Minutes.Approved approved => AmendMinutes.Refuses(approved, source, Passage, Way, Text) is { } refused
            ? refused
            : minutes.Accept(On, new MinutesCorrected(Meeting, approved.Last.Number + 1, Passage, Way, Text, Reason)),
        _ => new MinutesNotApproved(),
    };
}
