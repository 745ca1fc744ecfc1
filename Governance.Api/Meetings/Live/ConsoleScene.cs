using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel.Http;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Governance.Projections.Runtime;

namespace Governance.Api.Meetings.Live;

/// <summary>What an entry of the attendance or of the proxies says.</summary>
public enum EntryKind
{
    Arrived,
    ArrivedRemote,
    Left,
    ProxyGiven,
    ProxyHandedOn,
    ProxyRevoked,
}

/// <summary>An entry of the sheet or of the proxies, which can be taken back.</summary>
/// <param name="Person">Who came or left, or gave the proxy; null when nobody holds the mandate any more.</param>
/// <param name="Holder">Who holds the proxy.</param>
public sealed record Entry(EventId Event, EntryKind Kind, PersonId? Person, PersonId? Holder, EffectiveTime On);

/// <summary>An elector of a vote by roll call, or of the room.</summary>
/// <param name="By">Who answers for them; null for themselves.</param>
public sealed record Called(MandateId Mandate, PersonId Person, string Name, string? By, bool Answered);

/// <summary>A meeting as whoever records it sees it.</summary>
/// <param name="Shown">Those of the room that the page lists by itself; the script lists them all.</param>
/// <param name="Count">How many there are in all that the search finds.</param>
/// <param name="Names">Of everybody whom the page names.</param>
/// <param name="There">Who is there, whoever holds an office first: those offered for the offices of the meeting.</param>
/// <param name="NotOffered">How many more are there, who are offered on the pages of the meeting alone, by a search.</param>
/// <param name="Roll">Who is called, in a vote by roll call.</param>
/// <param name="TakingPart">Who takes part in the vote under way while a secret vote can be demanded of it; nobody otherwise.</param>
/// <param name="Centres">Those of the working group that meets, by name; none where a body does.</param>
/// <param name="Earlier">Meetings of the body that were held before, the latest first: their minutes can be put for approval.</param>
/// <param name="Giver">Whose proxy is being entered; null for none.</param>
public sealed record ConsoleScene(
    RequestScope Scope, LiveMeeting Live, IReadOnlyList<Expected> Shown, int Count, string? Search, IReadOnlyDictionary<PersonId, Expected> Names,
    IReadOnlyList<Expected> There, int NotOffered, IReadOnlyList<Called> Roll, IReadOnlyList<Called> TakingPart, IReadOnlyList<Option> Centres, IReadOnlyList<Option> Earlier,
    MandateId? Giver)
{
    /// <summary>People that the page itself lists at most.</summary>
    public const int MostShown = 60;

    private const int MostOffered = 150, MostCalled = 300, MostEarlier = 30;

    public MeetingFile File => Live.File;

    public Meeting.Known Known => File.Meeting;

    /// <summary>Nobody comes or goes now; what was forgotten is entered on the pages of the meeting, at its minute.</summary>
    public bool IsOver => Known is Meeting.Closed or Meeting.WithoutQuorum or Meeting.Cancelled;

    public string Address => $"/{Scope.Association.Slug}/meetings/{Known.Plan.Meeting}";

    public string Name(PersonId? person) => person is { } id && Names.TryGetValue(id, out var known) ? known.Name : "–";

    /// <summary>The last entries, the latest first.</summary>
    public static IReadOnlyList<Entry> EntriesOf(MeetingFile file, int count)
    {
        var givers = file.Room.Electors.ToDictionary(e => e.Mandate, e => e.Person);
        PersonId? Giver(MandateId mandate) => givers.TryGetValue(mandate, out var person) ? person : null;
        return
        [
            .. file.Basis.Sheet.Effective.Concat(file.Basis.Proxies.Effective).OrderByDescending(e => e.Position).Take(count).Select(e => e.Event switch
            {
                PersonArrived { Remote: true } a => new Entry(e.Id, EntryKind.ArrivedRemote, a.Person, null, e.On),
                PersonArrived a => new Entry(e.Id, EntryKind.Arrived, a.Person, null, e.On),
                PersonLeft l => new Entry(e.Id, EntryKind.Left, l.Person, null, e.On),
                MeetingProxyGiven g => new Entry(e.Id, EntryKind.ProxyGiven, Giver(g.Giver), g.Holder, e.On),
                MeetingProxyHandedOn h => new Entry(e.Id, EntryKind.ProxyHandedOn, Giver(h.Giver), h.Holder, e.On),
                MeetingProxyRevoked r => new Entry(e.Id, EntryKind.ProxyRevoked, Giver(r.Giver), null, e.On),
                var other => throw new InvalidOperationException($"No entry for {other}."),
            }),
        ];
    }

    public IReadOnlyList<Entry> Entries => EntriesOf(File, 5);

    public static async Task<ConsoleScene> ReadAsync(
        RequestScope scope, MeetingFile file, Projections.Votes.Turnout? turnout, Roster roster, ReadDatabase reads, string? search, MandateId? giver, CancellationToken ct)
    {
        var live = LiveMeeting.Of(scope.Association, file, turnout);
        var expected = Roster.PeopleOf(file);
        // A large assembly is listed by the script, which asks for it once: the page itself opens no more names than it shows.
        var listed = search is null && (expected.Count > MostShown || file.Room.Kind is null) ? [] : await roster.AllAsync(scope, reads, file, ct);
        List<Expected> found = [.. listed.Where(p => search is null || Matches(p, search))];
        var offered = file.Sheet.All.Values.Where(a => a.IsThere).OrderBy(a => a.Since).Select(a => a.Person).ToList();
        var officers = file.Basis.Bodies.Colleges.Prepend(file.Basis.Bodies.Body).SelectMany(b => b.At(file.At).Holders(file.At))
            .Where(h => h.Office != Domain.Mandates.Office.Seat).Select(h => h.Person).ToHashSet();
        var notOffered = Math.Max(0, offered.Count - MostOffered);
        offered = [.. offered.OrderByDescending(officers.Contains).Take(MostOffered)];
        var (ballot, calls) = file.Vote is { } vote && file.Meeting.Resolutions.Find(r => r.Ballot == vote.Opening.Ballot)?.Way == WayOfVoting.RollCall
            ? (vote, vote.Roll.Values.Where(e => e is { Present: not null, Barred: false }).ToList())
            : (null, []);
        var answered = ballot is null
            ? []
            : (await Projections.Votes.OfBallotAsync(await scope.ViewAsync(reads, ct), ballot.Opening.Ballot, ct)).Select(v => v.Elector).ToHashSet();
        // Whoever has not answered yet comes first: however many there are, all get their turn.
        calls = [.. calls.OrderBy(e => answered.Contains(e.Mandate)).Take(MostCalled)];
        List<Elector> takingPart = file.Vote is { Opening.Secret: false, IsSuspended: false, Opening.Rules.Secrecy.Content.OnDemandOf: not null } opened
            ? [.. opened.Roll.Values.Where(e => e is { Present: not null, Barred: false }).Take(MostCalled)]
            : [];
        var proxies = file.Room.Proxies.ToDictionary(p => p.Proxy.Giver, p => p.Holder);
        var named = EntriesOf(file, 5).SelectMany(e => new[] { e.Person, e.Holder })
            .Concat(found.Take(MostShown).SelectMany(p => new[] { p.Person, live.PlaceOf(p.Person)?.Holder, live.PlaceOf(p.Person)?.GaveTo }))
            .Concat(file.Meeting.Agenda.SelectMany(i => i.Interested).Select(p => (PersonId?)p))
            .Concat(calls.SelectMany(e => new[] { e.Person, proxies.GetValueOrDefault(e.Mandate) }))
            .Concat(takingPart.SelectMany(e => new[] { e.Person, proxies.GetValueOrDefault(e.Mandate) }))
            .Concat(live.ToHandOn.SelectMany(p => new[] { live.GiverOf(p), p.Holder }))
            .Append(file.Room.Electors.FirstOrDefault(e => e.Mandate == giver)?.Person)
            .Append((file.Meeting as Meeting.Held)?.Chair).Append((file.Meeting as Meeting.Held)?.Opening.Secretary)
            .OfType<PersonId>().Concat(offered).ToHashSet();
        var names = (await roster.OfAsync(scope, reads, file, named, ct)).ToDictionary(p => p.Person);
        IEnumerable<Called> Calls(IEnumerable<Elector> electors) => electors
            .Select(e => new Called(
                e.Mandate, e.Person, Named(e.Person), e.Present == Presence.Represented && proxies.GetValueOrDefault(e.Mandate) is { } by ? Named(by) : null,
                answered.Contains(e.Mandate)))
            .OrderBy(c => c.Answered).ThenBy(c => c.Name, StringComparer.CurrentCulture);
        string Named(PersonId person) => names.TryGetValue(person, out var known) ? known.Name : "–";
        return new(
            scope, live, [.. found.Take(MostShown)], found.Count, search, names, [.. offered.Where(names.ContainsKey).Select(p => names[p])], notOffered,
            [.. Calls(calls)], [.. Calls(takingPart)], await roster.CentresAsync(scope, reads, file, ct), await EarlierAsync(scope, file, reads, ct), giver);
    }

    private static async ValueTask<IReadOnlyList<Option>> EarlierAsync(RequestScope scope, MeetingFile file, ReadDatabase reads, CancellationToken ct) =>
        file.Meeting.Plan.Body is not { } body
            ? []
            :
            [
                .. (await Projections.Meetings.ListAsync(await scope.ViewAsync(reads, ct), ct))
                    .Where(m => m.Body == body && m.Id != file.Meeting.Plan.Meeting && m.Stage == Projections.Meetings.Stage.Closed && m.Starts <= file.Meeting.Starts)
                    .OrderByDescending(m => m.Starts).Take(MostEarlier)
                    .Select(m => new Option(m.Id.ToString(), $"{m.Title} ({DateWording.Known(m.Starts, scope.Association.Zone)})")),
            ];

    /// <summary>Every word of the search begins a word of the name or of what the person is, or the search is the person's code.</summary>
    public static bool Matches(Expected person, string search) =>
        search.Equals(person.Code, StringComparison.OrdinalIgnoreCase) || search.Equals(person.Person.ToString(), StringComparison.OrdinalIgnoreCase)
        || Lookup.Finds(search, person.Name + " " + person.Of);
}
