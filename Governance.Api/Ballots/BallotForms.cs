using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Face;
using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.Tallies;
using Governance.Api.Voting;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.EventStore;
using Governance.EventStore.Vault;
using Governance.Projections.Runtime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Ballots;

/// <summary>Forms of the pages of ballots. A press may be several commands, each an act of its own in the log.</summary>
public static class BallotForms
{
    /// <summary>Before the name of each field that says how an elector is present: the rest of the name is the mandate.</summary>
    public const string PresenceField = "present-";

    /// <summary>Before the name of each box that says that an elector demands a secret vote: the rest of the name is the mandate.</summary>
    public const string DemandField = "demands-";

    /// <summary>Before the place, from 1, of each field that says who is how old among those tied.</summary>
    public const string TieField = "tie-";

    private const string Page = "/{slug}/ballots/{ballot}";

    public static void MapBallotForms(this IEndpointRouteBuilder app)
    {
        app.MapFormPost("/{slug}/ballots/new", Permission.ConductBallots, DraftAsync).ShowsAgain<DraftBallotPage>();
        app.MapFormPost(Page + "/review", Permission.Vote, KeepToReviewAsync);
        app.MapRead(Page + "/review", ReviewAsync).RequirePermission(Permission.Vote).ExcludeFromDescription();
        app.MapFormPost(Page + "/votes", Permission.Vote, CastAsync);
        app.MapFormPost(Page + "/proxies", Permission.Vote, GiveProxyAsync);
        app.MapFormPost(Page + "/proxies/revocation", Permission.Vote, RevokeProxyAsync);
        app.MapFormPost(Page + "/proxies/received", Permission.ConductBallots, RecordProxyAsync);
        app.MapFormPost(Page + "/proxies/reassignment", Permission.ConductBallots, ReassignProxyAsync);
        app.MapFormPost(Page + "/proxies/end", Permission.ConductBallots, EndProxyAsync);
        app.MapFormPost(Page + "/paper-entries", Permission.ConductBallots, EnterPaperAsync);
        app.MapFormPost(Page + "/secrecy-demands", Permission.ConductBallots, DemandSecrecyAsync);
        app.MapFormPost(Page + "/secrecy", Permission.ConductBallots, HoldInSecretAsync);
        app.MapFormPost(Page + "/opening", Permission.ConductBallots, OpenAsync);
        app.MapFormPost(Page + "/result", Permission.ConductBallots, CloseCountAndProclaimAsync);
        app.MapFormPost(Page + "/tie", Permission.ConductBallots, PartTieAsync);
        app.MapFormPost(Page + "/annulment", Permission.ConductBallots, AnnulAsync);
        app.MapFormPost(Page + "/confirmation", Permission.CorrectRecord, ConfirmAsync);
        app.MapRead(Page + "/tally.json", TallyAsync).RequirePermission(Permission.Vote).ExcludeFromDescription();
        app.MapRead(Page + "/papers", PapersAsync).RequirePermission(Permission.Vote).ExcludeFromDescription();
        app.MapRead(Page + "/turnout", TurnoutAsync).RequirePermission(Permission.Vote).ExcludeFromDescription();
    }

    private static async Task<IResult> DraftAsync(HttpContext http, string slug, RequestScope scope, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var errors = new ShapeErrors();
        var contest = ContestForm.Read(values, errors);
        var (request, _) = Forms.Request<DraftBallotRequest>(http, ContestForm.Others(values), scope.Association.Zone, errors);
        var result = errors.Any
            ? new CommandResult.Malformed(errors.ByField)
            : await entrance.RunAsync(http, BallotUseCases.Draft, request! with { Contest = contest }, key);
        return result switch
        {
            CommandResult.Done done => Results.LocalRedirect(QueryHelpers.AddQueryString(
                $"/{slug}/ballots/{done.Ids["ballot"]:D}", AsOfReading.WaitFor, done.Position.ToString(CultureInfo.InvariantCulture))),
            CommandResult.Unchanged => Results.LocalRedirect($"/{slug}/ballots"),
            _ => Forms.Again<DraftBallotPage>(
                http, new(values, key, Forms.Errors(result, beside: refusal => ContestForm.Beside(refusal, values))), Problems.Of(result)!.Status!.Value),
        };
    }

