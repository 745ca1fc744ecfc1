using Governance.Domain.Ballots;
using Governance.Domain.Colleges;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Statutes;

namespace Governance.Domain.Registers;

/// <summary>One more term of a mandate.</summary>
/// <param name="TermEnds">The first instant after it; null for no term.</param>
/// <param name="Decision">The ballot that decided it; null where none is named.</param>
public sealed record RenewalLine(EffectiveTime On, EffectiveTime? TermEnds, BallotId? Decision = null);

/// <summary>A mandate as a line of the register of mandates, with what is needed to constitute its body: what is not said is null.</summary>
/// <param name="BodyName">What the body is called now.</param>
/// <param name="TermEnds">The first instant after the first term; later ones are renewals.</param>
/// <param name="Holdover">Once the term is over the holder stays until replaced.</param>
/// <param name="Renewals">In the order of time; null when nothing is said of any.</param>
/// <param name="BodyDecision">The ballot that constituted the body; null where none is named, as below.</param>
public sealed record MandateLine(
    MandateId Id,
    BodyId Body,
    string? BodyName = null,
    BodyKind? BodyKind = null,
    EffectiveTime? BodySince = null,
    int? BodySeats = null,
    Fraction? BodyWeight = null,
    EffectiveTime? BodyDissolved = null,
    string? DissolutionReason = null,
    PersonId? Person = null,
    MemberId? Member = null,
    BodyId? College = null,
    Office? Office = null,
    EffectiveTime? Start = null,
    EffectiveTime? TermEnds = null,
    bool? Holdover = null,
    bool? CoOpted = null,
    EffectiveTime? Ratified = null,
    bool? Interim = null,
    IReadOnlyList<RenewalLine>? Renewals = null,
    EffectiveTime? Ended = null,
    EndReason? Reason = null,
    BallotId? BodyDecision = null,
    BallotId? DissolutionDecision = null,
    BallotId? AppointmentDecision = null,
    BallotId? RatificationDecision = null,
    BallotId? EndDecision = null)
{
    /// <summary>The mandates of a body known of what took effect until an instant, by their beginnings.</summary>
    public static IReadOnlyList<MandateLine> Of(Timeline<Body> body, DateTimeOffset until)
    {
        var lines = new Dictionary<MandateId, MandateLine>();
        EffectiveTime? dissolved = null;
        string? reason = null;
        BallotId? constituting = null, dissolving = null;
        foreach (var e in body.Effective.TakeWhile(e => e.On.Instant <= until))
        {
            switch (e.Event)
            {
                case MandateAppointed a:
                    lines[a.Mandate] = new(
                        a.Mandate, default, Person: a.Person, Member: a.Member, College: a.College, Office: a.Office, Start: e.On, TermEnds: a.TermEnds, Holdover: a.Holdover, CoOpted: a.CoOpted,
                        Interim: a.Interim, Renewals: [], AppointmentDecision: a.Decision?.Ballot);
                    break;
                case MandateRatified r:
                    lines[r.Mandate] = lines[r.Mandate] with { Ratified = e.On, RatificationDecision = r.Decision?.Ballot };
                    break;
                case MandateRenewed r:
                    lines[r.Mandate] = lines[r.Mandate] with { Renewals = [.. lines[r.Mandate].Renewals!, new(e.On, r.TermEnds, r.Decision?.Ballot)] };
                    break;
                case FirstTermDrawn d:
                    lines[d.Mandate] = lines[d.Mandate] with { TermEnds = d.TermEnds };
                    break;
                case MandateEnded m:
                    lines[m.Mandate] = lines[m.Mandate] with { Ended = e.On, Reason = m.Reason, EndDecision = m.Decision?.Ballot };
                    break;
                case BodyConstituted b:
                    constituting = b.Decision?.Ballot;
                    break;
                case CollegeConstituted c:
                    constituting = c.Decision?.Ballot;
                    break;
                case BodyDissolved d:
                    (dissolved, reason, dissolving) = (e.On, d.Reason, d.Decision?.Ballot);
                    break;
            }
        }

        return body.At(until).AsConstituted is not { } known ? [] :
        [
            .. lines.Values.OrderBy(l => l.Start!.Value.Instant).Select(l => l with
            {
                Body = known.Id, BodyName = known.Name, BodyKind = known.Kind, BodySince = known.Since, BodySeats = known.Seats,
                BodyWeight = known.Kind == Mandates.BodyKind.College ? known.Weight : null, BodyDissolved = dissolved, DissolutionReason = reason,
                BodyDecision = constituting, DissolutionDecision = dissolving,
            }),
        ];
    }
}

/// <summary>Brings mandates of a file into the register; a body that is not there is constituted when the file says what it is.</summary>
public sealed record ImportMandates(IReadOnlyList<Numbered<MandateLine>> Lines)
{
    // An end comes before the beginning that takes its place, of one instant.
    private enum Rank { Constitute, End, Appoint, Ratify, Renew, EndAtOnce, Dissolve }

