using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.Registers;

/// <summary>
/// One membership as a line of the register of members, from the application to the end: what is not said is null. Who was readmitted has a line for each
/// membership, under one name, the present one. Of several suspensions in a membership it has the last.
/// </summary>
/// <param name="AdmissionDecision">The ballot that decided it, here and below; null where none is named.</param>
public sealed record MemberLine(
    MemberId Id,
    MemberName? Name = null,
    string? Territory = null,
    bool? Placeholder = null,
    string? Remark = null,
    EffectiveTime? Applied = null,
    EffectiveTime? Refused = null,
    string? RefusalReason = null,
    EffectiveTime? Admitted = null,
    EffectiveTime? Suspended = null,
    string? SuspensionReason = null,
    EffectiveTime? Reinstated = null,
    EffectiveTime? Notified = null,
    string? Grounds = null,
    EffectiveTime? Hearing = null,
    EffectiveTime? Heard = null,
    bool? Attended = null,
    string? Statement = null,
    EffectiveTime? Excluded = null,
    EffectiveTime? Resigned = null,
    string? ResignationReason = null,
    BallotId? AdmissionDecision = null,
    BallotId? RefusalDecision = null,
    BallotId? SuspensionDecision = null,
    BallotId? ReinstatementDecision = null,
    BallotId? ExclusionDecision = null)
{
    /// <summary>When the membership, or the application for it, began.</summary>
    public EffectiveTime? Begins => Applied ?? Admitted;

    // What happens in a membership once it, or the application for it, has begun.
    internal IEnumerable<(string Column, EffectiveTime On)> After => new (string Column, EffectiveTime? On)[]
    {
        ("refused_on", Refused), ("admitted_on", Admitted), ("suspended_on", Suspended), ("reinstated_on", Reinstated), ("notified_on", Notified), ("heard_on", Heard), ("excluded_on", Excluded),
        ("resigned_on", Resigned),
    }.Where(c => c.On is not null).Select(c => (c.Column, c.On!.Value));

    /// <summary>The memberships known of what took effect until an instant, the first one first.</summary>
    public static IReadOnlyList<MemberLine> Of(Timeline<Member> member, DateTimeOffset until)
    {
        var lines = new List<MemberLine>();
        if (member.At(until).Register is not { } entry)
            return lines;
        var blank = new MemberLine(entry.Id, entry.Name, entry.Territory, entry.Placeholder, entry.Remark);
        foreach (var e in member.Effective.TakeWhile(e => e.On.Instant <= until))
        {
            if (e.Event is MembershipRequested or MemberReadmitted || lines.Count == 0 || (e.Event is MemberAdmitted && lines[^1].Refused is not null))
                lines.Add(blank);
            lines[^1] = With(lines[^1], e);
        }

        return lines;
    }

    private static MemberLine With(MemberLine line, Recorded e) => e.Event switch
    {
        MembershipRequested => line with { Applied = e.On },
        MembershipRefused refused => line with { Refused = e.On, RefusalReason = refused.Reason, RefusalDecision = refused.Decision?.Ballot },
        MemberAdmitted admitted => line with { Admitted = e.On, AdmissionDecision = admitted.Decision?.Ballot },
        MemberReadmitted readmitted => line with { Admitted = e.On, AdmissionDecision = readmitted.Decision?.Ballot },
        MemberSuspended suspended => line with
        {
            Suspended = e.On,
            SuspensionReason = suspended.Reason,
            SuspensionDecision = suspended.Decision?.Ballot,
            Reinstated = null,
            ReinstatementDecision = null,
        },
        MemberReinstated reinstated => line with { Reinstated = e.On, ReinstatementDecision = reinstated.Decision?.Ballot },
        ExclusionNotified notified => line with { Notified = e.On, Grounds = notified.Grounds, Hearing = notified.HearingOn, Heard = null, Attended = null, Statement = null },
        ExclusionHeard heard => line with { Heard = e.On, Attended = heard.Attended, Statement = heard.Statement },
        ExclusionDropped => line with { Notified = null, Grounds = null, Hearing = null, Heard = null, Attended = null, Statement = null },
        MemberExcluded excluded => line with { Excluded = e.On, ExclusionDecision = excluded.Decision?.Ballot },
        MemberResigned resigned => line with { Resigned = e.On, ResignationReason = resigned.Reason },
        _ => line,
    };
}

/// <summary>Brings memberships of a file into the register.</summary>
/// <param name="On">From when a changed name holds.</param>
public sealed record ImportMembers(IReadOnlyList<Numbered<MemberLine>> Lines, EffectiveTime On)
{
    private enum Rank { Apply, Refuse, Admit, Suspend, Reinstate, Notify, Hear, Leave, Readmit, Rename }