    // Nothing is recorded here: the votes come back to be read once more, at an address of their own that « back » may lead to.
    private static async Task<IResult> KeepToReviewAsync(
        HttpContext http, string slug, string ballot, BallotBoxes boxes, RequestScope scope, ReadDatabase reads, PersonVault vault, IStringLocalizer<BallotText> t, IStringLocalizer<MethodText> m)
    {
        var (values, key) = await Forms.ReadAsync(http);
        if (!Guid.TryParseExact(ballot, "D", out var id) || await ReadAsync(values, BallotId.Of(id), scope, reads, vault, m, http.RequestAborted) is not { } read)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        if (Unsaid(http, values, key, read, t) is { } again)
            return again;
        using var box = read.Secret ? boxes.Open(scope.Association.Id, BallotId.Of(id), read.Contest) : null;
        if (read.Secret && box is null)
            return Forms.Again<BallotPage>(http, new(values, key, Forms.Errors(new CommandResult.Refused(new BallotSecretNotHere()))), StatusCodes.Status422UnprocessableEntity);
        return VoteToReview.Keep(http, BallotId.Of(id), read.Votes, box)
            ? Results.LocalRedirect($"/{slug}/ballots/{ballot}/review")
            : ReviewVotePage.Of(http, read.Votes);
    }

    private static async Task<IResult> ReviewAsync(HttpContext http, string slug, string ballot, BallotBoxes boxes, RequestScope scope, ReadDatabase reads, CancellationToken ct)
    {
        // Once the vote is cast there is nothing to read again: who goes back comes to the ballot, not to a copy that the browser kept.
        http.Response.Headers.CacheControl = "no-store";
        if (!Guid.TryParseExact(ballot, "D", out var id) || await Projections.Ballots.FindAsync(await scope.ViewAsync(reads, ct), BallotId.Of(id), ct) is not { } found)
            return Results.LocalRedirect($"/{slug}/ballots/{ballot}");
        using var box = found.Secret ? boxes.Open(scope.Association.Id, found.Id, found.Contest) : null;
        var votes = VoteToReview.Read(http, BallotId.Of(id), box);
        return votes.Count == 0 ? Results.LocalRedirect($"/{slug}/ballots/{ballot}") : ReviewVotePage.Of(http, votes);
    }

    private static async Task<IResult> CastAsync(
        HttpContext http, string ballot, CommandEntrance entrance, RequestScope scope, ReadDatabase reads, EventLog log, PersonVault vault, IStringLocalizer<BallotText> t,
        IStringLocalizer<MethodText> m)
    {
        var (values, key) = await Forms.ReadAsync(http);
        if (!Guid.TryParseExact(ballot, "D", out var id) || await ReadAsync(values, BallotId.Of(id), scope, reads, vault, m, http.RequestAborted) is not { } read)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        VoteToReview.Forget(http, BallotId.Of(id));
        if (Unsaid(http, values, key, read, t) is { } again)
            return again;
        if (read.Secret)
        {
            VoteToCast[] coded = [.. read.Votes.Select(v => v with { Code = TrackingCode.Read(values.GetValueOrDefault(VoteFields.CodeField + v.Mandate)) })];
            // Read first: once a paper is in, its code is shown whatever has happened to the voter's link or rights meanwhile.
            var scene = await BallotScene.ReadAsync(scope, reads, log, vault, ballot, http.RequestAborted);
            return await CastSecretlyAsync(http, values, key, BallotId.Of(id), coded, scene, entrance);
        }

        return await RunAsync(
            http, values, key, ballot, "#receipt",
            [.. read.Votes.Select(v => Act(http, entrance, BallotUseCases.Cast, b => new CastVoteRequest(b, v.Mandate, v.Choice, Paper: v.Paper), $"{v.Mandate}-{Said(v)}"))]);
    }