    /// <param name="draft">With every body and its register, the statutes, the ballots that are named as decisions, and the stream of each person and member named.</param>
    public RegisterPlan Plan(RegisterDraft draft, TimeZoneInfo zone, DateTimeOffset now)
    {
        var planning = new Planning(zone, now);
        var seen = new Dictionary<MandateId, int>();
        foreach (var lines in Lines.GroupBy(l => l.Content.Body))
        {
            var body = draft.Of<Body>(Body.Stream(lines.Key));
            var isThere = body.Latest.AsConstituted is not null;
            var recorded = MandateLine.Of(body, DateTimeOffset.MaxValue).ToDictionary(l => l.Id);
            var first = lines.MinBy(l => l.Content.Start?.Instant ?? DateTimeOffset.MaxValue)!;
            foreach (var (number, line) in lines)
            {
                var known = recorded.GetValueOrDefault(line.Id);
                planning.Line(number, known is not null);
                if (!seen.TryAdd(line.Id, number))
                    planning.Fault(number, "id", new LineRepeated(seen[line.Id]));
                else if (isThere)
                    SameBody(planning, number, line, body.Latest.AsConstituted!, body.Latest as Body.Dissolved, recorded.Values.FirstOrDefault());
                else
                    SameAsFirst(planning, number, line, first);
                Ask(planning, number, line, known);
            }

            if (!isThere)
                Constitute(planning, first);
            if (lines.FirstOrDefault(l => l.Content.BodyDissolved is not null) is { } gone && body.Latest is not Body.Dissolved)
                planning.Dated(gone.Line, "body_dissolved_on", gone.Content.BodyDissolved, null, (int)Rank.Dissolve, (d, on) =>
                    new DissolveBody(gone.Content.DissolutionReason ?? "", Planning.Reference(gone.Content.DissolutionDecision), on).Decide(d.Of<Body>(Body.Stream(lines.Key))));
        }

        return planning.Decide(draft);
    }

    private static void SameBody(Planning planning, int number, MandateLine line, Body.Constituted body, Body.Dissolved? gone, MandateLine? known)
    {
        if (known is not null)
            planning.Fixed(number, "body_decision", line.BodyDecision, known.BodyDecision);
        planning.Fixed(number, "body", line.BodyName, body.Name);
        planning.Fixed(number, "body_kind", line.BodyKind, body.Kind);
        planning.Fixed(number, "body_since", line.BodySince, body.Since);
        planning.Fixed(number, "body_seats", line.BodySeats, body.Seats);
        planning.Fixed(number, "body_weight", line.BodyWeight, body.Kind == BodyKind.College ? body.Weight : null);
        if (gone is null)
            return;
        planning.Fixed(number, "body_dissolved_on", line.BodyDissolved, gone.On);
        if (known is null)
            return;
        planning.Fixed(number, "dissolution_reason", line.DissolutionReason, known.DissolutionReason);
        planning.Fixed(number, "dissolution_decision", line.DissolutionDecision, known.DissolutionDecision);
    }

    private static void SameAsFirst(Planning planning, int number, MandateLine line, Numbered<MandateLine> first)
    {
        var other = first.Content;
        if (line.BodyName != other.BodyName)
            planning.Fault(number, "body", new LinesDisagree(first.Line));
        else if (line.BodyKind != other.BodyKind)
            planning.Fault(number, "body_kind", new LinesDisagree(first.Line));
        else if (line.BodySince != other.BodySince)
            planning.Fault(number, "body_since", new LinesDisagree(first.Line));
        else if (line.BodySeats != other.BodySeats)
            planning.Fault(number, "body_seats", new LinesDisagree(first.Line));
        else if (line.BodyWeight != other.BodyWeight)
            planning.Fault(number, "body_weight", new LinesDisagree(first.Line));
        else if (line.BodyDissolved != other.BodyDissolved)
            planning.Fault(number, "body_dissolved_on", new LinesDisagree(first.Line));
    }

    private static void Constitute(Planning planning, Numbered<MandateLine> first)
    {
        var (number, line) = first;
        if (line.BodyKind is not { } kind)
        {
            planning.Fault(number, "body_kind", new CellNeeded());
            return;
        }

        if ((line.BodySince ?? line.Start) is not { } since)
            return;
        planning.Ask(number, "body", since, (int)Rank.Constitute, draft =>
        {
            var (body, register) = (draft.Of<Body>(Body.Stream(line.Body)), draft.Of<RegisterOfBodies>(RegisterOfBodies.Stream));
            return kind == BodyKind.College
                ? new ConstituteCollege(line.Body, line.BodyName ?? "", line.BodySeats, line.BodyWeight ?? Fraction.One, Planning.Reference(line.BodyDecision), since).Decide(body, register)
                : new ConstituteBody(line.Body, line.BodyName ?? "", kind, line.BodySeats, [], Planning.Reference(line.BodyDecision), since).Decide(body, register, []);
        });
    }

