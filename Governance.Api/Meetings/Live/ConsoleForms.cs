using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Face;
using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Api.History;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;
using Microsoft.Extensions.Localization;
using Choice = Governance.Domain.Voting.Choice;

namespace Governance.Api.Meetings.Live;

/// <summary>What the console of a meeting sends and hears: each form is a use case of the API.</summary>
public static class ConsoleForms
{
    private const string One = "/{slug}/meetings/{meeting}";
    private const string Console = One + "/console";

    /// <summary>Before the name of each field that holds a number of hands: the rest of the name is the college, or « - », a dot and the choice.</summary>
    public const string HandsField = "hands.";

    /// <summary>A line between two who say nothing keeps the line open, and tells the time of the host.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public static void MapMeetingConsole(this IEndpointRouteBuilder app)
    {
        Map(app, "/arrivals", MeetingUseCases.RecordArrival);
        Map(app, "/departures", MeetingUseCases.RecordDeparture);
        Map(app, "/centres", MeetingUseCases.RecordCentres);
        Map(app, "/undoing", HistoryUseCases.Retract);
        Map(app, "/proxies", MeetingUseCases.RecordProxy);
        Map(app, "/proxies/{giver}/revocation", MeetingUseCases.EndProxy);
        Map(app, "/proxies/{giver}/handing-on", MeetingUseCases.HandOnProxy);
        Map(app, "/opening", MeetingUseCases.Open, MeetingForms.Beside);
        Map(app, "/lack-of-quorum", MeetingUseCases.FindNoQuorum);
        Map(app, "/chair", MeetingUseCases.HandOverChair);
        Map(app, "/agenda", MeetingUseCases.AddItem);
        Map(app, "/agenda/{item}/taking", MeetingUseCases.TakeItem);
        Map(app, "/agenda/{item}/place", MeetingUseCases.MoveItem);
        Map(app, "/agenda/{item}/withdrawal", MeetingUseCases.WithdrawItem);
        Map(app, "/agenda/{item}/interests", MeetingUseCases.DeclareInterest);
        Map(app, "/notes", MeetingUseCases.NoteDebate);
        Map(app, "/incidents", MeetingUseCases.RecordIncident);
        Map(app, "/resolutions", MeetingUseCases.Propose);
        Map(app, "/resolutions/{resolution}/amendment", MeetingUseCases.Amend);
        Map(app, "/resolutions/{resolution}/withdrawal", MeetingUseCases.Withdraw);
        Map(app, "/resolutions/{resolution}/reopening", MeetingUseCases.Reopen);
        Map(app, "/resolutions/{resolution}/second-round", MeetingUseCases.ProposeSecondRound);
        Map(app, "/resolutions/{resolution}/vote", MeetingUseCases.PutToVote);
        Map(app, "/votes/{ballot}/secrecy-demands", BallotUseCases.DemandSecrecy);
        Map(app, "/votes/{ballot}/secrecy", BallotUseCases.HoldInSecret);
        Map(app, "/adjournment", MeetingUseCases.Adjourn);
        Map(app, "/resumption", MeetingUseCases.Resume);
        Map(app, "/closing", MeetingUseCases.Close);
        app.MapFormPost(Console + "/badge", Permission.ConductMeetings, BadgeAsync).RevealsPeople("console");
        app.MapFormPost(Console + "/contests", Permission.ConductMeetings, ContestAsync).RevealsPeople("console");
        app.MapFormPost(Console + "/votes/{ballot}/hands", Permission.ConductBallots, HandsAsync).RevealsPeople("console");
        app.MapFormPost(Console + "/votes/{ballot}/answers", Permission.ConductBallots, AnswerAsync).RevealsPeople("console");
        app.MapFormPost(Console + "/votes/{ballot}/result", Permission.ConductBallots, ResultAsync).RevealsPeople("console");
        app.MapRead(Console + "/people", PeopleAsync).RequirePermission(Permission.ConductMeetings).RevealsPeople("console").ExcludeFromDescription();
        app.MapRead(Console + "/live", (HttpContext http, string meeting, RequestScope scope, MeetingLive live) =>
            LiveAsync(http, meeting, scope, live, ConsoleItemsAsync)).RequirePermission(Permission.ConductMeetings).ExcludeFromDescription();
        app.MapRead(One + "/screen/live", (HttpContext http, string meeting, RequestScope scope, MeetingLive live) =>
            LiveAsync(http, meeting, scope, live, ScreenItemsAsync)).RequirePermission(Permission.ReadRegister).ExcludeFromDescription();
        app.MapRead(One + "/seat/live", (HttpContext http, string meeting, RequestScope scope, MeetingLive live) =>
            LiveAsync(http, meeting, scope, live, SeatItemsAsync)).RequirePermission(Permission.ReadRegister).ExcludeFromDescription();
    }