    // The answer itself is the receipt: the codes are kept nowhere for a page that would come after. Sent again, it is the same.
    private static async Task<IResult> CastSecretlyAsync(
        HttpContext http, IReadOnlyDictionary<string, string> values, string key, BallotId ballot, IReadOnlyList<VoteToCast> votes, BallotScene? scene,
        CommandEntrance entrance)
    {
        var cast = new List<VoteToCast>();
        foreach (var vote in votes)
        {
            var result = await entrance.RunAsync(http, BallotUseCases.CastSecretly, new CastSecretVoteRequest(ballot, vote.Mandate, vote.Code ?? "", vote.Choice, vote.Paper), key);
            if (Problems.Of(result) is { } problem)
            {
                // Papers that went in before have codes, which are shown now or never.
                return cast.Count == 0
                    ? Forms.Again<BallotPage>(http, new(Unspoken(values), key, Forms.Errors(result)), problem.Status!.Value)
                    : SecretReceiptPage.Of(http, scene, cast, [.. votes.Skip(cast.Count)], Forms.Errors(result), problem.Status!.Value);
            }

            cast.Add(vote);
        }

        return SecretReceiptPage.Of(http, scene, cast, [], [], StatusCodes.Status200OK);
    }

    // What was voted in secret is not sent back with what is wrong.
    private static Dictionary<string, string> Unspoken(IReadOnlyDictionary<string, string> values) =>
        values.Where(v => v.Key == VoteFields.MandatesField).ToDictionary(v => v.Key, v => v.Value);

    private static async Task<IResult> EnterPaperAsync(
        HttpContext http, string ballot, CommandEntrance entrance, RequestScope scope, ReadDatabase reads, PersonVault vault, IStringLocalizer<BallotText> t, IStringLocalizer<MethodText> m)
    {
        var (values, key) = await Forms.ReadAsync(http);
        if (!Guid.TryParseExact(ballot, "D", out var id) || await FindAsync(BallotId.Of(id), scope, reads, vault, http.RequestAborted) is not var (found, shown))
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        if (!Guid.TryParseExact(values.GetValueOrDefault("elector"), "D", out var elector))
            return Forms.Again<BallotPage>(http, new(values, key, [new("elector", t["Keyed.ElectorFirst"])]), StatusCodes.Status400BadRequest);
        var read = VoteFields.ReadKeyed(values, MandateId.Of(elector), found.Contest, shown, m);
        if (read.Votes is not [var keyed])
        {
            return Forms.Again<BallotPage>(
                http, new(values, key, read.Errors.Count > 0 ? read.Errors : [new(VoteFields.KeyedField, t["Keyed.PaperFirst"])]), StatusCodes.Status400BadRequest);
        }

        return await RunAsync(
            http, values, key, ballot, "#papers",
            [Act(http, entrance, BallotUseCases.EnterPaper, b => new EnterPaperVoteRequest(b, keyed.Mandate, keyed.Choice, keyed.Paper), $"{keyed.Mandate}-{Said(keyed)}")]);
    }

    /// <returns>Null when there is no such ballot.</returns>
    private static async Task<VotesRead?> ReadAsync(
        IReadOnlyDictionary<string, string> values, BallotId ballot, RequestScope scope, ReadDatabase reads, PersonVault vault, IStringLocalizer<MethodText> t, CancellationToken ct) =>
        await FindAsync(ballot, scope, reads, vault, ct) is var (found, shown) ? VoteFields.Read(values, found.Contest, shown, t) with { Secret = found.Secret, Contest = found.Contest } : null;

