using Governance.Api.Members;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Projections.Runtime;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Minutes;

/// <summary>What the identifiers in minutes are called at the reader's moment, read in one go.</summary>
public sealed class MinutesNames
{
    private readonly IReadOnlyDictionary<PersonId, NamedPerson> _people;
    private readonly IReadOnlyDictionary<MemberId, NamedMember> _members;
    private readonly IReadOnlyDictionary<Guid, string> _things;
    private readonly Dictionary<MandateId, Mandate> _mandates;
    private readonly IStringLocalizer<MinutesText> _t;

    private MinutesNames(
        IReadOnlyDictionary<PersonId, NamedPerson> people, IReadOnlyDictionary<MemberId, NamedMember> members, IReadOnlyDictionary<Guid, string> things,
        Dictionary<MandateId, Mandate> mandates, IStringLocalizer<MinutesText> t) =>
        (_people, _members, _things, _mandates, _t) = (people, members, things, mandates, t);

    public static async ValueTask<MinutesNames> ReadAsync(
        ReadView view, MinutesSource source, PersonNames people, MemberNames members, IStringLocalizer<MinutesText> t, CancellationToken ct)
    {
        var bodies = source.Basis.Bodies.Colleges.Prepend(source.Basis.Bodies.Body).Select(b => b.Latest.AsConstituted).OfType<Body.Constituted>().ToList();
        var mandates = bodies.SelectMany(b => b.Mandates).DistinctBy(m => m.Id).ToDictionary(m => m.Id);
        var contests = source.Meeting.Recorded.Select(e => e.Event).OfType<ResolutionProposed>().Select(r => r.Contest).OfType<Domain.Ballots.Contest>().ToList();
        var named = await people.OfAsync(
            view,
            PeopleIn(source).Concat(mandates.Values.Select(m => m.Person)).Concat(contests.SelectMany(c => c.People())).Distinct(),
            ct);
        var things = await Projections.Names.ManyAsync(
            view,
            [
                .. bodies.Select(b => b.Id.Value), .. mandates.Values.Select(m => m.College?.Value).OfType<Guid>(), .. contests.SelectMany(c => c.Workstreams()).Select(w => w.Value),
                .. source.Meeting.Recorded.Select(e => e.Event).OfType<MeetingPlanned>().SelectMany(p => new[] { p.Group?.Value, p.Body?.Value }).OfType<Guid>(),
                .. source.Meeting.Recorded.Select(e => e.Event).OfType<MeetingOpened>().Select(o => o.Statutes?.Value).OfType<Guid>(),
            ],
            ct);
        return new(
            named, await members.OfAsync(view, mandates.Values.Select(m => m.Member).OfType<MemberId>(), ct),
            things.Where(n => n.Value.Text is not null).ToDictionary(n => n.Key, n => n.Value.Text!), mandates, t);
    }

    private static IEnumerable<PersonId> PeopleIn(MinutesSource source)
    {
        foreach (var e in source.Events)
        {
            switch (e.Event)
            {
                case PersonArrived a: yield return a.Person; break;
                case MeetingProxyGiven { Holder: { } holder } g:
                    yield return holder;
                    if (g.Substitute is { } substitute)
                        yield return substitute;
                    break;
                case MeetingProxyHandedOn h: yield return h.Holder; break;
                case ConvocationBounced b: yield return b.Person; break;
                case InterestDeclared i: yield return i.Person; break;
                case ChairHandedOver c: yield return c.Chair; break;
                case AttendanceIrregularityRaised r: yield return r.Person; break;
                case MeetingOpened o:
                    foreach (var person in o.Scrutineers.Append(o.Chair).Concat(o.Secretary is { } secretary ? [secretary] : []))
                        yield return person;
                    break;
            }
        }
    }

    public string Person(PersonId person) => _people.GetValueOrDefault(person) switch
    {
        { Name: { } name } => name,
        { Erased: true } => _t["Person.Erased"],
        _ => _t["Person.Unknown"],
    };

    public string? Member(MemberId? member) => member is { } id ? _members.GetValueOrDefault(id)?.Name : null;

    /// <summary>« Claire Martin (Centre de Lille) »: the holder, and whom they represent.</summary>
    public string Mandate(MandateId mandate) => !_mandates.TryGetValue(mandate, out var known) ? _t["Person.Unknown"]
        : Member(known.Member) is { } member ? $"{Person(known.Person)} ({member})"
        : Person(known.Person);

    public string Thing(Guid id) => _things.GetValueOrDefault(id) ?? "–";

    public string? College(string? id) => Guid.TryParse(id, out var key) ? _things.GetValueOrDefault(key) : null;

    /// <summary>An option of a contest.</summary>
    public string Option(Domain.Ballots.Contest contest, string option) => contest.Of switch
    {
        Domain.Ballots.ContestOptions.People when Guid.TryParse(option, out var person) => Person(PersonId.Of(person)),
        Domain.Ballots.ContestOptions.Workstreams when Guid.TryParse(option, out var workstream) => Thing(workstream),
        _ => option,
    };
}
