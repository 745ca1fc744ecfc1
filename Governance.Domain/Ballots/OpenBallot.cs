using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>An elector who is present in the meeting, or represented there.</summary>
public sealed record Attendance(MandateId Mandate, Presence Presence);

/// <summary>Freezes the roll, names the rules and opens the window of a ballot.</summary>
/// <param name="Opens">When votes can be cast from; null, or earlier than now, for now.</param>
/// <param name="Closes">The first instant at which no vote can be cast any more.</param>
/// <param name="Present">Who is present, in a meeting; null between meetings.</param>
/// <param name="Chair">The elector whose vote parts a tie, where the rule gives a casting vote.</param>
/// <param name="Secret">A secret vote is demanded.</param>
public sealed record OpenBallot(
    BallotId Ballot,
    HeldIn Held,
    DateTimeOffset? Opens,
    DateTimeOffset Closes,
    IReadOnlyList<Attendance>? Present,
    MandateId? Chair,
    bool Secret,
    DateTimeOffset Now)
{
    /// <param name="body">The body that the draft names.</param>
    /// <param name="colleges">The bodies that this body names as its colleges.</param>
    public Decision Decide(
        Timeline<Ballot> ballot, Timeline<Body> body, IReadOnlyList<Timeline<Body>> colleges, Timeline<StatutesVersions> statutes)
    {
        var now = EffectiveTime.At(Now);
        var opens = Opens is { } from && from > Now ? EffectiveTime.At(from) : now;
        var closes = EffectiveTime.At(Closes);
        switch (ballot.Latest)
        {
            case Ballots.Ballot.Drafted:
                break;
            case Ballots.Ballot.Open open when open.Opening.Closes == closes && open.Opening.Held == Held:
                return Decision.NoChange;
            case Ballots.Ballot.Held held:
                return new BallotAlreadyOpened(held.Since);
            case var otherwise:
                return otherwise.Otherwise();
        }

        var draft = ((Ballots.Ballot.Drafted)ballot.Latest).Draft;
        if (body.At(now) is not Body.Constituted constituted)
            return new BallotBodyNotFound();
        if (closes <= opens)
            return new WindowEmpty(opens, closes);

        var inForce = statutes.At(now).RulesAt(Now);
        var rules = BallotRules.Of(inForce, constituted.Kind, draft.Decision);
        if (Forbidden(rules, constituted.Kind, draft.Decision) is { } forbidden)
            return forbidden;

        var electorate = Electorate.At(constituted, [.. colleges.Select(c => c.At(now))], Now);
        if (electorate.Electors.Count == 0)
            return new NoElectors();
        if (Roll(electorate.Electors) is var (electors, misfit) && misfit is not null)
            return misfit;

        return ballot.Accept(now, Opening(electors, electorate.Colleges, rules, inForce.Version, opens, closes));
    }

    private Refusal? Forbidden(BallotRules rules, BodyKind body, DecisionKind decision)
    {
        if (!rules.Authority.Content.Bodies.Contains(body))
            return new BodyWithoutAuthority(body, decision, rules.Authority.Article);
        if (rules.Eligibility.Content.Voice == Voice.Consultative)
            return new BodyConsultative(body, rules.Eligibility.Article);
        if (Secret || rules.Secrecy.Content.Form == VoteForm.Secret)
            return new SecretBallotNotAvailable(rules.Secrecy.Article);
        if (Held == HeldIn.Correspondence && !rules.RemoteVoting.Content.Correspondence)
            return new CorrespondenceNotAllowed(body, decision, rules.RemoteVoting.Article);
        if (Held == HeldIn.Correspondence && !rules.RemoteVoting.Content.Electronic)
            return new ElectronicVotingNotAllowed(body, decision, rules.RemoteVoting.Article);
        return null;
    }

    private (IReadOnlyList<Elector> Electors, Refusal? Misfit) Roll(IReadOnlyList<Elector> electors)
    {
        var mandates = electors.Select(e => e.Mandate).ToHashSet();
        if (Chair is { } chair && !mandates.Contains(chair))
            return (electors, new ChairNotOnTheRoll(chair));
        if (Held == HeldIn.Correspondence)
            return (electors, Present is { Count: > 0 } ? new AttendanceBetweenMeetings() : null);

        var present = new Dictionary<MandateId, Presence>();
        foreach (var attendance in Present ?? [])
        {
            if (!mandates.Contains(attendance.Mandate))
                return (electors, new PresentNotOnTheRoll(attendance.Mandate));
            if (!present.TryAdd(attendance.Mandate, attendance.Presence))
                return (electors, new PresentTwice(attendance.Mandate));
        }

        return ([.. electors.Select(e => present.TryGetValue(e.Mandate, out var how) ? e with { Present = how } : e)], null);
    }

    private List<IEvent> Opening(
        IReadOnlyList<Elector> electors,
        IReadOnlyList<BallotCollege> colleges,
        BallotRules rules,
        StatutesVersionId? statutes,
        EffectiveTime opens,
        EffectiveTime closes)
    {
        var inline = electors.Count <= Electorate.InlineLimit;
        var chunks = inline ? [] : electors.Chunk(Electorate.InlineLimit).ToList();
        var opening = new BallotOpened(
            Ballot, Held, opens, closes, rules, electors.Count, colleges, inline ? electors : null,
            inline ? null : [.. chunks.Select(Electorate.Hash)], statutes, Chair);
        return [opening, .. chunks.Select((chunk, i) => new ElectorateChunk(Ballot, i + 1, chunk))];
    }
}