    // What is recorded is seen on the console itself; a form that was refused stands there open, with what is wrong.
    private static void Map<T>(IEndpointRouteBuilder app, [StringSyntax("Route")] string act, UseCase<T> useCase, Func<Refusal, string?>? beside = null) where T : class =>
        app.MapForm<T, ConsolePage>(Console + act, useCase, then: Console, beside: beside).RevealsPeople("console");

    private static IResult Back(HttpContext http, CommandResult result, IReadOnlyDictionary<string, string> values, string key, RequestScope scope) =>
        !ErrorPages.IsForPeople(http) ? CommandEntrance.Answer(http, scope, result, created: null)
        : Problems.Of(result) is { } problem ? Forms.Again<ConsolePage>(http, new(values, key, Forms.Errors(result)), problem.Status!.Value)
        : Results.LocalRedirect($"/{http.Request.RouteValues["slug"]}/meetings/{http.Request.RouteValues["meeting"]}/console"
            + (result is CommandResult.Done done ? QueryString.Create(AsOfReading.WaitFor, done.Position.ToString(CultureInfo.InvariantCulture)) : ""));

    private static async Task<IResult> BadgeAsync(
        HttpContext http, string meeting, RequestScope scope, MeetingReader meetings, Roster roster, ReadDatabase reads, CommandEntrance entrance, IStringLocalizer<ConsoleText> t,
        CancellationToken ct)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var code = values.GetValueOrDefault("code", "").Trim();
        if (!Guid.TryParseExact(meeting, "D", out var id) || await meetings.FindAsync(scope, MeetingId.Of(id), ct) is not { } file)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        List<PersonId> found = [.. Roster.PeopleOf(file).Where(p =>
            code.Equals(p.ToString(), StringComparison.OrdinalIgnoreCase) || code.Equals(Roster.CodeOf(p), StringComparison.OrdinalIgnoreCase))];
        return found is [var person]
            ? Back(http, await entrance.RunAsync(http, MeetingUseCases.RecordArrival, new RecordArrivalRequest(file.Meeting.Plan.Meeting, person), key), values, key, scope)
            : Forms.Again<ConsolePage>(http, new(values, key, [new FieldError("code", t["Badge.Unknown"])]), StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ContestAsync(HttpContext http, RequestScope scope, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        // Whoever is ticked stands for election; otherwise the options are those typed, one a line.
        var typed = new Dictionary<string, string>(values, StringComparer.Ordinal)
        {
            [ContestForm.OfField] = EnumNames.Of(values.GetValueOrDefault(ContestForm.PeopleField, "").Length > 0 ? ContestOptions.People : ContestOptions.Words),
        };
        var errors = new ShapeErrors();
        var contest = ContestForm.Read(typed, errors);
        var (request, _) = Forms.Request<ProposeResolutionRequest>(http, ContestForm.Others(typed), scope.Association.Zone, errors);
        var result = errors.Any
            ? new CommandResult.Malformed(errors.ByField)
            : await entrance.RunAsync(http, MeetingUseCases.Propose, request! with { Contest = contest }, key);
        return ErrorPages.IsForPeople(http) && Problems.Of(result) is { } problem
            ? Forms.Again<ConsolePage>(http, new(values, key, Forms.Errors(result, beside: refusal => ContestForm.Beside(refusal, typed))), problem.Status!.Value)
            : Back(http, result, values, key, scope);
    }

    private static async Task<IResult> HandsAsync(HttpContext http, string ballot, RequestScope scope, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var raised = new List<Hands>();
        var errors = new List<FieldError>();
        foreach (var (name, text) in values.Where(v => v.Key.StartsWith(HandsField, StringComparison.Ordinal) && v.Value.Trim().Length > 0))
        {
            if (name.Split('.') is not [_, var college, var said] || EnumNames.Read<Choice>(said) is not { } choice)
                continue;
            if (long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                raised.Add(new(choice, count, Guid.TryParseExact(college, "D", out var body) ? BodyId.Of(body) : null));
            else
                errors.Add(new(name, Kernel.Wording.Shape("expected-natural")));
        }

        if (!Guid.TryParseExact(ballot, "D", out var id))
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        if (errors.Count > 0)
            return Forms.Again<ConsolePage>(http, new(values, key, errors), StatusCodes.Status400BadRequest);
        var request = new CountHandsRequest(BallotId.Of(id), raised, EnumNames.Read<Choice>(values.GetValueOrDefault("chair")));
        return Back(http, await entrance.RunAsync(http, BallotUseCases.CountHands, request, key), values, key, scope);
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, string ballot, RequestScope scope, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        if (!Guid.TryParseExact(ballot, "D", out var id) || values.GetValueOrDefault("answer", "").Split(':') is not [var mandate, var said]
            || !Guid.TryParseExact(mandate, "D", out var elector) || EnumNames.Read<Choice>(said) is not { } choice)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        var request = new AnswerRollCallRequest(BallotId.Of(id), MandateId.Of(elector), choice);
        return Back(http, await entrance.RunAsync(http, BallotUseCases.AnswerRollCall, request, $"{key}-{elector:N}"), values, key, scope);
    }

    private static async Task<IResult> ResultAsync(HttpContext http, string ballot, RequestScope scope, CommandEntrance entrance, PaperPublication publication)
    {
        var (values, key) = await Forms.ReadAsync(http);
        return Guid.TryParseExact(ballot, "D", out var id)
            ? Back(http, await BallotClosing.ToResultAsync(http, entrance, publication, scope.Association.Id, BallotId.Of(id), key), values, key, scope)
            : ErrorPages.Page(StatusCodes.Status404NotFound);
    }

    /// <summary>Everybody whom the meeting expects, once for a script that then finds them by itself.</summary>
    private static async Task<IResult> PeopleAsync(HttpContext http, string meeting, RequestScope scope, MeetingReader meetings, Roster roster, ReadDatabase reads, CancellationToken ct)
    {
        if (scope.IsPast || !Guid.TryParseExact(meeting, "D", out var id) || await meetings.FindAsync(scope, MeetingId.Of(id), ct) is not { } file)
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        var places = file.Room.Electors.ToLookup(e => e.Person, e => e.Mandate);
        return Results.Json((await roster.AllAsync(scope, reads, file, ct)).Select(p => new
        {
            id = p.Person.ToString(),
            name = p.Name,
            of = p.Of,
            code = p.Code,
            mandates = places[p.Person].Select(m => m.ToString()),
        }));
    }

    private static async Task<IResult> LiveAsync(
        HttpContext http, string meeting, RequestScope scope, MeetingLive live,
        Func<HttpContext, RequestScope, MeetingLive.Following, LiveRights, CancellationToken, IAsyncEnumerable<SseItem<string>>> items)
    {
        // Only what happens now is followed.
        if (scope.IsPast || !Guid.TryParseExact(meeting, "D", out var id) || !await live.ExistsAsync(scope.Association.Id, MeetingId.Of(id), http.RequestAborted))
            return Results.NotFound();
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        return TypedResults.ServerSentEvents(UntilItEndsAsync(live, MeetingId.Of(id), http, scope, items, stopping));
    }

    // Whoever goes away, or a host that stops, ends the stream; that is no fault.
    private static async IAsyncEnumerable<SseItem<string>> UntilItEndsAsync(
        MeetingLive live, MeetingId meeting, HttpContext http, RequestScope scope,
        Func<HttpContext, RequestScope, MeetingLive.Following, LiveRights, CancellationToken, IAsyncEnumerable<SseItem<string>>> items, [EnumeratorCancellation] CancellationToken stopping)
    {
        using (var following = live.Follow(scope.Association, meeting))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping))
        {
            await using var each = items(http, scope, following, new(http, following, http.RequestServices.GetRequiredService<TimeProvider>()), either.Token).GetAsyncEnumerator(either.Token);
            while (await NextAsync(each))
                yield return each.Current;
        }

        static async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<string>> each)
        {
            try
            {
                return await each.MoveNextAsync();
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> ConsoleItemsAsync(
        HttpContext http, RequestScope scope, MeetingLive.Following following, LiveRights rights, [EnumeratorCancellation] CancellationToken ct)
    {
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        LiveMeeting? seen = null;
        string? gauges = null, conduct = null;
        while (true)
        {
            var next = await following.NextAsync(seen, Beat, ct);
            if (!await rights.HoldAsync())
                yield break;
            yield return new(Instants.Write(clock.GetUtcNow()), "beat");
            if (next is null)
                continue;
            var room = RoomOf(next, seen, scope.Association.Zone);
            if (room is not null)
                yield return new(room, "room");
            if (await next.PartAsync<GaugesPart>(http.RequestServices) is var worded && worded != gauges)
                yield return new(gauges = worded, "gauges");
            // What is done with the agenda and the votes has forms: the page fetches those for itself.
            if ($"{next.File.Version} {next.File.Vote?.Opening.Ballot} {next.File.Ballots.Values.Count(b => b.Verdict is not null)} {next.File.Ballots.Values.Count(b => b is Ballot.Annulled)} {next.File.Vote is { IsSuspended: true }} {next.File.Vote?.Opening.Secret} {next.ToHandOn.Count}" is var done && done != conduct)
            {
                yield return new(done, "conduct");
                conduct = done;
            }

            seen = next;
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> ScreenItemsAsync(
        HttpContext http, RequestScope scope, MeetingLive.Following following, LiveRights rights, [EnumeratorCancellation] CancellationToken ct)
    {
        LiveMeeting? seen = null;
        string? shown = null;
        while (true)
        {
            var moved = await following.NextAsync(seen, Beat, ct);
            if (!await rights.HoldAsync())
                yield break;
            if (moved is not { } next)
            {
                yield return new("", "beat");
                continue;
            }

            seen = next;
            if (await next.PartAsync<ScreenPart>(http.RequestServices) is var worded && worded != shown)
                yield return new(shown = worded, "now");
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> SeatItemsAsync(
        HttpContext http, RequestScope scope, MeetingLive.Following following, LiveRights rights, [EnumeratorCancellation] CancellationToken ct)
    {
        LiveMeeting? seen = null;
        string? shown = null;
        while (true)
        {
            var moved = await following.NextAsync(seen, Beat, ct);
            if (!await rights.HoldAsync())
                yield break;
            if (moved is not { } next)
            {
                yield return new("", "beat");
                continue;
            }

            if (await next.PartAsync<SeatNowPart>(http.RequestServices) is var worded && worded != shown)
                yield return new(shown = worded, "now");
            // What is one's own is read by the page for itself, and only when it has changed.
            if (seen is not null && scope.Actor.Person is { } person && Of(next, person) != Of(seen, person))
                yield return new("", "own");
            seen = next;
        }

        static (Place?, int) Of(LiveMeeting live, PersonId person) => (live.PlaceOf(person), live.File.Room.Proxies.Count(p => p.Holder == person));
    }

    /// <summary>Who is where: all of it for whoever comes, from then on what has changed; null when nothing of it has.</summary>
    private static string? RoomOf(LiveMeeting next, LiveMeeting? seen, TimeZoneInfo zone)
    {
        var changed = next.Places.Where(p => seen?.PlaceOf(p.Key) != p.Value).ToDictionary(p => p.Key.ToString(), object? (p) => Said(p.Value));
        foreach (var gone in seen?.Places.Keys.Where(p => !next.Places.ContainsKey(p)) ?? [])
            changed[gone.ToString()] = null;
        var entries = ConsoleScene.EntriesOf(next.File, 5);
        if (seen is not null && changed.Count == 0 && entries.SequenceEqual(ConsoleScene.EntriesOf(seen.File, 5)))
            return null;
        return JsonSerializer.Serialize(new
        {
            whole = seen is null,
            people = changed,
            entries = entries.Select(e => new
            {
                id = e.Event.ToString(),
                kind = e.Kind.ToString(),
                person = e.Person?.ToString(),
                holder = e.Holder?.ToString(),
                at = Clock(e.On, zone),
            }),
        });

        object Said(Place place) => new
        {
            at = place.At?.ToString(),
            since = place.Since is { } since ? Clock(since, zone) : null,
            holder = place.Holder?.ToString(),
            holds = place.Holds,
            gave = place.GaveTo?.ToString(),
        };
    }

    /// <summary>« 18 h 02 », on the clocks of the association.</summary>
    internal static string Clock(EffectiveTime on, TimeZoneInfo zone) => DateWording.Time(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(on.Instant, zone).DateTime));
}
