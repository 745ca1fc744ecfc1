using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>The meeting without quorum that another is the second of, with what it decided while it had one.</summary>
/// <param name="Votes">Every ballot that it voted on.</param>
public sealed record FirstMeeting(Timeline<Meeting> Meeting, IReadOnlyDictionary<BallotId, Timeline<Ballot>> Votes)
{
    /// <summary>The ballots that a meeting voted on, transcribed ones too: those to be read as <see cref="Votes"/>.</summary>
    public static IReadOnlyList<BallotId> VotesOf(Timeline<Meeting> meeting) =>
        [.. (meeting.Latest as Meetings.Meeting.Known)?.Resolutions.Select(r => r.Ballot).OfType<BallotId>().Distinct() ?? []];

    /// <summary>The titles of the items of its agenda that it decided: texts were put under them, and each that was not withdrawn was adopted or rejected.</summary>
    internal IReadOnlyList<string> DecidedItems => Meeting.Latest is not Meetings.Meeting.Known known ? [] :
    [
        .. known.Agenda.Where(i => IsDecided(known, i)).Select(i => i.Title)
            .Except(known.Agenda.Where(i => i.Withdrawn is null && !IsDecided(known, i)).Select(i => i.Title), StringComparer.Ordinal),
    ];

    /// <summary>Whether it decided a text: one of the same title or wording, of the same election, or on the same minutes.</summary>
    internal bool Decided(Resolution asked) => Meeting.Latest is Meetings.Meeting.Known known && known.Resolutions.Exists(
        r => IsDecided(r) && (r.Title == asked.Title || r.Text == asked.Text || (asked.Election is { } election && r.Election == election) || (asked.Minutes is { } minutes && r.Minutes == minutes)));

    private bool IsDecided(Meetings.Meeting.Known known, AgendaItem item) =>
        known.Resolutions.Where(r => r.Item == item.Id && r.Withdrawn is null).ToList() is { Count: > 0 } texts && texts.TrueForAll(IsDecided);

    private bool IsDecided(Resolution text) =>
        text.Ballot is { } ballot && Votes.GetValueOrDefault(ballot)?.Latest.Verdict is Verdict.Adopted or Verdict.Rejected or Verdict.Elected;
}
