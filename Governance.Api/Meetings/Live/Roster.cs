using Governance.Api.Ballots;
using Governance.Api.Face.Components;
using Governance.Api.Kernel.Http;
using Governance.Api.Members;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Projections.Runtime;

namespace Governance.Api.Meetings.Live;

/// <summary>Somebody whom a meeting expects, or who came to it.</summary>
/// <param name="Of">The member, the college and the office, as far as there are any.</param>
/// <param name="Mandates">By which the person votes; none for who does not.</param>
/// <param name="Code">What stands on a badge beside the person's id: the last eight signs of it.</param>
public sealed record Expected(PersonId Person, string Name, string Of, IReadOnlyList<MandateId> Mandates, string Code);

/// <summary>Whom a meeting expects.</summary>
public sealed class Roster(PersonNames people, MemberNames members)
{
    private const int CodeLength = 8;

    public static string CodeOf(PersonId person) => person.ToString()[^CodeLength..];

    /// <summary>The people whom a meeting expects: the electors of its body; of a working group, everybody who is registered. Whoever came is among them.</summary>
    public static IReadOnlyCollection<PersonId> PeopleOf(MeetingFile file) =>
        file.Room.Electors.Select(e => e.Person).Concat(file.Room.Electorate.LeftOut.Select(l => l.Person)).Concat(file.Sheet.All.Keys).ToHashSet();

    /// <summary>Everybody expected, by name.</summary>
    public async Task<IReadOnlyList<Expected>> AllAsync(RequestScope scope, ReadDatabase reads, MeetingFile file, CancellationToken ct)
    {
        var view = await scope.ViewAsync(reads, ct);
        var group = file.Room.Kind is null ? (await people.AllAsync(view, ct)).Select(p => p.Id) : [];
        return await OfAsync(view, file, PeopleOf(file).Concat(group).ToHashSet(), ct);
    }

    /// <summary>Some of them, by name.</summary>
    public async Task<IReadOnlyList<Expected>> OfAsync(RequestScope scope, ReadDatabase reads, MeetingFile file, IReadOnlyCollection<PersonId> asked, CancellationToken ct) =>
        await OfAsync(await scope.ViewAsync(reads, ct), file, asked, ct);

    /// <summary>The centres of the working group that meets, by name; none where a body does.</summary>
    public async Task<IReadOnlyList<Option>> CentresAsync(RequestScope scope, ReadDatabase reads, MeetingFile file, CancellationToken ct)
    {
        if (file.Meeting.Plan.Group is not { } group)
            return [];
        var view = await scope.ViewAsync(reads, ct);
        var centres = (await Projections.WorkingGroups.FindAsync(view, group, ct))?.Centres ?? [];
        var names = await members.OfAsync(view, centres, ct);
        return [.. centres.Select(c => new Option(c.ToString(), names.TryGetValue(c, out var named) ? named.Name ?? "–" : "–")).OrderBy(o => o.Label, StringComparer.CurrentCulture)];
    }

    private async Task<IReadOnlyList<Expected>> OfAsync(ReadView view, MeetingFile file, IReadOnlyCollection<PersonId> asked, CancellationToken ct)
    {
        var bodies = file.Basis.Bodies.Colleges.Prepend(file.Basis.Bodies.Body).Select(b => b.At(file.At)).OfType<Body.Constituted>().ToList();
        var colleges = bodies.Where(b => b.Kind == BodyKind.College).ToDictionary(b => b.Id, b => b.Name);
        var held = bodies.SelectMany(b => b.Holders(file.At)).Where(h => asked.Contains(h.Person)).ToLookup(h => h.Person);
        var votes = file.Room.Electors.ToLookup(e => e.Person, e => e.Mandate);
        var names = await people.OfAsync(view, asked, ct);
        var represented = await members.OfAsync(view, held.SelectMany(h => h).Select(h => h.Member).OfType<MemberId>(), ct);
        string? Member(Holder holder) => holder.Member is { } member && represented.TryGetValue(member, out var named) ? named.Name : null;
        string? Office(Holder holder) => holder.Office == Domain.Mandates.Office.Seat ? null : BallotWords.Name(holder.Office);
        string Of(PersonId person) => string.Join(" · ", held[person]
            .SelectMany(h => new[] { Member(h), h.College is { } college ? colleges.GetValueOrDefault(college) : null, Office(h) })
            .OfType<string>().Distinct());
        return
        [
            .. names.Values.Select(n => new Expected(n.Id, n.Name ?? "–", Of(n.Id), [.. votes[n.Id].Distinct()], CodeOf(n.Id)))
                .OrderBy(p => p.Name, StringComparer.CurrentCulture).ThenBy(p => p.Person.Value),
        ];
    }
}
