using System.Globalization;
using System.Text;
using Governance.Api.Documents;
using Governance.Api.Meetings;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using MimeKit;
using MimeKit.Text;

namespace Governance.Api.Mail;

/// <summary>Makes the message of a convocation to one person, at the moment at which it is sent.</summary>
public sealed class ConvocationMessages(
    LetterWords words, ConvocationLinks links, DocumentReaders readers, IStringLocalizer<MeetingText> meetings, IServiceProvider services, ILoggerFactory loggers)
{
    /// <param name="to">Has an address.</param>
    /// <param name="language">In which everything is said; times are those of the association.</param>
    public Task<MimeMessage> MakeAsync(OutboxRow row, ConvocationLetter letter, Addressee to, MailboxAddress address, MailSettings settings, CultureInfo language) =>
        MessageFrame.MakeAsync(row, letter.Association, to, address, settings, language, async () =>
        {
            var link = new Uri(settings.Address, links.PathOf(letter, to.Person)).ToString();
            var reader = await readers.OfAsync(letter.Association.Id, to.Person, default);
            var greeting = words.T["Greeting", to.Name ?? ""].Value;
            var calendar = new TextPart("calendar") { Text = MeetingCalendar.Of(letter, null, meetings), ContentDisposition = new(ContentDisposition.Attachment) { FileName = MeetingCalendar.FileName } };
            calendar.ContentType.Parameters.Add("method", letter.IsCancelled ? "CANCEL" : "PUBLISH");
            return (words.Subject(letter), new Multipart("mixed")
            {
                new MultipartAlternative
                {
                    new TextPart(TextFormat.Plain) { Text = Plain(letter, reader, greeting, link) },
                    new TextPart(TextFormat.Html) { Text = await HtmlAsync(letter, reader, greeting, link, language) },
                },
                calendar,
            });
        });

    private string Plain(ConvocationLetter letter, Reader reader, string greeting, string link)
    {
        var text = new StringBuilder().AppendLine(greeting).AppendLine().AppendLine(words.Opening(letter)).AppendLine();
        if (letter.IsCancelled)
            return text.AppendLine(words.Why(letter)).ToString();
        text.AppendLine(words.T["Agenda"]).AppendLine();
        foreach (var (item, i) in letter.Agenda.Select((item, i) => (item, i)))
        {
            text.AppendLine(CultureInfo.CurrentCulture, $"{i + 1}. {item.Title}");
            if (item.Text is { } about)
                text.AppendLine(Indented(about));
            foreach (var resolution in letter.TextsOf(item))
                text.AppendLine().AppendLine(Indented(words.Text(resolution))).AppendLine(Indented(resolution.Text));
            Files(item.Id);
            text.AppendLine();
        }

        if (letter.DocumentsOf(null, reader).Count > 0)
        {
            text.AppendLine(words.T["Documents"]);
            Files(null);
            text.AppendLine();
        }

        if (words.Since(letter) is { Count: > 0 } since)
        {
            text.AppendLine(words.T["Since"]).AppendLine();
            foreach (var change in since)
                text.AppendLine(Indented(change));
            text.AppendLine();
        }

        if (words.Proxies(letter) is { } proxies)
            text.AppendLine(words.T["Proxies"]).AppendLine().AppendLine(proxies + (words.HasProxies(letter) ? " " + words.T["Proxies.How"] : "")).AppendLine();
        text.AppendLine(words.T["Link"] + " :").AppendLine(link).AppendLine().AppendLine(words.T["Link.What"]).AppendLine();
        if (words.Notice(letter) is { } notice)
            text.AppendLine(notice);
        return text.ToString();

        void Files(AgendaItemId? item)
        {
            foreach (var file in letter.DocumentsOf(item, reader))
                text.AppendLine().AppendLine(Indented(file.Title)).AppendLine(Indented(ConvocationLinks.To(link, file.Id)));
        }
    }

    private static string Indented(string text) => "   " + text.ReplaceLineEndings("\n   ");

    private async Task<string> HtmlAsync(ConvocationLetter letter, Reader reader, string greeting, string link, CultureInfo language)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var content = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (language, language);
            var root = await renderer.RenderComponentAsync<ConvocationDocument>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(ConvocationDocument.Letter)] = letter,
                [nameof(ConvocationDocument.Reader)] = reader,
                [nameof(ConvocationDocument.Opens)] = (DocumentId document) => ConvocationLinks.To(link, document),
                [nameof(ConvocationDocument.Greeting)] = greeting,
                [nameof(ConvocationDocument.Link)] = link,
            }));
            return root.ToHtmlString();
        });
        var title = System.Net.WebUtility.HtmlEncode(letter.Meeting.Plan.Title);
        return $"""
            <!DOCTYPE html>
            <html lang="{language.TwoLetterISOLanguageName}"><head><meta charset="utf-8"><title>{title}</title></head>
            <body style="font-family: Georgia, 'Times New Roman', serif; font-size: 17px; line-height: 1.5; max-width: 40em; margin: 1em auto; padding: 0 1em">
            <h1 style="font-size: 1.4em">{title}</h1>
            {content}
            </body></html>
            """;
    }
}