    /// <param name="draft">With the stream of each member named, that of each name which one has or is to have, and every body.</param>
    public RegisterPlan Plan(RegisterDraft draft, TimeZoneInfo zone, DateTimeOffset now)
    {
        var planning = new Planning(zone, now);
        foreach (var lines in Lines.GroupBy(l => l.Content.Id))
        {
            var recorded = MemberLine.Of(draft.Of<Member>(Member.Stream(lines.Key)), DateTimeOffset.MaxValue);
            var inTime = lines.OrderBy(l => l.Content.Begins?.Instant ?? DateTimeOffset.MinValue).ToList();
            var first = inTime[0];
            foreach (var (number, line) in inTime)
            {
                var known = recorded.LastOrDefault(r => IsThatOf(planning, line, r)) ?? (line.Begins is null ? recorded.LastOrDefault() : null);
                planning.Line(number, known is not null);
                if (number != first.Line && line.Name is not null && first.Content.Name is not null && line.Name != first.Content.Name)
                    planning.Fault(number, "name", new LinesDisagree(first.Line));
                else if (inTime.Find(l => l.Line < number && (line.Begins is { } begins ? planning.Same(begins, l.Content.Begins) : l.Content.Begins is null)) is { } twice)
                    planning.Fault(number, "id", new LineRepeated(twice.Line));
                else
                    Ask(planning, number, line, known, recorded, number == first.Line);
            }
        }

        return planning.Decide(draft);
    }

    private static bool IsThatOf(Planning planning, MemberLine line, MemberLine recorded) =>
        (line.Applied is { } applied && planning.Same(applied, recorded.Applied)) || (line.Admitted is { } admitted && planning.Same(admitted, recorded.Admitted));

    private void Ask(Planning planning, int number, MemberLine line, MemberLine? known, IReadOnlyList<MemberLine> recorded, bool isFirst)
    {
        var stream = Member.Stream(line.Id);
        Timeline<Member> Of(RegisterDraft draft) => draft.Of<Member>(stream);
        if (known is null && line.Begins is null)
        {
            planning.Fault(number, "admitted_on", new CellNeeded());
            return;
        }

        foreach (var (column, on) in line.After)
        {
            if (line.Begins is { } begins && on < begins)
                planning.Fault(number, column, new BeforeItsBeginning(BegunThing.Member, begins, on));
        }

        if (recorded.Count == 0 && isFirst && line.Name is null)
        {
            planning.Fault(number, "name", new CellNeeded());
            return;
        }

        var entry = known ?? recorded.LastOrDefault();
        if (entry is not null)
        {
            planning.Fixed(number, "territory", line.Territory, entry.Territory);
            planning.Fixed(number, "placeholder", line.Placeholder, entry.Placeholder);
            planning.Fixed(number, "remark", line.Remark, entry.Remark);
            if (isFirst && line.Name is { } name && !IsCalled(entry.Name, name))
                planning.Ask(number, "name", On, (int)Rank.Rename, draft => new RenameMember(name, On).Decide(Of(draft), Reserved(draft, Of(draft).At(On).Register?.Name), Reserved(draft, name)));
        }

        planning.Dated(number, "applied_on", line.Applied, known?.Applied, (int)Rank.Apply, (draft, on) =>
            new ApplyForMembership(line.Id, line.Name ?? entry?.Name!, line.Territory, on).Decide(Of(draft), Reserved(draft, line.Name ?? entry?.Name)), happened: true);
        planning.Dated(number, "refused_on", line.Refused, known?.Refused, (int)Rank.Refuse, (draft, on) =>
            new RefuseApplication(line.RefusalReason ?? "", Planning.Reference(line.RefusalDecision), on).Decide(Of(draft), Reserved(draft, Of(draft).At(on).Register?.Name)), happened: true);
        planning.Dated(
            number, "admitted_on", line.Admitted, known?.Admitted, (int)(isFirst || line.Applied is not null ? Rank.Admit : Rank.Readmit), (draft, on) => Admit(draft, line, on));
        AskSuspension(planning, number, line, known, stream);
        AskExclusion(planning, number, line, known, stream);
        planning.Dated(number, "resigned_on", line.Resigned, known?.Resigned, (int)Rank.Leave, (draft, on) =>
            new ResignMember(line.ResignationReason, on).Decide(Of(draft), draft.All<Mandates.Body>("body")));
        if (known is { Resigned: not null })
            planning.Fixed(number, "resignation_reason", line.ResignationReason, known.ResignationReason);
        if (known is { Refused: not null })
        {
            planning.Fixed(number, "refusal_reason", line.RefusalReason, known.RefusalReason);
            planning.Fixed(number, "refusal_decision", line.RefusalDecision, known.RefusalDecision);
        }

        if (known is { Admitted: not null })
            planning.Fixed(number, "admission_decision", line.AdmissionDecision, known.AdmissionDecision);
    }

