using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Prepares a question for the vote of a body.</summary>
public sealed record DraftBallot(
    BallotId Ballot,
    BodyId Body,
    DecisionKind Kind,
    string Title,
    string Question,
    string Motion,
    WorkstreamId? Workstream,
    string? Reference,
    EffectiveTime On)
{
    public Decision Decide(Timeline<Ballot> ballot, Timeline<Body> body)
    {
        if ((Texts.Name("title", Title) ?? Texts.Text("question", Question) ?? Texts.Text("motion", Motion)
            ?? Texts.OptionalText("reference", Reference)) is { } wrong)
            return wrong;
        var draft = new BallotDrafted(Ballot, Body, Kind, Title, Question, Motion, Workstream, Reference);
        return ballot.Latest switch
        {
            Ballots.Ballot.Unknown when body.At(On) is not Mandates.Body.Constituted => new BallotBodyNotFound(),
            Ballots.Ballot.Unknown => ballot.Accept(On, draft),
            Ballots.Ballot.Drafted known when known.Draft == draft => Decision.NoChange,
            _ => new BallotAlreadyDrafted(Title),
        };
    }
}
