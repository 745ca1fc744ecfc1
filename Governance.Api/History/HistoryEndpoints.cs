using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.History;

/// <summary>An event as the API gives it.</summary>
/// <param name="Sentence">It in words, in the language asked for.</param>
/// <param name="Actor">Who gave the command, in words.</param>
/// <param name="Thing">The stream that it is on.</param>
/// <param name="Data">Its fields without sealed texts, for who may audit.</param>
public sealed record EventAnswer(
    EventId Id, long Position, long Index, string Kind, string Thing, string Sentence, EffectiveTime Effective, DateTimeOffset RecordedAt, string Actor,
    string? OnBehalfOf, string Command, string? Source, bool Transcribed, bool Illustrative, StatutesVersionId? StatutesVersion, bool Retracted,
    EventId? Retracts, string? Correlation, string? Causation, JsonElement? Data)
{
    public static EventAnswer Of(Told told, bool withData) => new(
        told.Entry.Event, told.Entry.Position, told.Entry.Index, told.Entry.Kind, told.Entry.Stream, told.Text, told.Entry.On, told.Entry.RecordedAt,
        told.Actor.Text, told.OnBehalfOf?.Text, told.Entry.Command, told.Entry.Source, told.Entry.Transcribed, told.Entry.Illustrative,
        told.Entry.StatutesVersion, told.Entry.Retracted, told.Entry.Retracts, told.Entry.Correlation, told.Entry.Causation, withData ? told.Data : null);
}

/// <param name="Total">How many events match at the position that the first page was read at.</param>
/// <param name="Next">What to give as <c>after</c> for the next page; null at the end.</param>
public sealed record HistoryAnswer(long Total, IReadOnlyList<EventAnswer> Events, string? Next);

/// <param name="Version">Place in its stream.</param>
/// <param name="Headers">As recorded.</param>
/// <param name="Recorded">Its fields as recorded, sealed texts sealed; for who may audit.</param>
public sealed record OneEventAnswer(EventAnswer Event, long Version, JsonElement Headers, JsonElement? Recorded);

public static class HistoryEndpoints
{
    public const int PageSize = 50;

    /// <summary>Reads of what happened, and its correction, under <c>/api/{slug}</c>.</summary>
    public static void MapHistory(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/events/{event}/retraction", HistoryUseCases.Retract);
        api.MapRead("/history", async (HttpContext http, RequestScope scope, ReadDatabase reads, HistoryReader reader, CancellationToken ct) =>
            {
                var errors = new ShapeErrors();
                var query = HistoryQuery.Read(http.Request.Query, errors);
                if (errors.Any)
                    return Problems.Answer(Problems.Malformed(errors.ByField));
                var view = At(await scope.ViewAsync(reads, ct), query.After);
                var filter = await query.FilterAsync(view, scope.Association.Zone, ct);
                var page = await AuditHistory.PageAsync(view, filter, query.Order, query.After, PageSize, ct);
                var told = await reader.TellAsync(view, scope.Association, page.Entries, ct);
                var withData = scope.Actor.May(Permission.Audit);
                return ReadAnswers.Of(new HistoryAnswer(
                    await AuditHistory.CountAsync(view, filter, ct), [.. told.Select(t => EventAnswer.Of(t, withData))], page.Next?.ToString()));
            })
            .RequirePermission(Permission.ReadHistory)
            .RevealsPeople("history")
            .WithName("ReadHistory")
            .WithMetadata([.. HistoryQuery.Described, new QueryMetadata("after", "What the page before gave as next.")])
            .Produces<HistoryAnswer>()
            .ProducesProblems(400, 401, 403, 404, 503);

        api.MapRead("/events/{id:guid}", async (Guid id, RequestScope scope, ReadDatabase reads, HistoryReader reader, EventLog log, CancellationToken ct) =>
            {
                var view = await scope.ViewAsync(reads, ct);
                if (await AuditHistory.FindAsync(view, new EventId(id), ct) is not { } entry
                    || await log.FindEventAsync(scope.Association.Id.ToString(), id, ct) is not { } stored)
                    return ReadAnswers.Of<OneEventAnswer>(null);
                var told = (await reader.TellAsync(view, scope.Association, [entry], ct))[0];
                var audits = scope.Actor.May(Permission.Audit);
                return ReadAnswers.Of(new OneEventAnswer(
                    EventAnswer.Of(told, audits),
                    stored.Version,
                    JsonElement.Parse(EventHeaders.Read(stored.Headers.Span).Told()),
                    audits ? await HistoryReader.RecordedAsync(view, entry, stored.Data, ct) : null));
            })
            .RequirePermission(Permission.ReadHistory)
            .RevealsPeople("history")
            .WithName("ReadEvent")
            .Produces<OneEventAnswer>()
            .ProducesProblems(401, 403, 404, 503);

        MapExport(api, "/history.csv", Csv.ContentType, "ExportHistoryAsTable", Table);
        MapExport(api, "/history.jsonl", "application/jsonl; charset=utf-8", "ExportHistoryAsLines", Lines);
    }

