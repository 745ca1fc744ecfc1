using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Words a passage of minutes that nobody has signed.</summary>
/// <param name="Passage">Its key.</param>
/// <param name="Version">The version that whoever words it has read: another may have changed it meanwhile.</param>
public sealed record AmendMinutes(MeetingId Meeting, string Passage, Rewording Way, string Text, int Version, EffectiveTime On)
{
    /// <param name="source">What the minutes are composed from, at least to the position of their draft.</param>
    public Decision Decide(Timeline<Minutes> minutes, MinutesSource source)
    {
        switch (minutes.Latest)
        {
            case Minutes.Signed signed:
                return new MinutesAreSigned(signed.Signatures[0].On);
            case Minutes.Approved approved:
                return new MinutesAreApproved(approved.On);
            case Minutes.Draft draft when draft.WordingsOf(draft.Last.Number).Any(w => w.Passage == Passage && w.Way == Way && w.Text == Text):
                return Decision.NoChange;
            case Minutes.Draft draft when Version != draft.Last.Number:
                return new MinutesVersionPassed(Version, draft.Last.Number);
            case Minutes.Draft draft:
                return Refuses(draft, source, Passage, Way, Text) is { } refused
                    ? refused
                    : minutes.Accept(On, new MinutesAmended(Meeting, draft.Last.Number + 1, Passage, Way, Text));
            default:
                return new MinutesNotDrafted();
        }
    }

    /// <summary>Why a passage cannot be worded so; null when it can.</summary>
    internal static Refusal? Refuses(Minutes.Written minutes, MinutesSource source, string key, Rewording way, string text) =>
        Texts.Text("text", text) is { } wrong ? wrong
        : MinutesComposition.Of(source.KnownBy(minutes.Last.Composed.Position))?.Passages.FirstOrDefault(p => p.Key == key) switch
        {
            null => new PassageNotFound(),
            { IsWorded: false } when way == Rewording.Replaces => new PassageNotWorded(),
            _ => null,
        };
}
