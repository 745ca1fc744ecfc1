using Governance.Domain.Elections;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Enters the outcome of a decision from before the system, as a document gives it.</summary>
/// <param name="On">When it was taken.</param>
/// <param name="Election">The election that it decided; null for none.</param>
/// <param name="Elected">Whom it elected, in order; null for nobody.</param>
/// <param name="Minutes">The meeting whose minutes it approved; null for none.</param>
public sealed record TranscribeOutcome(
    BallotId Ballot,
    DecisionKind Kind,
    string Title,
    Verdict Verdict,
    BodyId? Body,
    string? Motion,
    TranscribedCounts? Counts,
    StatutesVersionId? Statutes,
    WorkstreamId? Workstream,
    string? Reference,
    EffectiveTime On,
    ElectionId? Election = null,
    IReadOnlyList<PersonId>? Elected = null,
    MeetingId? Minutes = null)
{
    /// <param name="body">The body that <see cref="Body"/> names.</param>
    /// <param name="election">That of <see cref="Election"/>, whose list of candidates is closed with the outcome.</param>
    public Decision Decide(Timeline<Ballot> ballot, Timeline<Body>? body, Timeline<StatutesVersions> statutes, Timeline<Election>? election = null)
    {
        if ((Texts.Name("title", Title) ?? Texts.OptionalText("motion", Motion) ?? Texts.OptionalText("reference", Reference) ?? CountsFault()) is { } wrong)
            return wrong;
        if (Body is not null)
        {
            ArgumentNullException.ThrowIfNull(body);
            if (body.At(On) is not Mandates.Body.Constituted)
                return new BallotBodyNotFound();
        }

        if (Statutes is { } version && statutes.Latest.Find(version) is null)
            return new StatutesVersionNotFound();
        var outcome = new OutcomeTranscribed(Ballot, Kind, Title, Verdict, Body, Motion, Counts, Statutes, Workstream, Reference, Election, Elected, Minutes);
        return ballot.Latest switch
        {
            Ballots.Ballot.Unknown when (Elected is not null) != (Verdict == Verdict.Elected && Election is not null) => new ElectedOfNoElection(),
            Ballots.Ballot.Unknown when election?.Elects(Body, Elected ?? []) is { } misfit => misfit,
            Ballots.Ballot.Unknown when election is not null => Decision.All(ballot.Accept(On, outcome), election.AcceptNext(On, new ElectionPutToVote(Election!.Value, Ballot))),
            Ballots.Ballot.Unknown => ballot.Accept(On, outcome),
            Ballots.Ballot.Transcribed known when known.Record == outcome && known.On == On => Decision.NoChange,
            _ => new BallotAlreadyDrafted(Title),
        };
    }

    private Refusal? CountsFault() => Counts is null ? null
        : Texts.Number("counts.for", Counts.For, 0, int.MaxValue)
            ?? Texts.Number("counts.against", Counts.Against, 0, int.MaxValue)
            ?? Texts.Number("counts.abstention", Counts.Abstention, 0, int.MaxValue)
            ?? Texts.Number("counts.blank", Counts.Blank, 0, int.MaxValue)
            ?? Texts.Number("counts.null", Counts.Null, 0, int.MaxValue);
}
