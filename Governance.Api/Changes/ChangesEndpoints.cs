using System.Globalization;
using Governance.Api.Access;
using Governance.Api.History;
using Governance.Api.Kernel.Http;
using Governance.Domain.Statutes;
using Governance.EventStore;
using Governance.Projections.Runtime;

namespace Governance.Api.Changes;

/// <param name="Day">At its end, or an instant.</param>
/// <param name="Known">The day or the position up to which it is known; null for all that is known.</param>
public sealed record MomentAnswer(DateTimeOffset Day, string? Known);

/// <param name="Name">What is counted: members, mandates, workstreams-underway...</param>
/// <param name="Label">It in words.</param>
public sealed record FigureAnswer(string Name, string Label, long Before, long After);

/// <param name="What">What is said: standing, lead, term-ends...</param>
/// <param name="Label">It in words.</param>
/// <param name="Before">In words; null where there was nothing to say.</param>
public sealed record AspectAnswer(string What, string Label, string? Before, string? After);

/// <param name="Kind">member, mandate, workstream...</param>
/// <param name="Page">Where people read of it.</param>
/// <param name="Events">The events that made the difference, latest recorded first, at most a hundred; none where it was foreseen.</param>
/// <param name="EventCount">How many made it in all: the history that touches the thing has them page by page.</param>
public sealed record ThingAnswer(
    string Kind, Guid Id, string Name, string? Page, Change Change, IReadOnlyList<AspectAnswer> Aspects, IReadOnlyList<EventId> Events, long EventCount);

/// <param name="Figures">Of the whole association alone; those too that are the same.</param>
public sealed record ChangesAnswer(MomentAnswer From, MomentAnswer To, IReadOnlyList<FigureAnswer> Figures, IReadOnlyList<ThingAnswer> Things);

public static class ChangesEndpoints
{
    /// <summary>What changed between two moments, under <c>/api/{slug}</c>. It shows what the pages show at either of them, and asks for the same.</summary>
    public static void MapChanges(this IEndpointRouteBuilder api)
    {
        api.MapRead("/changes", (HttpContext http, RequestScope scope, ReadDatabase reads, EventLog log, ChangesReader reader, TimeProvider time, CancellationToken ct) =>
                AnswerAsync(http, scope, reads, log, reader, time, (asked, compared) => ReadAnswers.Of(Of(asked, compared)), ct))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("changes")
            .WithName("CompareTwoDates")
            .WithMetadata([.. Comparison.Described])
            .Produces<ChangesAnswer>()
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapRead("/changes.csv", (HttpContext http, RequestScope scope, ReadDatabase reads, EventLog log, ChangesReader reader, TimeProvider time, CancellationToken ct) =>
                AnswerAsync(http, scope, reads, log, reader, time, (asked, compared) => Results.Text(Table(compared), Csv.ContentType), ct))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("changes")
            .WithName("ExportComparisonAsTable")
            .WithMetadata([.. Comparison.Described])
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblems(400, 401, 403, 404, 503);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http, RequestScope scope, ReadDatabase reads, EventLog log, ChangesReader reader, TimeProvider time, Func<Comparison, Compared, IResult> answer,
        CancellationToken ct)
    {
        var errors = new ShapeErrors();
        var asked = await Comparison.ReadAsync(http.Request.Query, scope, log, time.GetUtcNow(), errors, ct);
        return errors.Any ? Problems.Answer(Problems.Malformed(errors.ByField)) : answer(asked, await reader.ReadAsync(asked, scope, reads, ct));
    }

    private static ChangesAnswer Of(Comparison asked, Compared compared) => new(
        new(asked.From, asked.KnownFrom.Written),
        new(asked.To, asked.KnownTo.Written),
        [.. compared.Figures.Select(f => new FigureAnswer(f.Name, f.Label, f.Before, f.After))],
        [
            .. compared.Things.Select(thing => new ThingAnswer(
                thing.Kind.Name, thing.Key, thing.Name.Text, thing.Name.Href, thing.Change,
                [.. thing.Aspects.Select(a => new AspectAnswer(a.Name, a.Label, Words(a.Before), Words(a.After)))], thing.Events, thing.EventCount)),
        ]);

    private static string? Words(IReadOnlyList<Piece> pieces) => pieces.Count == 0 ? null : string.Concat(pieces.Select(piece => piece.Text));

    private static string Table(Compared compared) => Csv.Mark + string.Concat(
        compared.Things.SelectMany(thing => thing.Aspects.Select(aspect => Csv.Row(
                thing.Kind.Name, thing.Key.ToString("D"), thing.Name.Text, EnumNames.Of(thing.Change), aspect.Label, Words(aspect.Before), Words(aspect.After),
                string.Join(' ', thing.Events), thing.EventCount.ToString(CultureInfo.InvariantCulture))))
            .Prepend("kind,id,name,change,what,before,after,events,event_count\r\n"));
}
