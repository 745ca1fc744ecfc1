using Governance.Domain.Ballots;
using Governance.Domain.Elections;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>Puts a text before a meeting, under an item of its agenda.</summary>
/// <param name="Text">Word for word; with a contest, what is decided by it.</param>
/// <param name="Contest">The options and the method; null for a motion.</param>
/// <param name="Election">The election whose candidates are put; null for none.</param>
/// <param name="Minutes">The meeting whose minutes are put for approval, another one; null for none.</param>
/// <param name="SecondRoundOf">The text whose vote calls for this one, which <see cref="ProposeSecondRound"/> has asked; null for none.</param>
public sealed record ProposeResolution(
    MeetingId Meeting, ResolutionId Resolution, AgendaItemId Item, DecisionKind Kind, string Title, string Text, WorkstreamId? Workstream, Contest? Contest,
    EffectiveTime On, ElectionId? Election = null, MeetingId? Minutes = null, ResolutionId? SecondRoundOf = null)
{
    /// <param name="election">That of <see cref="Election"/>; its list of candidates stays open until the vote.</param>
    /// <param name="minutes">Those of <see cref="Minutes"/>.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<Election>? election = null, Timeline<Minutes>? minutes = null)
    {
        if ((Texts.Name("title", Title) ?? Texts.Text("text", Text) ?? Contest?.CannotBePut(Kind)) is { } wrong)
            return wrong;
        var (known, refused) = meeting.Changeable();
        if (known is null)
            return refused!;
        if (known.Plan.Body is null)
            return new GroupDoesNotVote();
        if (known.Find(Resolution) is { } same)
            return same.Title == Title && same.Text == Text && same.Item == Item ? Decision.NoChange : new ResolutionTwice(Title);
        return known.Item(Item) switch
        {
            null => new AgendaItemNotFound(),
            { Withdrawn: not null } item => new AgendaItemIsWithdrawn(item.Title),
            _ when election?.Carries(known.Plan.Body, Contest) is { } misfit => misfit,
            _ when Minutes == Meeting => new ApprovedInTheirOwnMeeting(),
            _ when minutes?.Latest is Meetings.Minutes.Unwritten => new MinutesNotDrafted(),
            _ => meeting.Accept(meeting.ActAt(On), new ResolutionProposed(Meeting, Resolution, Item, Kind, Title, Text, Workstream, Contest, Election, Minutes, SecondRoundOf)),
        };
    }
}
