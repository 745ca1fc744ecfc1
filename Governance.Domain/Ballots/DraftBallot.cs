using Governance.Domain.Elections;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Prepares a question for the vote of a body.</summary>
/// <param name="Motion">The text put to the vote; with a contest, the text that says what is decided by it, asked for all the same.</param>
/// <param name="Contest">The options and the method; null for a motion.</param>
/// <param name="Election">The election whose candidates are put; null for none.</param>
/// <param name="Minutes">The meeting whose minutes are put for approval; null for none.</param>
/// <param name="SecondRoundOf">The ballot whose result calls for this one; null for none.</param>
public sealed record DraftBallot(
    BallotId Ballot,
    BodyId Body,
    DecisionKind Kind,
    string Title,
    string Question,
    string Motion,
    WorkstreamId? Workstream,
    string? Reference,
    EffectiveTime On,
    Contest? Contest = null,
    ElectionId? Election = null,
    MeetingId? Minutes = null,
    BallotId? SecondRoundOf = null)
{
    /// <param name="workstreams">Those of <see cref="Contest.Workstreams"/>, in its order.</param>
    /// <param name="people">Those of <see cref="Contest.People"/>, in its order.</param>
    /// <param name="election">That of <see cref="Election"/>, whose list of candidates is closed with the draft.</param>
    /// <param name="first">That of <see cref="SecondRoundOf"/>, on which the second round is noted.</param>
    /// <param name="put">The second round that it has already; null for none.</param>
    public Decision Decide(
        Timeline<Ballot> ballot, Timeline<Body> body, IReadOnlyList<Timeline<Workstream>>? workstreams = null, IReadOnlyList<Timeline<Person>>? people = null,
        Timeline<Election>? election = null, Timeline<Ballot>? first = null, Timeline<Ballot>? put = null)
    {
        if ((Texts.Name("title", Title) ?? Texts.Text("question", Question) ?? Texts.Text("motion", Motion)
            ?? Texts.OptionalText("reference", Reference) ?? Contest?.CannotBePut(Kind)) is { } wrong)
            return wrong;
        var draft = new BallotDrafted(Ballot, Body, Kind, Title, Question, Motion, Workstream, Reference, Contest, Election, Minutes, SecondRoundOf, first is null ? null : SecondRound.After(first.Latest));
        return ballot.Latest switch
        {
            Ballots.Ballot.Unknown when body.At(On) is not Mandates.Body.Constituted => new BallotBodyNotFound(),
            Ballots.Ballot.Unknown when Missing(workstreams ?? [], people ?? []) is { } missing => missing,
            Ballots.Ballot.Unknown when first is not null && SecondRound.Misfit(first.Latest, put?.Latest, draft) is { } other => other,
            Ballots.Ballot.Unknown when election?.Carries(Body, Contest) is { } misfit => misfit,
            Ballots.Ballot.Unknown => Decision.All(
            [
                ballot.Accept(On, draft),
                .. election is null ? Enumerable.Empty<Decision>() : [election.AcceptNext(On, new ElectionPutToVote(Election!.Value, Ballot))],
                .. first?.Latest is Ballots.Ballot.Proclaimed called
                    ? [first.Accept(BallotStanding.ActNow(On.Instant, called.Last), new SecondRoundPut(called.Draft.Ballot, Ballot))]
                    : Enumerable.Empty<Decision>(),
            ]),
            Ballots.Ballot.Drafted known when known.Draft == draft => Decision.NoChange,
            _ => new BallotAlreadyDrafted(Title),
        };
    }

    private OptionNotFound? Missing(IReadOnlyList<Timeline<Workstream>> workstreams, IReadOnlyList<Timeline<Person>> people)
    {
        for (var i = 0; i < Contest?.Question.Options.Count; i++)
        {
            if (Contest.Of switch
            {
                ContestOptions.Workstreams => workstreams[i].At(On) is not Roadmaps.Workstream.Known,
                ContestOptions.People => people[i].At(On) is not Person.Registered,
                _ => false,
            })
                return new OptionNotFound(Contest.Question.Options[i], Contest.Of);
        }

        return null;
    }
}
