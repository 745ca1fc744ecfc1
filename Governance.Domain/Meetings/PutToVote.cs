using Governance.Domain.Ballots;
using Governance.Domain.Elections;
using Governance.Domain.Kernel;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>Puts a text to the vote: the quorum is fixed, the ballot drafted and opened on who is there and whom they represent.</summary>
/// <param name="Ballot">The ballot to be.</param>
/// <param name="Closes">The first instant at which no vote can be cast any more, if nobody closes it before.</param>
public sealed record PutToVote(MeetingId Meeting, ResolutionId Resolution, BallotId Ballot, WayOfVoting Way, DateTimeOffset Closes, DateTimeOffset Now)
{
    /// <param name="before">The ballot that the meeting voted on last; null for none.</param>
    /// <param name="ballot">Of <see cref="Ballot"/>.</param>
    /// <param name="proxies">Of <see cref="Ballot"/>.</param>
    /// <param name="workstreams">Those of the contest, in its order.</param>
    /// <param name="people">Those of the contest, in its order.</param>
    /// <param name="election">The election whose candidates the text puts, whose list is closed with the vote; null for none.</param>
    /// <param name="first">The ballot of the text whose second round this is: see <see cref="FirstRound"/>; null for none.</param>
    /// <param name="second">The second round that <paramref name="first"/> has already; null for none.</param>
    /// <param name="firstMeeting">The meeting without quorum that this is the second of; null for none.</param>
    public Decision Decide(
        Timeline<Meeting> meeting, MeetingBasis basis, Timeline<Ballot>? before, Timeline<Ballot> ballot, Timeline<ProxyBook> proxies,
        IReadOnlyList<Timeline<Workstream>> workstreams, IReadOnlyList<Timeline<Person>> people, Timeline<Election>? election = null,
        Timeline<Ballot>? first = null, Timeline<Ballot>? second = null, FirstMeeting? firstMeeting = null)
    {
        var (session, refused) = meeting.InSession();
        if (session is null)
            return refused!;
        switch (session.Find(Resolution))
        {
            case null:
                return new ResolutionNotFound();
            case { Withdrawn: not null } withdrawn:
                return new ResolutionIsWithdrawn(withdrawn.Title);
            case { Ballot: { } known } voted:
                return known == Ballot ? Decision.NoChange : new ResolutionWasPutToVote(voted.Title);
            case { Item: var on } when session.Item(on) is { Withdrawn: not null } item:
                return new AgendaItemIsWithdrawn(item.Title);
            case { Contest: not null } when Way is WayOfVoting.ShowOfHands or WayOfVoting.RollCall:
                return new WayForMotionsAlone();
            case var resolution when before?.Latest is Ballots.Ballot.Open:
                return new VoteUnderWay(session.Resolutions.Find(r => r.Ballot == ((Ballots.Ballot.Open)before.Latest).Opening.Ballot)?.Title ?? resolution.Title);
            case var resolution:
                return Put(meeting, session, resolution, basis, ballot, proxies, workstreams, people, election, first, second, firstMeeting);
        }
    }

    /// <summary>The ballot of the text whose second round a text is; null for none, and where that text is before the meeting anew.</summary>
    public static BallotId? FirstRound(Meeting meeting, ResolutionId resolution) =>
        meeting is Meetings.Meeting.Known known && known.Find(resolution)?.SecondRoundOf is { } first ? known.Find(first)?.Ballot : null;

    private Decision Put(
        Timeline<Meeting> meeting, Meetings.Meeting.InSession session, Resolution resolution, MeetingBasis basis, Timeline<Ballot> ballot,
        Timeline<ProxyBook> proxies, IReadOnlyList<Timeline<Workstream>> workstreams, IReadOnlyList<Timeline<Person>> people, Timeline<Election>? election,
        Timeline<Ballot>? first, Timeline<Ballot>? second, FirstMeeting? firstMeeting)
    {
        if (resolution.SecondRoundOf is not null && first is null)
            return new NoSecondRoundCalled();
        var at = meeting.ActAt(EffectiveTime.At(Now));
        var room = Room.At(session, basis, resolution.Decision, at.Instant, session.Chair, session.Item(resolution.Item)?.Interested);
        if (room.Kind is not { } kind || session.Plan.Body is not { } body)
            return new GroupDoesNotVote();
        if (session.Plan.Kind != MeetingKind.Extraordinary && room.Rules.AuthorityInMeeting(resolution.Decision) is { Content.Meeting: MeetingAsked.Extraordinary } asked)
            return new ExtraordinaryMeetingAsked(resolution.Decision, asked.Article);
        // A quorum of its own, or none, is for what the first meeting could not decide.
        if (firstMeeting?.Decided(resolution) == true)
            return new SecondMeetingRefused(SecondConvocationFault.AlreadyDecided, null, room.Rules.SecondConvocation(kind, session.Decision).Article, resolution.Title);
        if (basis.Sheet.At(at).There(session.Chair) is null)
            return new OfficerNotThere("chair");
        var secrecy = room.Rules.Secrecy(kind, resolution.Decision);
        var secret = Way == WayOfVoting.Secret || secrecy.Content.Form == VoteForm.Secret;
        if (secret && Way is WayOfVoting.ShowOfHands or WayOfVoting.RollCall)
            return new HandsInSecretBallot(secrecy.Article);
        var quorum = room.Found();
        if (room.Quorum.Content.Check != QuorumCheck.AtOpening && quorum.Missing() is { } missing)
            return missing;

        var draft = new DraftBallot(
            Ballot, body, resolution.Decision, resolution.Title, resolution.Title, resolution.Text, resolution.Workstream, null, at, resolution.Contest,
            resolution.Election, resolution.Minutes, FirstRound(session, Resolution)).Decide(ballot, basis.Bodies.Body, workstreams, people, election, first, second);
        if (draft is not Decision.Accepted { Facts: var drafted })
            return draft;
        List<Fact> given = [.. room.Represented().Select(p => new Fact(proxies.Stream, new ProxyGiven(Ballot, p.Proxy.Giver, p.Proxy.Form, p.Holder), p.Proxy.On))];
        var chair = room.Electors.FirstOrDefault(e => e.Person == session.Chair)?.Mandate;
        var open = new OpenBallot(
            Ballot, HeldIn.Meeting, null, Closes, null, chair, secret, session.ConvenedOn, at.Instant,
            new OpenBallot.InMeeting(Meeting, room.Electors, room.OutOfBase, Room.QuorumOfVote(room.Quorum), Way == WayOfVoting.ShowOfHands, Way == WayOfVoting.RollCall)).Decide(ballot.After(drafted), proxies.After(given), basis.Bodies, first);
        return open is Decision.Accepted opened
            ? Decision.All(
                meeting.Accept(at, new ResolutionPutToVote(Meeting, Resolution, Ballot, secret ? WayOfVoting.Secret : Way, quorum)), Decision.Accept(drafted), opened, Decision.Accept(given))
            : open;
    }
}