    /// <summary>A ballot, with the names of its options.</summary>
    /// <returns>Null when there is no such ballot.</returns>
    private static async Task<(Projections.Ballots.Ballot Found, Func<string, string> Shown)?> FindAsync(
        BallotId ballot, RequestScope scope, ReadDatabase reads, PersonVault vault, CancellationToken ct)
    {
        var view = await scope.ViewAsync(reads, ct);
        if (await Projections.Ballots.FindAsync(view, ballot, ct) is not { } found)
            return null;
        var options = (await BallotReads.OptionsAsync(view, vault, found.Contest, ct)).ToDictionary(o => o.Option, o => o.Name ?? "–", StringComparer.Ordinal);
        return (found, option => options.GetValueOrDefault(option, option));
    }

    /// <summary>The ballot again, with what is wrong; null when there is a vote to go on with.</summary>
    private static IResult? Unsaid(HttpContext http, IReadOnlyDictionary<string, string> values, string key, VotesRead read, IStringLocalizer<BallotText> t) =>
        read.Votes.Count > 0 ? null
        : Forms.Again<BallotPage>(http, new(values, key, read.Errors.Count > 0 ? read.Errors : [new(VoteFields.First(values, read.Contest), t["Vote.ChooseFirst"])]), StatusCodes.Status400BadRequest);

