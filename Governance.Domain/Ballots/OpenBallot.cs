using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>An elector who is present in the meeting, or represented there.</summary>
public sealed record Attendance(MandateId Mandate, Presence Presence);

/// <summary>Freezes the roll, names the rules and opens the window of a ballot.</summary>
/// <param name="Opens">When votes can be cast from; null, or earlier than now, for now.</param>
/// <param name="Closes">The first instant at which no vote can be cast any more.</param>
/// <param name="Present">Who is present, in a meeting; null between meetings.</param>
/// <param name="Chair">The elector who presides: whose vote parts a tie where the rule gives a casting vote, and who gets blank proxies where the rule says so.</param>
/// <param name="Secret">It is held in secret, although the rules alone do not make it so.</param>
/// <param name="Convened">When the convocation went out; it must be said for a meeting where dues count at the convocation.</param>
/// <param name="Meeting">What a meeting that is recorded here brings; null where somebody says who is present.</param>
public sealed record OpenBallot(
    BallotId Ballot,
    HeldIn Held,
    DateTimeOffset? Opens,
    DateTimeOffset Closes,
    IReadOnlyList<Attendance>? Present,
    MandateId? Chair,
    bool Secret,
    EffectiveTime? Convened,
    DateTimeOffset Now,
    OpenBallot.InMeeting? Meeting = null)
{
    /// <summary>A ballot of a meeting that is recorded here.</summary>
    /// <param name="Roll">The electorate with who takes part and who is barred.</param>
    /// <param name="OutOfBase">Electors who are not on it: they declared an interest.</param>
    /// <param name="Quorum">That of the meeting: a second one may have its own.</param>
    /// <param name="Hands">Hands are counted.</param>
    /// <param name="Called">Each elector is called.</param>
    public sealed record InMeeting(MeetingId Id, IReadOnlyList<Elector> Roll, IReadOnlyList<Elector> OutOfBase, Applied<QuorumRule> Quorum, bool Hands, bool Called);

    /// <param name="proxies">Of this ballot, as given so far.</param>
    /// <param name="first">The ballot whose second round it is; null for none.</param>
    public Decision Decide(Timeline<Ballot> ballot, Timeline<ProxyBook> proxies, OpeningBasis basis, Timeline<Ballot>? first)
    {
        var now = EffectiveTime.At(Now);
        var opens = Opens is { } from && from > Now ? EffectiveTime.At(from) : now;
        var closes = EffectiveTime.At(Closes);
        switch (ballot.Latest)
        {
            case Ballots.Ballot.Drafted:
                break;
            case Ballots.Ballot.Open open when open.Opening.Closes == closes && open.Opening.Held == Held && open.Opening.Secret == IsSecret(open.Opening.Rules):
                return Decision.NoChange;
            case Ballots.Ballot.Held held:
                return new BallotAlreadyOpened(held.Since);
            case var otherwise:
                return otherwise.Otherwise();
        }

        var draft = ((Ballots.Ballot.Drafted)ballot.Latest).Draft;
        if (first?.Latest is Ballots.Ballot.Annulled annulled)
            return new FirstRoundAnnulled(annulled.Title ?? "");
        if (basis.Body.At(now) is not Body.Constituted constituted)
            return new BallotBodyNotFound();
        if (closes <= opens)
            return new WindowEmpty(opens, closes);

        var inForce = basis.Statutes.At(now).RulesAt(Now);
        var rules = BallotRules.Of(inForce, constituted.Kind, draft.Decision).For(draft);
        if (Meeting is not null)
            rules = rules with { Quorum = Meeting.Quorum };
        if ((Forbidden(rules, constituted.Kind, draft.Decision) ?? Unconvened(rules.Eligibility, now)) is { } forbidden)
            return forbidden;
        if (!IsSecret(rules) && DemandSecretVote.Forbids((Ballots.Ballot.Drafted)ballot.Latest, rules.Secrecy) is { } demanded)
            return demanded;
        if (draft.Contest is not null && rules.ForContest(inForce.Version).Fault() is { } unjudgeable)
            return unjudgeable;

        var electorate = basis.ElectorateAt(Now, rules.Eligibility.Content, Convened);
        if (electorate.Electors.Count == 0)
            return new NoElectors();
        var (electors, misfit) = Meeting is null ? Roll(electorate) : (Meeting.Roll, ChairMisfit(Meeting.Roll));
        if (misfit is not null)
            return misfit;
        var represented = Held == HeldIn.Meeting && Meeting is null ? WithRepresented(electors, proxies.Latest, rules.Proxies!, opens) : electors;
        if (IsSecret(rules) && SecretBallot.Forbidden(draft.Contest, rules, represented) is { } told)
            return told;
        return ballot.Accept(now, Opening(represented, electorate, rules, inForce.Version, opens, closes));
    }

    private Refusal? Forbidden(BallotRules rules, BodyKind body, DecisionKind decision)
    {
        if (rules.Forbids(body, decision) is { } forbidden)
            return forbidden;
        if (Held == HeldIn.Correspondence && !rules.RemoteVoting.Content.Correspondence)
            return new CorrespondenceNotAllowed(body, decision, rules.RemoteVoting.Article);
        if (Held == HeldIn.Correspondence && !rules.RemoteVoting.Content.Electronic)
            return new ElectronicVotingNotAllowed(body, decision, rules.RemoteVoting.Article);
        return null;
    }

    private bool IsSecret(BallotRules rules) => Secret || rules.Secrecy.Content.Form == VoteForm.Secret;

    private Refusal? Unconvened(Applied<EligibilityRule> eligibility, EffectiveTime now) => Convened switch
    {
        null when eligibility.Content.Dues == DuesPaidBy.Convocation && Held == HeldIn.Meeting => new ConvocationNotNamed(eligibility.Article),
        { } convened when convened > now => new ConvenedAfterOpening(convened),
        _ => null,
    };

    private ChairNotOnTheRoll? ChairMisfit(IReadOnlyList<Elector> roll) => Chair is { } chair && roll.All(e => e.Mandate != chair) ? new(chair) : null;

    private (IReadOnlyList<Elector> Electors, Refusal? Misfit) Roll(Electorate electorate)
    {
        var electors = electorate.Electors;
        var mandates = electors.Select(e => e.Mandate).ToHashSet();
        if (Chair is { } chair && !mandates.Contains(chair))
            return (electors, new ChairNotOnTheRoll(chair));
        if (Held == HeldIn.Correspondence)
            return (electors, Present is { Count: > 0 } ? new AttendanceBetweenMeetings() : null);

        var present = new Dictionary<MandateId, Presence>();
        // Who is left out may well be in the room.
        var leftOut = electorate.LeftOut.Select(l => l.Mandate).ToHashSet();
        foreach (var attendance in Present ?? [])
        {
            if (leftOut.Contains(attendance.Mandate))
                continue;
            if (!mandates.Contains(attendance.Mandate))
                return (electors, new PresentNotOnTheRoll(attendance.Mandate));
            if (!present.TryAdd(attendance.Mandate, attendance.Presence))
                return (electors, new PresentTwice(attendance.Mandate));
        }

        return ([.. electors.Select(e => present.TryGetValue(e.Mandate, out var how) ? e with { Present = how } : e)], null);
    }

    // Absent, and with a proxy that stands in the hands of somebody who is there.
    private IReadOnlyList<Elector> WithRepresented(IReadOnlyList<Elector> electors, ProxyBook proxies, Applied<ProxiesRule> rule, EffectiveTime opens)
    {
        if (proxies.All.IsEmpty)
            return electors;
        var chair = electors.FirstOrDefault(e => e.Mandate == Chair)?.Person;
        var represented = JudgedProxy.Judge(rule, electors, proxies.All, opens, chair, new HashSet<PersonId>()).Where(p => p.Stands && p.HolderIsPresent(electors))
            .Select(p => p.Proxy.Giver).ToHashSet();
        return [.. electors.Select(e => e.Present is null && represented.Contains(e.Mandate) ? e with { Present = Presence.Represented } : e)];
    }

    private List<IEvent> Opening(
        IReadOnlyList<Elector> electors,
        Electorate electorate,
        BallotRules rules,
        StatutesVersionId? statutes,
        EffectiveTime opens,
        EffectiveTime closes)
    {
        var inline = electors.Count <= Electorate.InlineLimit;
        var chunks = inline ? [] : electors.Chunk(Electorate.InlineLimit).ToList();
        var opening = new BallotOpened(
            Ballot, Held, opens, closes, rules, electors.Count, electorate.Colleges, inline ? electors : null,
            inline ? null : [.. chunks.Select(Electorate.Hash)], statutes, Chair, Convened, IsSecret(rules), Meeting?.Hands == true, Meeting?.Id,
            Meeting?.OutOfBase is { Count: > 0 } outOfBase ? [.. outOfBase.Select(e => e.Mandate)] : null, Meeting?.Called == true,
            Meeting?.OutOfBase is { Count: > 0 } beside ? beside : null);
        return
        [
            opening, .. chunks.Select((chunk, i) => new ElectorateChunk(Ballot, i + 1, chunk)),
            .. electorate.LeftOut.Chunk(Electorate.InlineLimit).Select(part => new ElectorsLeftOut(Ballot, part)),
        ];
    }
}
