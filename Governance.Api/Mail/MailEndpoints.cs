using System.Text;
using Governance.Api.Access;
using Governance.Api.Documents;
using Governance.Api.Face;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Api.Meetings;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Mail;

public static class MailEndpoints
{
    private const string One = "/{slug}/meetings/{meeting}";

    private static readonly Dictionary<string, string> Fields = new() { ["convocation.not-convoked"] = "person", ["convocation.nobody-to-send-again"] = "person" };

    /// <summary>Under <c>/api/{slug}</c>.</summary>
    public static void MapMail(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/meetings/{meeting}/convocation/again", MailUseCases.SendAgain);
        api.MapCommand("/meetings/{meeting}/convocation/missing-addresses", MailUseCases.RecordNoAddress);
        api.MapRead("/meetings/{meeting:guid}/convocation/sendings", async (Guid meeting, RequestScope scope, MeetingReader meetings, Sendings sendings, CancellationToken ct) =>
                ReadAnswers.Of(await meetings.FindAsync(scope, MeetingId.Of(meeting), ct) is { } file ? await sendings.OfAsync(file, scope, ct) : null))
            .RequirePermission(Permission.ConductMeetings)
            .WithName("ListSendings")
            .Produces<IReadOnlyList<SendingAnswer>>()
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapRead("/meetings/{meeting:guid}/calendar", CalendarAsync)
            .RequirePermission(Permission.ReadRegister)
            .WithName("ReadMeetingCalendar")
            .Produces<string>(contentType: "text/calendar")
            .ProducesProblems(401, 403, 404, 503);
    }

    public static void MapMailPages(this IEndpointRouteBuilder app)
    {
        app.MapForm<SendConvocationAgainRequest, ConvocationAgainPage>(One + "/convocation/again", MailUseCases.SendAgain, then: One, fields: Fields);
        app.MapRead("/{slug}/meetings/{meeting:guid}/convocation.csv", TableAsync)
            .RequirePermission(Permission.ConductMeetings).RevealsPeople("convocation").ExcludeFromDescription();
        app.MapRead("/{slug}/meetings/{meeting:guid}/" + MeetingCalendar.FileName, CalendarAsync).RequirePermission(Permission.ReadRegister).ExcludeFromDescription();
        app.MapRead("/{slug}/meetings/{meeting:guid}/notice/" + MeetingCalendar.FileName, OwnCalendarAsync).RequirePermission(Permission.Public).ExcludeFromDescription();
        app.MapRead("/{slug}/meetings/{meeting:guid}/notice/documents/{document:guid}", DocumentAsync).RequirePermission(Permission.Public).RevealsPeople("documents").ExcludeFromDescription();
        app.MapRead("/{slug}/convocations/{secret}", Open).RequirePermission(Permission.Public).ExcludeFromDescription();
    }

    /// <summary>
    /// The convocation of a meeting that went out, for whoever reads the register, or comes by its link. A link opens it as long as the person would be
    /// convened: whose mandate has ended is told nothing more. Of a meeting that is cancelled it says so.
    /// </summary>
    /// <returns>Null where there is none, or the request may not read it.</returns>
    public static async Task<ConvocationLetter?> ReadAsync(
        HttpContext http, RequestScope scope, MeetingId meeting, ConvocationLetters letters, ConvocationLinks links, TimeProvider time, CancellationToken ct)
    {
        var link = LinkOf(http, scope, meeting, links, time);
        if (!scope.Actor.May(Permission.ReadRegister) && link is null)
            return null;
        return await letters.ReadAsync(scope, meeting, ct) is { Meeting.Convocation: not null } letter && (link is null || letter.Invited.Contains(link.Person)) ? letter : null;
    }

    /// <summary>The link by which a convocation is read; null for whoever reads the register, or came by none.</summary>
    public static ConvocationLink? LinkOf(HttpContext http, RequestScope scope, MeetingId meeting, ConvocationLinks links, TimeProvider time) =>
        !scope.Actor.May(Permission.ReadRegister) && links.Open(http.Request.Cookies[ConvocationLinks.Cookie] ?? "", time.GetUtcNow()) is { } link
            && link.Association == scope.Association.Id && link.Meeting == meeting ? link : null;

