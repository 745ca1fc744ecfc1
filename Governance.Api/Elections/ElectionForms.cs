using Governance.Api.Ballots;
using Governance.Api.Face;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.Meetings;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.Projections.Runtime;

namespace Governance.Api.Elections;

public static class ElectionForms
{
    private const string Page = "/{slug}/elections/{election}";

    /// <summary>Name of the field that says under which item of which meeting: the ids of both, with a comma between.</summary>
    public const string PlaceField = "place";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["election.seat-still-held"] = "leaving",
        ["election.seat-of-another-office"] = "leaving",
        ["election.more-seats-named"] = "leaving",
        ["mandate.seats-full"] = "seats",
        ["mandate.person-already-holds"] = "person",
        ["mandate.too-many-terms"] = "person",
        ["mandate.incompatible"] = "person",
        ["mandate.member-required"] = "member",
        ["mandate.member-standing"] = "member",
        ["mandate.member-already-represented"] = "member",
        ["mandate.office-held"] = "office",
        ["body.college-not-found"] = "college",
        ["history.before-beginning"] = "effective",
        ["history.impossible"] = "effective",
    };

    /// <summary>Forms of the pages of elections.</summary>
    public static void MapElectionForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<CallElectionRequest, CallElectionPage>("/{slug}/elections/new", ElectionUseCases.Call, then: Page, fields: Fields);
        app.MapForm<StandAsCandidateRequest, ElectionActPage>(Page + "/candidacies", ElectionUseCases.Stand, then: Page, fields: Fields);
        app.MapForm<ElectionPersonRequest, ElectionActPage>(Page + "/withdrawals", ElectionUseCases.Withdraw, then: Page, fields: Fields);
        app.MapForm<ElectionPersonRequest, ElectionActPage>(Page + "/declinations", ElectionUseCases.Decline, then: Page, fields: Fields);
        app.MapForm<InstallElectedRequest, ElectionActPage>(Page + "/installation", ElectionUseCases.Install, then: Page, fields: Fields);
        app.MapFormPost(Page + "/resolution", MeetingUseCases.Propose.Permission, ProposeAsync).ShowsAgain<ElectionActPage>();
    }

    // The candidates of the election as a text of a meeting, to be put to the vote there.
    private static async Task<IResult> ProposeAsync(HttpContext http, string slug, string election, RequestScope scope, ReadDatabase reads, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        if (!Guid.TryParseExact(election, "D", out var id)
            || await Projections.Elections.FindAsync(await scope.ViewAsync(reads, http.RequestAborted), ElectionId.Of(id), http.RequestAborted) is not { } row)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        var errors = new ShapeErrors();
        var contest = ContestForm.Read(values, errors);
        var place = values.GetValueOrDefault(PlaceField, "").Split(',');
        if (place is not [var meeting, var item] || !Guid.TryParseExact(meeting, "D", out var in_) || !Guid.TryParseExact(item, "D", out var under))
        {
            errors.Add(PlaceField, Kernel.Wording.Shape("expected-id"));
            (in_, under) = (default, default);
        }

        CommandResult result = errors.Any
            ? new CommandResult.Malformed(errors.ByField)
            : await entrance.RunAsync(
                http, MeetingUseCases.Propose,
                new ProposeResolutionRequest(
                    MeetingId.Of(in_), AgendaItemId.Of(under), DecisionKind.Election, row.Title, values.GetValueOrDefault("text", ""), Contest: contest, Election: row.Id),
                key);
        return result is CommandResult.Done or CommandResult.Unchanged
            ? Results.LocalRedirect($"/{slug}/meetings/{in_:D}" + (result is CommandResult.Done done ? FormattableString.Invariant($"?{AsOfReading.WaitFor}={done.Position}") : ""))
            : Forms.Again<ElectionActPage>(
                http, new(values, key, Forms.Errors(result, beside: refusal => ContestForm.Beside(refusal, values))), Problems.Of(result)!.Status!.Value);
    }
}
