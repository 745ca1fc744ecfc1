using Governance.Api.Access;
using Governance.Api.Face;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.People;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.Projections.Runtime;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Ballots;

/// <param name="Secret">To be sent as <c>Authorization: Bearer SECRET</c>; opens the votes of this person in this ballot and nothing else.</param>
/// <param name="Path">Where a browser votes by it.</param>
public sealed record PersonalVotingLink(PersonId Person, string Secret, string Path);

/// <summary>The links of one issue: told this once, kept nowhere.</summary>
public sealed record VotingLinksAnswer(int Issue, IReadOnlyList<PersonalVotingLink> Links);

/// <summary>Issuing personal voting links, and opening one in a browser.</summary>
public static class VotingLinkEndpoints
{
    private const string Page = "/{slug}/ballots/{ballot}";

    /// <summary>Under <c>/api/{slug}</c>.</summary>
    public static void MapVotingLinks(this IEndpointRouteBuilder api) =>
        api.MapWrite("/ballots/{ballot}/voting-links", IssueAsync)
            .WithName(BallotUseCases.IssueVotingLinks.Name)
            .RequirePermission(BallotUseCases.IssueVotingLinks.Permission)
            .WithMetadata(new CommandMetadata(BallotUseCases.IssueVotingLinks.Name, typeof(BallotRequest), BallotUseCases.IssueVotingLinks.Permission, TakesEffective: false))
            .Accepts<BallotRequest>("application/json")
            .Produces<VotingLinksAnswer>()
            .ProducesProblems(400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503);

    public static void MapVotingLinkPages(this IEndpointRouteBuilder app)
    {
        app.MapRead("/{slug}/voting/{secret}", Open).RequirePermission(Permission.Public).ExcludeFromDescription();
        app.MapFormPost(Page + "/voting-links", BallotUseCases.IssueVotingLinks.Permission, DownloadAsync).RevealsPeople("voting-links");
    }

    private static async Task<IResult> IssueAsync(
        HttpContext http, string ballot, CommandEntrance entrance, EventLog log, EventCatalogue catalogue, VotingLinks links)
    {
        var (body, problem) = await CommandBody<BallotRequest>.ReadAsync(http, TimeZoneInfo.Utc);
        if (problem is not null)
            return Problems.Answer(problem);
        // Each time anew, whatever key is sent: to see links again is to issue them again, and the record says so.
        var result = await entrance.RunAsync(http, BallotUseCases.IssueVotingLinks, body!.Request, CommandEntrance.NewKey());
        return result is CommandResult.Done done
            ? Results.Json(await OfAsync(http, body.Request.Ballot, done, log, catalogue, links))
            : Problems.Answer(Problems.Of(result)!);
    }

    private static async Task<IResult> DownloadAsync(
        HttpContext http, string ballot, CommandEntrance entrance, EventLog log, EventCatalogue catalogue, VotingLinks links, ReadDatabase reads, PersonNames people,
        IStringLocalizer<BallotText> t)
    {
        var (values, key) = await Forms.ReadAsync(http);
        if (!Guid.TryParseExact(ballot, "D", out var id))
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        var result = await entrance.RunAsync(http, BallotUseCases.IssueVotingLinks, new BallotRequest(BallotId.Of(id)), CommandEntrance.NewKey());
        if (result is not CommandResult.Done done)
            return Forms.Again<BallotPage>(http, new(values, key, Forms.Errors(result)), Problems.Of(result)!.Status!.Value);
        var issued = await OfAsync(http, BallotId.Of(id), done, log, catalogue, links);
        var scope = http.Features.Get<RequestScope>()!;
        var names = await people.OfAsync(await scope.ViewAsync(reads, http.RequestAborted), issued.Links.Select(l => l.Person), http.RequestAborted);
        var origin = $"{http.Request.Scheme}://{http.Request.Host}";
        var rows = issued.Links
            .Select(l => (Name: names.TryGetValue(l.Person, out var known) ? known.Name ?? "–" : "–", Link: origin + l.Path))
            .OrderBy(l => l.Name, StringComparer.CurrentCulture)
            .Select(l => Csv.Row(l.Name, l.Link));
        http.Response.Headers["Cache-Control"] = "no-store";
        return Results.File(
            System.Text.Encoding.UTF8.GetBytes(Csv.Mark + Csv.Row(t["Links.Column.Name"], t["Links.Column.Link"]) + string.Concat(rows)), Csv.ContentType, t["Links.File"]);
    }

    /// <summary>The links of the issue that was just recorded: where another has followed meanwhile, they open nothing any more.</summary>
    private static async Task<VotingLinksAnswer> OfAsync(
        HttpContext http, BallotId ballot, CommandResult.Done issued, EventLog log, EventCatalogue catalogue, VotingLinks links)
    {
        var scope = http.Features.Get<RequestScope>()!;
        var stream = Ballot.Stream(ballot);
        List<Recorded> events =
            [.. (await log.ReadStreamAsync(scope.Association.Id.ToString(), stream.Value, issued.Position, http.RequestAborted)).Select(catalogue.Recorded)];
        var open = (Ballot.Open)new Timeline<Ballot>(stream, events.Count, events).Latest;
        return new VotingLinksAnswer(
            open.LinkIssue,
            [
                .. open.Roll.Values.Select(e => e.Person).Distinct().OrderBy(p => p.Value).Select(person =>
                {
                    var secret = links.Seal(new VotingLink(scope.Association.Id, ballot, person, open.LinkIssue));
                    return new PersonalVotingLink(person, secret, $"/{scope.Association.Slug}/voting/{secret}");
                }),
            ]);
    }

    // The secret moves from the address into a cookie of the ballot's pages, so that it stands in no other address.
    private static IResult Open(HttpContext http, string slug, string secret, VotingLinks links, RequestScope scope, IStringLocalizer<BallotText> t)
    {
        if (links.Open(secret) is not { } link || link.Association != scope.Association.Id)
            return ErrorPages.Page(StatusCodes.Status404NotFound, t["Links.Unknown"], mend: t["Links.UnknownMend"]);
        var page = $"/{slug}/ballots/{link.Ballot}";
        // Whoever is signed in votes as who they are: a link that somebody else passed on must not make them cast another's vote.
        if (scope.Actor.Person == link.Person)
            return Results.LocalRedirect(page);
        if (scope.Actor.IsSignedIn)
            return ErrorPages.Page(StatusCodes.Status409Conflict, t["Links.SignedIn"], mend: t["Links.SignedInMend"]);
        var cookie = new SecureCookie { Name = VotingLinkAuthentication.Cookie, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = page, IsEssential = true };
        http.Response.Cookies.Append(cookie.Name, secret, cookie.Build(http));
        http.Response.Headers["Cache-Control"] = "no-store";
        return Results.LocalRedirect(page);
    }
}