    // As the letter names it: whoever reads the register reads it with their own rights.
    private static async Task<IResult> DocumentAsync(
        HttpContext http, Guid meeting, Guid document, RequestScope scope, ConvocationLetters letters, ConvocationLinks links, DocumentReaders readers, DocumentDownload download, TimeProvider time,
        IStringLocalizer<MailText> t, CancellationToken ct)
    {
        var id = MeetingId.Of(meeting);
        if (await ReadAsync(http, scope, id, letters, links, time, ct) is null)
            return Unknown(t);
        var reader = LinkOf(http, scope, id, links, time) is { } link ? await readers.OfAsync(scope.Association.Id, link.Person, ct) : await readers.OfAsync(scope, ct);
        return await download.AnswerAsync(http, scope, DocumentId.Of(document), null, ct, (reader, id));
    }

    // The secret moves from the address into a cookie of the convocation's page, so that it stands in no other address.
    private static IResult Open(HttpContext http, string slug, string secret, ConvocationLinks links, RequestScope scope, TimeProvider time, IStringLocalizer<MailText> t)
    {
        if (links.Open(secret, time.GetUtcNow()) is not { } link || link.Association != scope.Association.Id)
            return Unknown(t);
        var page = ConvocationLinks.PageOf(slug, link.Meeting);
        var cookie = new SecureCookie { Name = ConvocationLinks.Cookie, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = page, IsEssential = true };
        http.Response.Cookies.Append(cookie.Name, secret, cookie.Build(http));
        http.Response.Headers["Cache-Control"] = "no-store";
        return Results.LocalRedirect(Guid.TryParseExact(http.Request.Query[ConvocationLinks.DocumentField], "D", out var document) ? $"{page}/documents/{document}" : page);
    }

    // Whether it never opened anything, is over, or was of somebody who is not convened any more, it says the same.
    private static IResult Unknown(IStringLocalizer<MailText> t) =>
        ErrorPages.Page(StatusCodes.Status404NotFound, t["Link.Unknown"], t["Link.UnknownWhy"], t["Link.UnknownMend"]);

    private static async Task<IResult> CalendarAsync(
        HttpContext http, Guid meeting, RequestScope scope, ConvocationLetters letters, IStringLocalizer<MeetingText> t, CancellationToken ct) =>
        await letters.ReadAsync(scope, MeetingId.Of(meeting), ct) is { } letter
            ? Calendar(letter, $"{http.Request.Scheme}://{http.Request.Host}/{scope.Association.Slug}/meetings/{letter.Meeting.Plan.Meeting}", t)
            : Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "not-found"));

    private static async Task<IResult> OwnCalendarAsync(
        HttpContext http, Guid meeting, RequestScope scope, ConvocationLetters letters, ConvocationLinks links, TimeProvider time, IStringLocalizer<MeetingText> t,
        IStringLocalizer<MailText> mail, CancellationToken ct) =>
        await ReadAsync(http, scope, MeetingId.Of(meeting), letters, links, time, ct) is { } letter
            ? Calendar(letter, null, t)
            : Unknown(mail);

    private static IResult Calendar(ConvocationLetter letter, string? address, IStringLocalizer<MeetingText> t) => Results.File(
        Encoding.UTF8.GetBytes(MeetingCalendar.Of(letter, address, t)), MeetingCalendar.ContentTypeOf(letter), MeetingCalendar.FileName);

    private static async Task<IResult> TableAsync(
        HttpContext http, Guid meeting, RequestScope scope, MeetingReader meetings, Sendings sendings, PersonNames people, ReadDatabase reads, IStringLocalizer<MailText> t,
        CancellationToken ct)
    {
        if (await meetings.FindAsync(scope, MeetingId.Of(meeting), ct) is not { } file)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        var all = await sendings.OfAsync(file, scope, ct);
        var names = await people.OfAsync(await scope.ViewAsync(reads, ct), all.Select(s => s.Person), ct);
        var rows = all.Select(s => (Name: names[s.Person].Name ?? "–", Sending: s)).OrderBy(r => r.Name, StringComparer.CurrentCulture).Select(r => Csv.Row(
            r.Name, t["State." + r.Sending.State], r.Sending.On is { } on ? MeetingWords.When(on, scope.Association.Zone) : null,
            r.Sending.Channel is { } channel ? Wording.Name(channel) : null, r.Sending.Proof, SendingWords.Why(r.Sending, scope.Association.Zone, t)));
        http.Response.Headers["Cache-Control"] = "no-store";
        return Results.File(
            Encoding.UTF8.GetBytes(Csv.Mark + Csv.Row(t["Column.Person"], t["Column.State"], t["Column.On"], t["Column.Channel"], t["Column.Proof"], t["Column.Why"]) + string.Concat(rows)),
            Csv.ContentType, "convocation.csv");
    }
}