    // Who left comes back under the entry that the register has; everybody else is admitted.
    private static Decision Admit(RegisterDraft draft, MemberLine line, EffectiveTime on)
    {
        var (member, decision) = (draft.Of<Member>(Member.Stream(line.Id)), Planning.Reference(line.AdmissionDecision));
        return member.At(on) switch
        {
            Member.Resigned or Member.Excluded => new ReadmitMember(decision, on).Decide(member),
            Member.Applicant { Entry: var entry } => new AdmitMember(line.Id, null, null, line.Placeholder ?? false, line.Remark, decision, on).Decide(member, Reserved(draft, entry.Name)),
            _ => new AdmitMember(line.Id, line.Name, line.Territory, line.Placeholder ?? false, line.Remark, decision, on).Decide(member, Reserved(draft, line.Name)),
        };
    }

    private static void AskSuspension(Planning planning, int number, MemberLine line, MemberLine? known, StreamId stream)
    {
        // A suspension after one that is over is another one.
        var again = line.Suspended is { } anew && known?.Reinstated is { } over && anew >= over;
        planning.Dated(number, "suspended_on", line.Suspended, again ? null : known?.Suspended, (int)Rank.Suspend, (draft, on) =>
            new SuspendMember(line.SuspensionReason ?? "", Planning.Reference(line.SuspensionDecision), on).Decide(draft.Of<Member>(stream)));
        if (!again && known is { Suspended: not null })
        {
            planning.Fixed(number, "suspension_reason", line.SuspensionReason, known.SuspensionReason);
            planning.Fixed(number, "suspension_decision", line.SuspensionDecision, known.SuspensionDecision);
        }

        if (!again && known is { Reinstated: not null })
            planning.Fixed(number, "reinstatement_decision", line.ReinstatementDecision, known.ReinstatementDecision);
        planning.Dated(number, "reinstated_on", line.Reinstated, again ? null : known?.Reinstated, (int)Rank.Reinstate, (draft, on) =>
            new ReinstateMember(Planning.Reference(line.ReinstatementDecision), on).Decide(draft.Of<Member>(stream)));
    }

    private static void AskExclusion(Planning planning, int number, MemberLine line, MemberLine? known, StreamId stream)
    {
        if (line is { Notified: not null, Hearing: null } && known?.Notified is null)
            planning.Fault(number, "hearing_on", new CellNeeded());
        else
            planning.Dated(number, "notified_on", line.Notified, known?.Notified, (int)Rank.Notify, (draft, on) =>
                new NotifyExclusion(line.Grounds ?? "", line.Hearing!.Value, on).Decide(draft.Of<Member>(stream), new ExclusionRules(), planning.Zone), happened: true);
        planning.Dated(number, "heard_on", line.Heard, known?.Heard, (int)Rank.Hear, (draft, on) =>
            new HearExclusion(line.Attended ?? false, line.Statement, on).Decide(draft.Of<Member>(stream)), happened: true);
        planning.Dated(number, "excluded_on", line.Excluded, known?.Excluded, (int)Rank.Leave, (draft, on) =>
            new ExcludeMember(Planning.Reference(line.ExclusionDecision), on).Decide(draft.Of<Member>(stream), draft.All<Mandates.Body>("body")));
        if (known is { Notified: not null })
        {
            planning.Fixed(number, "hearing_on", line.Hearing, known.Hearing);
            planning.Fixed(number, "grounds", line.Grounds, known.Grounds);
        }

        if (known is { Excluded: not null })
            planning.Fixed(number, "exclusion_decision", line.ExclusionDecision, known.ExclusionDecision);
        if (known is { Heard: not null })
        {
            planning.Fixed(number, "attended", line.Attended, known.Attended);
            planning.Fixed(number, "statement", line.Statement, known.Statement);
        }
    }

    private static bool IsCalled(MemberName? one, MemberName other) =>
        one is not null && (one == other || (one.Organisation is { } a && other.Organisation is { } b && Planning.Plain(a) == Planning.Plain(b)));

    private static Timeline<MemberNameReservation>? Reserved(RegisterDraft draft, MemberName? name) =>
        name?.Organisation is { } organisation ? draft.Of<MemberNameReservation>(MemberNameReservation.Stream(organisation)) : null;
}