    /// <summary>A view never past the position that the first page was read at.</summary>
    public static ReadView At(ReadView view, AuditHistory.Cursor? after) => after is { } cursor
        ? view with { AsOf = view.AsOf with { Position = Math.Min(view.AsOf.Position, cursor.KnownAt) } }
        : view;

    private static async Task RevealAsync(ReadView view, RequestScope scope, AuditHistory.Filter filter, AuditHistory.Order order, HistoryReader reader, CancellationToken ct)
    {
        var named = new HashSet<Guid>();
        await foreach (var page in AuditHistory.PagesAsync(view, filter, order, ct))
            named.UnionWith((await reader.KeysAsync(scope.Association, page.Entries, ct)).Keys);

        await reader.RevealAsync(view, scope.Association, named, ct);
    }

    private static void MapExport(
        IEndpointRouteBuilder api, string pattern, string type, string name, Func<IReadOnlyList<EventAnswer>, TimeZoneInfo, bool, string> write) =>
        api.MapRead(pattern, async (HttpContext http, RequestScope scope, ReadDatabase reads, HistoryReader reader, CancellationToken ct) =>
            {
                var errors = new ShapeErrors();
                var query = HistoryQuery.Read(http.Request.Query, errors);
                if (errors.Any)
                    return Problems.Answer(Problems.Malformed(errors.ByField));
                var view = At(await scope.ViewAsync(reads, ct), query.After);
                var filter = await query.FilterAsync(view, scope.Association.Zone, ct);
                await RevealAsync(view, scope, filter, query.Order, reader, ct);
                return Results.Stream(
                    async stream =>
                    {
                        var first = true;
                        await foreach (var page in AuditHistory.PagesAsync(view, filter, query.Order, ct))
                        {
                            var told = await reader.TellAsync(view, scope.Association, page.Entries, ct);
                            await stream.WriteAsync(Encoding.UTF8.GetBytes(write([.. told.Select(t => EventAnswer.Of(t, withData: true))], scope.Association.Zone, first)), ct);
                            first = false;
                        }
                    },
                    type,
                    $"{scope.Association.Slug}{query.Period}{Path.GetExtension(pattern)}");
            })
            .RequirePermission(Permission.Audit)
            .RevealsPeople("history")
            .WithName(name)
            .WithMetadata([.. HistoryQuery.Described])
            .Produces(StatusCodes.Status200OK, contentType: type.Split(';')[0])
            .ProducesProblems(400, 401, 403, 404, 503);

    // A file is no page: letters stand as they are.
    private static readonly JsonSerializerOptions Readable = new(EventCatalogue.Json) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Lines(IReadOnlyList<EventAnswer> events, TimeZoneInfo zone, bool first) =>
        string.Concat(events.Select(e => JsonSerializer.Serialize(e, Readable) + "\n"));

    private static string Table(IReadOnlyList<EventAnswer> events, TimeZoneInfo zone, bool first)
    {
        var text = new StringBuilder();
        if (first)
        {
            text.Append(Csv.Mark).Append(
                "position,index,id,kind,thing,sentence,effective,precision,recorded_at,actor,on_behalf_of,command,source,transcribed,illustrative,statutes_version,retracted,retracts,correlation,causation\r\n");
        }

        foreach (var e in events)
        {
            string?[] cells =
            [
                Number(e.Position), Number(e.Index), e.Id.ToString(), e.Kind, e.Thing, e.Sentence, e.Effective.Written(zone),
                e.Effective.Precision.ToString(), Instants.Write(e.RecordedAt), e.Actor, e.OnBehalfOf, e.Command, e.Source, YesNo(e.Transcribed),
                YesNo(e.Illustrative), e.StatutesVersion?.ToString(), YesNo(e.Retracted), e.Retracts?.ToString(), e.Correlation, e.Causation,
            ];
            text.Append(Csv.Row(cells));
        }

        return text.ToString();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string YesNo(bool value) => value ? "true" : "false";
}