    // Short, and the same for the same vote.
    private static string Said(VoteToCast vote) => vote.Choice is { } choice
        ? EnumNames.Of(choice)
        : Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(vote.Paper, EventCatalogue.Json)))[..16];

    private static async Task<IResult> GiveProxyAsync(HttpContext http, string ballot, CommandEntrance entrance, IStringLocalizer<ProxyText> t)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var holder = Who(values, "holder");
        return holder is null && values.GetValueOrDefault("blank") != "on"
            ? Forms.Again<BallotPage>(http, new(values, key, [new("holder", t["HolderFirst"])]), StatusCodes.Status400BadRequest)
            : await RunAsync(http, values, key, ballot, "#proxies", [Act(http, entrance, BallotUseCases.GiveProxy, id => new GiveProxyRequest(id, Giver(values), holder, Substitute: Who(values, "substitute")))]);
    }

    private static async Task<IResult> RevokeProxyAsync(HttpContext http, string ballot, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        return await RunAsync(http, values, key, ballot, "#proxies", [Act(http, entrance, BallotUseCases.RevokeProxy, id => new RevokeProxyRequest(id, Giver(values)))]);
    }

    private static async Task<IResult> RecordProxyAsync(HttpContext http, string ballot, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var holder = Who(values, "holder");
        var form = EnumNames.Read<ProxyForm>(values.GetValueOrDefault("form")) ?? ProxyForm.Paper;
        return await RunAsync(
            http, values, key, ballot, "#proxies", [Act(http, entrance, BallotUseCases.RecordProxy, id => new RecordProxyRequest(id, Giver(values), holder, form, Who(values, "substitute")))]);
    }

    private static async Task<IResult> ReassignProxyAsync(HttpContext http, string ballot, CommandEntrance entrance, IStringLocalizer<ProxyText> t)
    {
        var (values, key) = await Forms.ReadAsync(http);
        return Who(values, "reassigned") is { } holder
            ? await RunAsync(http, values, key, ballot, "#proxies", [Act(http, entrance, BallotUseCases.ReassignProxy, id => new ReassignProxyRequest(id, Giver(values), holder))])
            : Forms.Again<BallotPage>(http, new(values, key, [new("reassigned", t["HolderFirst"])]), StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> EndProxyAsync(HttpContext http, string ballot, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var because = EnumNames.Read<ProxyEnd>(values.GetValueOrDefault("because")) ?? ProxyEnd.TakenBack;
        return await RunAsync(http, values, key, ballot, "#proxies", [Act(http, entrance, BallotUseCases.EndProxy, id => new EndProxyRequest(id, Giver(values), because))]);
    }

    private static PersonId? Who(IReadOnlyDictionary<string, string> values, string field) =>
        Guid.TryParse(values.GetValueOrDefault(field), out var person) ? PersonId.Of(person) : null;

    private static MandateId Giver(IReadOnlyDictionary<string, string> values) =>
        Guid.TryParse(values.GetValueOrDefault("giver"), out var mandate) ? MandateId.Of(mandate) : default;

    private static async Task<IResult> DemandSecrecyAsync(HttpContext http, string ballot, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        MandateId[] named =
        [
            .. values.Where(v => v.Value == "on" && v.Key.StartsWith(DemandField, StringComparison.Ordinal)).Select(v => v.Key[DemandField.Length..])
                .Where(m => Guid.TryParse(m, out _)).Select(m => MandateId.Of(Guid.Parse(m))),
        ];
        var errors = new List<FieldError>();
        int? Number(string field)
        {
            var text = values.GetValueOrDefault(field, "").Trim();
            if (text.Length == 0)
                return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
            errors.Add(new(field, Wording.Shape("expected-integer")));
            return null;
        }

        var request = new DemandSecretVoteRequest(default, Number("takingPart"), Number("demanding"), values.GetValueOrDefault("byChair") == "on", named);
        return errors.Count > 0
            ? Forms.Again<BallotPage>(http, new(values, key, errors), StatusCodes.Status400BadRequest)
            : await RunAsync(http, values, key, ballot, "#demands", [Act(http, entrance, BallotUseCases.DemandSecrecy, id => request with { Ballot = id })]);
    }

    private static async Task<IResult> HoldInSecretAsync(HttpContext http, string ballot, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        return await RunAsync(http, values, key, ballot, "", [Act(http, entrance, BallotUseCases.HoldInSecret, id => new BallotRequest(id))]);
    }

    private static async Task<IResult> OpenAsync(HttpContext http, string ballot, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var zone = http.Features.Get<RequestScope>()!.Association.Zone;
        var errors = new List<FieldError>();
        var closes = Moment(values, "closes", zone, errors);
        var opens = values.GetValueOrDefault("opensOn") is { Length: > 0 } ? Moment(values, "opens", zone, errors) : null;
        EffectiveTime? convened = null;
        if (values.GetValueOrDefault("convenedOn") is { Length: > 0 } convenedOn)
        {
            if (DateReading.Read(convenedOn) is { } day)
                convened = EffectiveTime.On(day, zone);
            else
                errors.Add(new("convenedOn", Wording.Shape("expected-date")));
        }

        var held = values.GetValueOrDefault("held") == "meeting" ? HeldIn.Meeting : HeldIn.Correspondence;
        if (errors.Count > 0)
            return Forms.Again<BallotPage>(http, new(values, key, errors), StatusCodes.Status400BadRequest);
        IReadOnlyList<Attendance>? present = held == HeldIn.Correspondence ? null :
        [
            .. values.Where(v => v.Key.StartsWith(PresenceField, StringComparison.Ordinal) && v.Value.Length > 0)
                .Select(v => (Mandate: v.Key[PresenceField.Length..], How: EnumNames.Read<Presence>(v.Value)))
                .Where(v => Guid.TryParse(v.Mandate, out _) && v.How is not null)
                .Select(v => new Attendance(MandateId.Of(Guid.Parse(v.Mandate)), v.How!.Value)),
        ];
        MandateId? chair = Guid.TryParse(values.GetValueOrDefault("chair"), out var mandate) ? MandateId.Of(mandate) : null;
        return await RunAsync(
            http, values, key, ballot, "",
            [Act(http, entrance, BallotUseCases.Open, id => new OpenBallotRequest(id, held, closes!.Value, opens, present, chair, values.GetValueOrDefault("secret") == "on", convened))]);
    }

    private static async Task<IResult> CloseCountAndProclaimAsync(
        HttpContext http, string ballot, CommandEntrance entrance, PaperPublication publication, RequestScope scope)
    {
        var (values, key) = await Forms.ReadAsync(http);
        return await RunAsync(
            http, values, key, ballot, "",
            [(id, sending) => BallotClosing.ToResultAsync(http, entrance, publication, scope.Association.Id, id, sending)]);
    }

    private static async Task<IResult> PartTieAsync(HttpContext http, string ballot, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        // By lot the form has no field.
        string[] order =
        [
            .. values.Where(v => v.Value.Length > 0 && v.Key.StartsWith(TieField, StringComparison.Ordinal))
                .Select(v => (Place: int.TryParse(v.Key[TieField.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : int.MaxValue, v.Value))
                .OrderBy(v => v.Place).Select(v => v.Value),
        ];
        return await RunAsync(
            http, values, key, ballot, "#tie",
            [Act(http, entrance, BallotUseCases.PartTie, id => new PartTieRequest(id, order.Length == 0 ? null : order, values.GetValueOrDefault("source")))],
            beside: refusal => refusal is TieOrderIncomplete or OptionTwice ? TieField + "1" : null);
    }

    private static async Task<IResult> AnnulAsync(HttpContext http, string ballot, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var reason = values.GetValueOrDefault("annulment", "");
        BallotId? later = Guid.TryParseExact(values.GetValueOrDefault("annulledBy"), "D", out var decision) ? BallotId.Of(decision) : null;
        return await RunAsync(
            http, values, key, ballot, "",
            [Act(http, entrance, BallotUseCases.Annul, id => new AnnulBallotRequest(id, reason, values.GetValueOrDefault("retroactive") == "on", later))],
            beside: refusal => refusal is DecisionDoesNotStand or BallotAnnulsItself or LotStandsUnlessDecided ? "annulledBy" : ReasonIs(refusal, "annulment"));
    }

    private static async Task<IResult> ConfirmAsync(HttpContext http, string ballot, CommandEntrance entrance)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var late = Guid.TryParse(values.GetValueOrDefault("late"), out var id) ? EventId.Of(id) : default;
        return await RunAsync(
            http, values, key, ballot, "",
            [Act(http, entrance, BallotUseCases.Confirm, b => new ConfirmDespiteIrregularityRequest(b, late, values.GetValueOrDefault("confirmation", "")))],
            beside: refusal => ReasonIs(refusal, "confirmation"));
    }

    // Several forms of the page ask for a reason, each in a field of its own.
    private static string? ReasonIs(Refusal refusal, string field) => refusal is TextOutOfBounds { Field: "reason" } or TextUnreadable { Field: "reason" } ? field : null;

    private static async Task<IResult> TurnoutAsync(string slug, string ballot, RequestScope scope, LiveTurnout live, CancellationToken ct) =>
        Guid.TryParseExact(ballot, "D", out var id) && LiveTurnout.Shows(scope.Actor, BallotId.Of(id)) && await live.OfAsync(scope, BallotId.Of(id), exact: false, ct) is { } turnout
            ? new RazorComponentResult<TurnoutPart>(new Dictionary<string, object?>
            {
                [nameof(TurnoutPart.Turnout)] = turnout,
                [nameof(TurnoutPart.Address)] = $"/{slug}/ballots/{ballot}",
                [nameof(TurnoutPart.Live)] = true,
            })
            : Results.NotFound();

    // For whoever may read the ballot's page, by a voting link too: a paper is looked for in the file, and its code leaves the reader for nowhere.
    private static async Task<IResult> PapersAsync(
        HttpContext http, string ballot, RequestScope scope, ReadDatabase reads, EventLog log, PersonVault vault, IStringLocalizer<BallotText> t,
        IStringLocalizer<SecretText> s, CancellationToken ct)
    {
        if (await BallotScene.ReadAsync(scope, reads, log, vault, ballot, ct) is not { MayRead: true, Ballot: { Secret: true, ClosedOn: not null } } scene)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        var rows = (await BallotReads.PublishedAsync(scope, log, scene.Ballot.Id, ct)).Select(p => Csv.Row(
            TrackingCode.InGroups(p.Code), BallotWords.Said(p, scene, t), BallotWords.Number(p.Weight), scene.College(p.College?.ToString())));
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(
            System.Text.Encoding.UTF8.GetBytes(
                Csv.Mark + Csv.Row(s["Papers.Code"], s["Papers.Choice"], s["Papers.Weight"], s["Papers.College"]) + string.Concat(rows)),
            Csv.ContentType, s["Papers.File"]);
    }

    // What the page shows of the count, in the form that the command counts again: for whoever may read the page.
    private static async Task<IResult> TallyAsync(string ballot, RequestScope scope, ReadDatabase reads, EventLog log, PersonVault vault, CancellationToken ct)
    {
        if (await BallotScene.ReadAsync(scope, reads, log, vault, ballot, ct) is not { MayRead: true, Ballot: { Count: { } count, Rules: { } rules } counted } scene)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        var chunked = count.Chunks is null ? [] : await BallotReads.PapersOfChunksAsync(scope, log, counted.Id, ct);
        return PublishedTally.Write(
            counted.Title, counted.CountedContest, rules, count, chunked, option => scene.Options.FirstOrDefault(o => o.Option == option)?.Name, scene.College) is { } file
            ? Results.File(file, "application/json", "tally.json")
            : ErrorPages.Page(StatusCodes.Status404NotFound);
    }

    /// <param name="what">What tells the act from others of the form that ask something else: a form sent again with it is the same sending.</param>
    private static Func<BallotId, string, Task<CommandResult>> Act<T>(
        HttpContext http, CommandEntrance entrance, UseCase<T> useCase, Func<BallotId, T> request, string? what = null) where T : class =>
        (ballot, key) => entrance.RunAsync(http, useCase, request(ballot), $"{key}-{what ?? useCase.Name}");

    /// <summary>Gives the commands one after the other, up to the first that is refused; then back to the ballot, or the page again with what is wrong.</summary>
    private static async Task<IResult> RunAsync(
        HttpContext http, IReadOnlyDictionary<string, string> values, string key, string ballot, string fragment,
        IReadOnlyList<Func<BallotId, string, Task<CommandResult>>> acts, Func<Refusal, string?>? beside = null)
    {
        if (!Guid.TryParseExact(ballot, "D", out var id))
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        long? position = null;
        foreach (var act in acts)
        {
            var result = await act(BallotId.Of(id), key);
            if (result is CommandResult.Done done)
                position = done.Position;
            else if (Problems.Of(result) is { } problem)
                return Forms.Again<BallotPage>(http, new(values, key, Forms.Errors(result, beside: beside)), problem.Status!.Value);
        }

        var address = $"/{http.Request.RouteValues["slug"]}/ballots/{ballot}";
        return Results.LocalRedirect(
            (position is { } at ? QueryHelpers.AddQueryString(address, AsOfReading.WaitFor, at.ToString(CultureInfo.InvariantCulture)) : address) + fragment);
    }

    /// <summary>A day and a time of the association's clocks, from two fields: <c>nameOn</c> and <c>nameAt</c>.</summary>
    private static DateTimeOffset? Moment(IReadOnlyDictionary<string, string> values, string name, TimeZoneInfo zone, List<FieldError> errors)
    {
        if (DateReading.Read(values.GetValueOrDefault(name + "On")) is not { } day)
        {
            errors.Add(new(name + "On", Wording.Shape("day")));
            return null;
        }

        if (MomentReading.Read(day, values.GetValueOrDefault(name + "At"), zone) is { } moment)
            return moment;
        errors.Add(new(name + "At", Wording.Shape("expected-time")));
        return null;
    }
}
