using System.Globalization;
using System.Text;
using Governance.Api.Kernel.Http;
using MimeKit;

namespace Governance.Api.Mail;

/// <summary>What every message of an association has around its text.</summary>
/// <remarks>Made twice of the same row, it has the same <c>Message-ID</c> and date: mail programs take the two for one.</remarks>
internal static class MessageFrame
{
    /// <summary>The <c>Message-ID</c>, without its brackets, of a row of the outbox.</summary>
    public static string MessageId(Guid row, MailSettings settings) => $"{row:N}@{settings.From.Domain}";

    /// <summary>Makes a message, everything in it said in one language.</summary>
    /// <param name="said">Its subject and its body, asked for when the language is that of the moment.</param>
    public static async Task<MimeMessage> MakeAsync(
        OutboxRow row, AssociationEntry association, Addressee to, MailboxAddress address, MailSettings settings, CultureInfo language,
        Func<Task<(string Subject, MimeEntity Body)>> said)
    {
        var was = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (language, language);
        try
        {
            var (subject, body) = await said();
            var message = new MimeMessage
            {
                MessageId = MessageId(row.Id, settings),
                Date = TimeZoneInfo.ConvertTime(row.Asked, association.Zone),
                Subject = subject,
            };
            message.From.Add(new MailboxAddress(Encoding.UTF8, association.Name, settings.From.Address));
            message.To.Add(new MailboxAddress(Encoding.UTF8, to.Name, address.Address));
            // Whoever is away is not to answer a program (RFC 3834).
            message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
            message.Headers.Add(HeaderId.ContentLanguage, language.TwoLetterISOLanguageName);
            message.Body = body;
            return message;
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = was;
        }
    }
}
