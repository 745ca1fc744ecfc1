using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>What the acts of a meeting are judged on beside its own stream: all of it is a condition of the append.</summary>
/// <param name="Bodies">Of the body that meets; of a working group, which has no mandates, an empty one.</param>
public sealed record MeetingBasis(Timeline<AttendanceSheet> Sheet, Timeline<MeetingProxies> Proxies, OpeningBasis Bodies);

/// <summary>Who is in a meeting at an instant and for whom, under the rules of one kind of decision.</summary>
/// <param name="Kind">Of the body; null of a working group, where nothing is asked of anybody.</param>
/// <param name="Electorate">Whoever may vote, and who may not.</param>
/// <param name="Electors">The electorate with the quality in which each takes part; who declared an interest is treated as the rule says.</param>
/// <param name="Proxies">Every running proxy, judged.</param>
/// <param name="OutOfBase">Electors whom the rule leaves out of the base: they declared an interest.</param>
public sealed record Room(
    BodyKind? Kind, RulesInForce Rules, Electorate Electorate, IReadOnlyList<Elector> Electors, IReadOnlyList<JudgedProxy> Proxies, IReadOnlyList<Elector> OutOfBase, Applied<QuorumRule> Quorum,
    Applied<CollegesRule> Colleges)
{
    /// <summary>The room as it is at an instant. Pure: the same sheet, proxies and registers give the same room.</summary>
    /// <param name="decision">Whose rules are asked: those of the meeting itself, or of a text put to the vote.</param>
    /// <param name="chair">Who presides; null before the opening.</param>
    /// <param name="interested">Who declared an interest in what is voted on.</param>
    public static Room At(
        Meeting.Known meeting, MeetingBasis basis, DecisionKind decision, DateTimeOffset instant, PersonId? chair, IReadOnlySet<PersonId>? interested = null)
    {
        var rules = basis.Bodies.Statutes.At(instant).RulesAt(instant);
        if (basis.Bodies.Body.At(instant) is not Body.Constituted body)
            return new(null, rules, new([], [], []), [], [], [], new(RulesInForce.DefaultArticle, QuorumRule.None), new(RulesInForce.DefaultArticle, CollegesRule.Pooled));

        var electorate = basis.Bodies.ElectorateAt(instant, rules.Eligibility(body.Kind, decision).Content, meeting.ConvenedOn);
        var (sheet, interest) = (basis.Sheet.At(instant), rules.Interest(body.Kind, decision).Content);
        bool IsInterested(PersonId person) => interested?.Contains(person) == true;
        var inTheRoom = electorate.Electors
            .Select(e => e with { Present = How(sheet.There(e.Person)), Barred = IsInterested(e.Person) })
            .Select(e => e.Barred && !interest.InQuorum ? e with { Present = null } : e)
            .ToLookup(e => interest.InBase || !e.Barred);
        var (present, beside) = (inTheRoom[true].ToList(), inTheRoom[false].ToList());
        var judged = Judge(rules.Proxies(body.Kind, decision), present, beside, basis.Proxies.At(instant), sheet, meeting.Starts, chair);
        if (interest.ProxiesToo)
            judged = [.. judged.Select(p => p is { Stands: true, Holder: { } holder } && IsInterested(holder) ? p with { Fault = ProxyFault.HolderBarred } : p)];
        var represented = judged.Where(p => p is { Stands: true, Holder: { } holder } && sheet.There(holder) is not null).Select(p => p.Proxy.Giver).ToHashSet();
        return new(
            body.Kind, rules, electorate,
            [.. present.Select(e => e is { Present: null, Barred: false } && represented.Contains(e.Mandate) ? e with { Present = Presence.Represented } : e)],
            judged,
            beside,
            QuorumOf(rules, body.Kind, decision, meeting.Plan.SecondOf is not null),
            rules.Colleges(body.Kind, decision));
    }

    /// <summary>The quorum of a meeting: that of any, or of a second one after one without quorum.</summary>
    public static Applied<QuorumRule> QuorumOf(RulesInForce rules, BodyKind body, DecisionKind decision, bool second) =>
        second ? SecondConvocation.QuorumOf(rules.SecondConvocation(body, decision), rules.Quorum(body, decision)) : rules.Quorum(body, decision);

    /// <summary>The quorum of a vote in a meeting: checked at the opening of the meeting alone, it stands for every vote after it.</summary>
    public static Applied<QuorumRule> QuorumOfVote(Applied<QuorumRule> quorum) =>
        quorum.Content.Check == QuorumCheck.AtOpening ? quorum with { Content = QuorumRule.None } : quorum;

    /// <summary>The proxies whose holder is there: those that give a vote now.</summary>
    public IReadOnlyList<JudgedProxy> Represented()
    {
        var givers = Electors.Where(e => e.Present == Presence.Represented).Select(e => e.Mandate).ToHashSet();
        return [.. Proxies.Where(p => p.Stands && givers.Contains(p.Proxy.Giver))];
    }

    /// <summary>The quorum as it stands, with its working.</summary>
    public QuorumFound Found()
    {
        var roll = Electorate.RollOf(Electors, Electorate.Colleges, e => e.Present);
        var (parts, steps) = (roll.ConvertAll(r => new Voting.Attendance(r, Tally.Zero)), new List<Step>());
        var reached = Voting.Quorum.IsReached(Quorum, parts, steps);
        if (Quorum.Content.Extent == QuorumExtent.EachCollege)
        {
            var missing = Voting.Quorum.Missing(Quorum, Colleges, parts, steps);
            reached = Colleges.Content.Missing == MissingCollege.Block ? !missing.Contains(true) : missing.Contains(false);
        }

        return new(reached, roll, steps);
    }

    private static Presence? How(Attending? there) => there switch
    {
        null => null,
        { Remote: true } => Presence.Remote,
        _ => Presence.InPerson,
    };

    // Who leaves the room leaves the votes that they held: what becomes of them is the rule's.
    private static IReadOnlyList<JudgedProxy> Judge(
        Applied<ProxiesRule> rule, IReadOnlyList<Elector> electors, IReadOnlyList<Elector> beside, MeetingProxies proxies, AttendanceSheet sheet, EffectiveTime starts, PersonId? chair)
    {
        var there = electors.Where(e => e.Present is Presence.InPerson or Presence.Remote).Select(e => e.Mandate).ToHashSet();
        bool HasLeft(Proxy proxy) => proxy.Holder is { } holder && sheet.All.TryGetValue(holder, out var known) && (rule.Content.HolderLeaves == HolderLeaves.Reassigned
            ? !known.IsThere
            : known.LastLeft is { } left && left > (proxy.GivenOutOn ?? proxy.On));

        var (running, fallen) = (new List<Proxy>(), new List<JudgedProxy>());
        foreach (var proxy in proxies.All.Where(p => p.End is null))
        {
            // Suspended while the giver is there, who then votes and may hold the proxies of others.
            if (there.Contains(proxy.Giver))
                fallen.Add(new(proxy, proxy.Holder, ProxyFault.GiverPresent, null));
            else if (!HasLeft(proxy))
                running.Add(proxy);
            else if (rule.Content.HolderLeaves == HolderLeaves.NamedSubstitute && proxy.Substitute is { } substitute)
                running.Add(proxy with { Holder = substitute, Substitute = null });
            else
                fallen.Add(new(proxy, proxy.Holder, ProxyFault.HolderLeft, null));
        }

        return [.. JudgedProxy.Judge(rule, electors, running, starts, chair, new HashSet<PersonId>(), beside), .. fallen];
    }
}
