using System.Globalization;
using System.Net;
using Governance.Api.Face.Wording;
using Governance.Domain.Members;
using Microsoft.Extensions.Localization;
using MimeKit;
using MimeKit.Text;

namespace Governance.Api.Mail;

/// <summary>Makes the message that reminds of dues, at the moment at which it is sent; its text and its HTML say the same.</summary>
public sealed class ReminderMessages(IStringLocalizer<MailText> t)
{
    /// <param name="to">Has an address.</param>
    /// <param name="language">In which everything is said; days are those of the association.</param>
    public Task<MimeMessage> MakeAsync(OutboxRow row, ReminderLetter letter, Addressee to, MailboxAddress address, MailSettings settings, CultureInfo language) =>
        MessageFrame.MakeAsync(row, letter.Association, to, address, settings, language, () =>
        {
            var (dues, member) = (letter.Dues!, letter.Member ?? to.Name ?? "");
            string[] lines =
            [
                t["Greeting", to.Name ?? ""],
                t["Dues.Opening", letter.Association.Name, dues.Period, member, MoneyWording.Euros(dues.AmountCents)],
                dues.PaidCents > 0 ? t["Dues.Partly", MoneyWording.Euros(dues.PaidCents), MoneyWording.Euros(dues.OwedCents)] : t["Dues.Owed", MoneyWording.Euros(dues.OwedCents)],
                letter.State switch
                {
                    DuesState.Late => t["Dues.Late", DateWording.Full(letter.DueDay), DateWording.Full(letter.GraceEnds)],
                    DuesState.InGrace => t["Dues.InGrace", DateWording.Full(letter.DueDay), DateWording.Full(letter.GraceEnds)],
                    _ => t["Dues.Due", DateWording.Full(letter.DueDay)],
                },
                t["Dues.Reference", dues.Period, member],
                t["Dues.Crossed"],
            ];
            string subject = t["Dues.Subject", dues.Period, member];
            return Task.FromResult<(string, MimeEntity)>((subject, new MultipartAlternative
            {
                new TextPart(TextFormat.Plain) { Text = string.Join("\n\n", lines) + "\n" },
                new TextPart(TextFormat.Html) { Text = Html(subject, lines, language) },
            }));
        });

    private static string Html(string title, IEnumerable<string> lines, CultureInfo language) =>
        $"""
        <!DOCTYPE html>
        <html lang="{language.TwoLetterISOLanguageName}"><head><meta charset="utf-8"><title>{WebUtility.HtmlEncode(title)}</title></head>
        <body style="font-family: Georgia, 'Times New Roman', serif; font-size: 17px; line-height: 1.5; max-width: 40em; margin: 1em auto; padding: 0 1em">
        <h1 style="font-size: 1.4em">{WebUtility.HtmlEncode(title)}</h1>
        {string.Concat(lines.Select(line => $"<p>{WebUtility.HtmlEncode(line)}</p>"))}
        </body></html>
        """;
}
