using System.Collections.Frozen;
using Governance.Api.Access;
using Governance.Api.Face;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Following;
using Governance.Projections.Runtime;

namespace Governance.Api.Kernel.Http;

/// <summary>
/// Before an endpoint runs: who asks, of which association, as of when, and whether they may. An endpoint that names no permission is refused to everybody.
/// </summary>
public sealed class RequestScopes(RequestDelegate next)
{
    /// <summary>How long a reader waits for what it just recorded.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task InvokeAsync(
        HttpContext http, AssociationDirectory associations, AccountLinks links, Mandated mandated, EventLog log, FollowerHost followers, FrameContext frame,
        ReadDatabase reads, ReadRecord record, TimeProvider time)
    {
        var ct = http.RequestAborted;
        // What routing answers itself (404, 405, 415) is no endpoint of ours; people read of it in the frame of the association that they were in.
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
        {
            if (ErrorPages.IsForPeople(http))
            {
                var around = http.Request.Path.Value?.Split('/', 3) is [_, { Length: > 0 } first, ..] ? await associations.FindAsync(first, ct) : null;
                var reader = await ActorAsync(http, around, links, mandated, ct);
                var known = reader.May(Permission.ReadRegister) ? around : null;
                Show(frame, known, known is not null, reader);
            }

            await next(http);
            return;
        }

        AssociationEntry? association = null;
        if (http.Request.RouteValues.TryGetValue("slug", out var value) && value is string slug)
        {
            association = await associations.FindAsync(slug, ct);
            if (association is null)
            {
                await Answers.WriteAsync(http, Problems.Http(StatusCodes.Status404NotFound, "no-such-association", slug));
                return;
            }
        }

        var actor = await ActorAsync(http, association, links, mandated, ct);
        http.Features.Set(actor);
        // Whoever is signed in and nobody here is refused without being told which association it is.
        var shown = association is not null && IsStranger(actor) && PermissionOf(endpoint) != Permission.Public
            ? null
            : association ?? await HomeAsync(http, actor, associations, links, ct);
        Show(frame, shown, association is not null, actor);
        if (!await MayAsync(http, endpoint, actor))
            return;

        if (association is not null)
        {
            if (await ScopeAsync(http, association, actor, log, followers, time, ct) is not { } scope)
                return;
            if (scope.IsPast && ErrorPages.IsForPeople(http))
                await ShowThenAsync(frame, scope, reads, log, ct);
            if (endpoint.Metadata.GetMetadata<RevealsPeopleAttribute>() is { } reveals && Authentication.AccountOf(http.User) is { } account)
                RecordRead(http, record, association.Id, account, actor.Person, reveals.Page);
        }

        await next(http);
    }

    /// <summary>Before the first byte of an answer that names others leaves, who read of whom is recorded.</summary>
    private static void RecordRead(HttpContext http, ReadRecord record, AssociationId association, Guid account, PersonId? self, string page)
    {
        var revealed = new Revealed();
        http.Features.Set(revealed);
        // A form that was refused is answered with its page, whatever the status; one that leads on elsewhere, and a failure, show nobody.
        http.Response.OnStarting(() => http.Response.StatusCode is (>= 200 and < 300) or (>= 400 and not StatusCodes.Status500InternalServerError)
            ? record.AddAsync(association, account, page, [.. revealed.People.Where(person => person != self)])
            : Task.CompletedTask);
    }

    /// <summary>The permission that an endpoint names; null when it names none.</summary>
    public static Permission? PermissionOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<RequiresPermissionAttribute>() is { } named ? named.Permission
        : endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null ? Permission.Public
        : null;

    /// <summary>The association around a page that belongs to none: the only one in which the reader is somebody.</summary>
    private static async Task<AssociationEntry?> HomeAsync(
        HttpContext http, Actor actor, AssociationDirectory associations, AccountLinks links, CancellationToken ct) =>
        ErrorPages.IsForPeople(http) && actor.IsSignedIn && Authentication.AccountOf(http.User) is { } account
            ? await associations.OnlyAsync(await links.AssociationsAsync(account, ct), ct)
            : null;

    private static bool IsStranger(Actor actor) => actor.IsSignedIn && actor.Person is null && !actor.Roles.Contains(Role.Administrator);

    /// <param name="dated">Whether the page shows the association on a date.</param>
    private static void Show(FrameContext frame, AssociationEntry? association, bool dated, Actor actor)
    {
        // Whoever is signed in and reads nothing here is shown no way in: each of them would be refused. Around a page of no association it is the reader's own.
        var reads = !dated || !actor.IsSignedIn || actor.May(Permission.ReadRegister);
        frame.ShowsDates = dated && reads;
        if (association is not null)
        {
            frame.AssociationName = association.Name;
            frame.Zone = association.Zone;
        }

        if (association is not null && reads)
        {
            frame.HomeHref = "/" + association.Slug;
            frame.Navigation = [.. Navigation.Entries.Select(entry => entry.For(association.Slug))];
        }

        // A voting link opens one page: the others are not shown to whoever came by it.
        if (actor.Link is { } link)
        {
            (frame.Navigation, frame.ShowsDates) = ([], false);
            if (association is not null)
                frame.HomeHref = frame.OnlyHref = $"/{association.Slug}/ballots/{link.Ballot}";
            return;
        }

        if (association is not null && actor.May(Permission.ReadRegister))
            frame.SearchHref = $"/{association.Slug}/search";
        if (actor.May(Permission.AdministerAccounts))
            frame.Navigation = [.. frame.Navigation, .. Navigation.OfAdministrators];

        frame.AccountId = actor.IsSignedIn ? actor.Id : null;
        (frame.AccountName, frame.AccountHref, frame.SignOutHref, frame.SignInHref) = actor.IsSignedIn
            ? (AccessWording.Say("account"), "/account", "/sign-out", (string?)null)
            : (null, null, null, "/sign-in");
    }

    /// <summary>The association is called as it was on the day shown; where nothing was recorded by the day of the knowledge, that is said.</summary>
    private static async Task ShowThenAsync(FrameContext frame, RequestScope scope, ReadDatabase reads, EventLog log, CancellationToken ct)
    {
        if (await Projections.Associations.FindAsync(await scope.ViewAsync(reads, ct), ct) is { } then)
            frame.AssociationName = then.Name;
        else if (scope.RecordedPosition is { } known
            && await log.ReadStreamAsync(scope.Association.Id.ToString(), Domain.Associations.Association.Stream.Value, ct: ct) is [var first, ..]
            && first.Position > known)
            frame.FirstRecorded = LocalTime.DayOf(first.RecordedAt, scope.Association.Zone);
    }

    private static async Task<bool> MayAsync(HttpContext http, Endpoint endpoint, Actor actor)
    {
        var permission = PermissionOf(endpoint);
        if (permission is { } asked && actor.May(asked) && (actor.Link is not { } link || asked == Permission.Public || IsAt(http, link)))
            return true;
        if (actor.IsSignedIn || permission is null)
        {
            // Whoever came by a link has no role that the secretariat could give.
            await Answers.WriteAsync(http, actor.Link is not null
                ? Problems.Http(StatusCodes.Status403Forbidden, "voting-link-elsewhere")
                : Problems.Http(StatusCodes.Status403Forbidden, "not-permitted", permission?.ToString() ?? "–"));
        }
        else if (ErrorPages.IsForPeople(http) && HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.Redirect("/sign-in" + QueryString.Create("returnTo", http.Request.Path + http.Request.QueryString));
        }
        else
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            await Answers.WriteAsync(http, Problems.Http(StatusCodes.Status401Unauthorized, "sign-in-needed"));
        }

        return false;
    }

    /// <summary>Whether whoever asked may still do so, by today's mandates and accounts: for an answer that goes on for long.</summary>
    public static async Task<bool> StillMayAsync(HttpContext http)
    {
        var (scope, services) = (http.Features.Get<RequestScope>()!, http.RequestServices);
        var actor = await ActorAsync(http, scope.Association, services.GetRequiredService<AccountLinks>(), services.GetRequiredService<Mandated>(), http.RequestAborted);
        return PermissionOf(http.GetEndpoint()!) is { } asked && actor.May(asked);
    }

    /// <summary>A voting link opens the addresses of its ballot alone, and as it is today: as it was, a link that was replaced since would be good.</summary>
    private static bool IsAt(HttpContext http, VotingLink link) =>
        Guid.TryParse(http.Request.RouteValues.GetValueOrDefault("ballot") as string, out var ballot) && ballot == link.Ballot.Value
        && !http.Request.Query.ContainsKey(AsOfReading.AsOf) && !http.Request.Query.ContainsKey(AsOfReading.RecordedAsOf);

    private static async Task<Actor> ActorAsync(HttpContext http, AssociationEntry? association, AccountLinks links, Mandated mandated, CancellationToken ct)
    {
        if (VotingLink.Of(http.User) is { } link)
            return link.Association == association?.Id ? Actor.Of(link) : Actor.Visitor;
        return Authentication.AccountOf(http.User) is { } account ? await OfAccountAsync(account, association, links, mandated, ct) : Actor.Visitor;
    }

    /// <summary>An account with today's rights; a visitor when there is no such account any more.</summary>
    public static async Task<Actor> OfAccountAsync(Guid account, AssociationEntry? association, AccountLinks links, Mandated mandated, CancellationToken ct)
    {
        if (await links.StandingAsync(account, association?.Id, ct) is not { } standing)
            return Actor.Visitor;
        var roles = new HashSet<Role>();
        if (standing.IsAdministrator)
            roles.Add(Role.Administrator);
        if (association is not null && standing.Person is { } person)
            roles.UnionWith(await mandated.RolesOfAsync(association.Id, person, ct));
        return Actor.Of(account, standing.Person, roles.ToFrozenSet());
    }

    private static async Task<RequestScope?> ScopeAsync(
        HttpContext http, AssociationEntry association, Actor actor, EventLog log, FollowerHost followers, TimeProvider time, CancellationToken ct)
    {
        var query = http.Request.Query;
        string? asOf = query[AsOfReading.AsOf], recorded = query[AsOfReading.RecordedAsOf], waitFor = query[AsOfReading.WaitFor];
        var now = time.GetUtcNow();
        var instant = now;
        if (!string.IsNullOrEmpty(asOf))
        {
            if (AsOfReading.Instant(asOf, association.Zone) is not { } at)
                return await MalformedAsync(http, AsOfReading.AsOf, "as-of");
            instant = at;
        }

        long? position = null;
        if (!string.IsNullOrEmpty(recorded))
        {
            position = AsOfReading.Position(recorded);
            if (position is null)
            {
                if (AsOfReading.Instant(recorded, association.Zone) is not { } at)
                    return await MalformedAsync(http, AsOfReading.RecordedAsOf, "recorded-as-of");
                position = at >= now ? null : await log.PositionAtAsync(at, ct);
            }
        }

        var notYetShown = false;
        if (!string.IsNullOrEmpty(waitFor))
        {
            if (AsOfReading.Position(waitFor) is not { } awaited)
                return await MalformedAsync(http, AsOfReading.WaitFor, "wait-for");
            // A position that the log has not reached will not come by waiting.
            notYetShown = awaited > 0 && !await followers.WaitForAllAsync(
                Math.Min(awaited, await log.LastPositionAsync(ct)), Patience, association.Id.ToString(), ct);
            if (notYetShown && !ErrorPages.IsForPeople(http))
            {
                await Answers.WriteAsync(http, Problems.Http(StatusCodes.Status503ServiceUnavailable, "not-yet-shown"));
                return null;
            }
        }

        var scope = new RequestScope(
            association, actor, instant, position, !string.IsNullOrEmpty(asOf) || !string.IsNullOrEmpty(recorded), notYetShown);
        http.Features.Set(scope);
        return scope;
    }

    private static async Task<RequestScope?> MalformedAsync(HttpContext http, string field, string sentence)
    {
        if (!await ErrorPages.RefuseDatesAsync(http))
            await Answers.WriteAsync(http, Problems.Malformed(field, Wording.Shape(sentence)));
        return null;
    }
}