    private static void Ask(Planning planning, int number, MandateLine line, MandateLine? known)
    {
        var stream = Body.Stream(line.Body);
        if (known is null)
        {
            if (line.Person is null)
                planning.Fault(number, "person", new CellNeeded());
            else if (line.Start is null)
                planning.Fault(number, "start", new CellNeeded());
            else if (line.Ended is { } over && over < line.Start)
                planning.Fault(number, "ended_on", new TermEndsBeforeItBegins(over));
            else
                planning.Dated(number, "start", line.Start, null, (int)Rank.Appoint, (draft, on) => Appoint(draft, line, on, planning.Zone));
        }
        else
        {
            planning.Fixed(number, "person", line.Person, known.Person);
            planning.Fixed(number, "member", line.Member, known.Member);
            planning.Fixed(number, "college", line.College, known.College);
            planning.Fixed(number, "office", line.Office, known.Office);
            planning.Fixed(number, "start", line.Start, known.Start);
            planning.Fixed(number, "term_ends", line.TermEnds, known.TermEnds);
            planning.Fixed(number, "holdover", line.Holdover, known.Holdover);
            planning.Fixed(number, "co_opted", line.CoOpted, known.CoOpted);
            planning.Fixed(number, "interim", line.Interim, known.Interim);
            planning.Fixed(number, "appointment_decision", line.AppointmentDecision, known.AppointmentDecision);
            if (known.Ratified is not null)
                planning.Fixed(number, "ratification_decision", line.RatificationDecision, known.RatificationDecision);
        }

        planning.Dated(number, "ratified_on", line.Ratified, known?.Ratified, (int)Rank.Ratify, (draft, on) =>
            new RatifyMandate(line.Id, Planning.Reference(line.RatificationDecision), on)
                .Decide(draft.Of<Body>(stream), Terms(draft, stream, on), line.RatificationDecision is { } ballot ? draft.Of<Ballot>(Ballot.Stream(ballot)) : null), happened: true);
        Renew(planning, number, line, known?.Renewals ?? []);
        if (line.Ended is not null && line.Reason is null && known?.Reason is null)
        {
            planning.Fault(number, "end_reason", new CellNeeded());
            return;
        }

        planning.Dated(number, "ended_on", line.Ended, known?.Ended, (int)(line.Ended == line.Start ? Rank.EndAtOnce : Rank.End), (draft, on) =>
        {
            var decision = line.EndDecision is { } ballot ? draft.Of<Ballot>(Ballot.Stream(ballot)) : null;
            return new EndMandate(line.Id, line.Reason!.Value, Planning.Reference(line.EndDecision), on)
                .Decide(draft.Of<Body>(stream), Terms(draft, stream, on), decision, decision?.Latest.Body is { } by ? draft.Of<Body>(Body.Stream(by)) : null);
        });
        if (known is { Ended: not null })
        {
            planning.Fixed(number, "end_reason", line.Reason, known.Reason);
            planning.Fixed(number, "end_decision", line.EndDecision, known.EndDecision);
        }
    }

    private static void Renew(Planning planning, int number, MandateLine line, IReadOnlyList<RenewalLine> known)
    {
        var stream = Body.Stream(line.Body);
        foreach (var renewal in line.Renewals ?? [])
        {
            if (known.FirstOrDefault(k => planning.Same(renewal.On, k.On)) is { } recorded)
            {
                planning.Fixed(number, "renewals", renewal.TermEnds, recorded.TermEnds);
                planning.Fixed(number, "renewals", renewal.Decision, recorded.Decision);
            }
            else
                planning.Ask(number, "renewals", renewal.On, (int)Rank.Renew, draft =>
                    new RenewMandate(line.Id, renewal.TermEnds, Planning.Reference(renewal.Decision), renewal.On)
                        .Decide(draft.Of<Body>(stream), draft.All<Body>("body", stream), Terms(draft, stream, renewal.On), planning.Zone));
        }
    }

    private static Decision Appoint(RegisterDraft draft, MandateLine line, EffectiveTime on, TimeZoneInfo zone)
    {
        var stream = Body.Stream(line.Body);
        var terms = Terms(draft, stream, on);
        // The statutes of the time say whether a holder stays beyond the term. Where they are not recorded here, whoever kept the register does.
        if (line.Holdover is { } stays && stays != terms.Holdover)
        {
            if (draft.Of<StatutesVersions>(StatutesVersions.Stream).At(on).RulesAt(on.Instant).Version is not null)
                return new HoldoverByStatutes(terms.Article);
            terms = terms with { Holdover = stays };
        }

        return new AppointToMandate(
                line.Id, line.Person!.Value, line.Member, line.College, line.Office ?? Office.Seat, line.TermEnds, line.CoOpted ?? false, line.Interim ?? false, Planning.Reference(line.AppointmentDecision), on)
            .Decide(
                draft.Of<Body>(stream), draft.Of<Person>(Person.Stream(line.Person.Value)), line.Member is { } member ? draft.Of<Member>(Member.Stream(member)) : null,
                draft.All<Body>("body", stream), terms, zone);
    }

    // As the statutes in force on the day say of this kind of body.
    private static MandateTerms Terms(RegisterDraft draft, StreamId stream, EffectiveTime on) =>
        draft.Of<Body>(stream).At(on) is Body.Constituted { Kind: var kind }
            ? draft.Of<StatutesVersions>(StatutesVersions.Stream).At(on).RulesAt(on.Instant).MandateTerms(kind)
            : MandateTerms.Default;
}
