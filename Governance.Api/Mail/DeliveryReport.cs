using System.Text.RegularExpressions;
using MimeKit;

namespace Governance.Api.Mail;

/// <summary>A delivery status notification (RFC 3464), as far as it is read: for which address it came, and whether delivery failed.</summary>
/// <param name="To">The addresses that it came to, most trustworthy first.</param>
/// <param name="Failed">True where a recipient was given up; false for a delay, a success, a relaying.</param>
/// <param name="Status">Of the failure: <c>5.1.1</c>.</param>
public sealed partial record DeliveryReport(IReadOnlyList<string> To, bool Failed, string Status)
{
    /// <summary>The longest that is read, in bytes.</summary>
    public const int Longest = 1024 * 1024;

    // What servers write the envelope's recipient into, when they hand a message on.
    private static readonly string[] EnvelopeFields = ["X-Original-To", "Envelope-To", "Delivered-To"];

    /// <param name="recipient">The envelope's recipient, where whoever hands the message over knows it.</param>
    /// <returns>Null for a message that is no delivery report.</returns>
    public static DeliveryReport? Of(MimeMessage message, string? recipient)
    {
        if (message.Body is not MultipartReport { ReportType: { } type } report || !type.Equals("delivery-status", StringComparison.OrdinalIgnoreCase)
            || report.OfType<MessageDeliveryStatus>().FirstOrDefault() is not { } status)
        {
            return null;
        }

        // The first group is about the message, each other about a recipient.
        var failed = status.StatusGroups.FirstOrDefault(g => "failed".Equals(g["Action"]?.Trim(), StringComparison.OrdinalIgnoreCase));
        return new(
            [
                .. recipient is null ? [] : new[] { recipient },
                .. EnvelopeFields.SelectMany(field => message.Headers.Where(h => h.Field.Equals(field, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value.Trim(' ', '<', '>'))),
                .. message.To.Mailboxes.Select(m => m.Address),
            ],
            failed is not null,
            StatusOf(failed));
    }

    // The server that was asked says it best; RFC 3464, 2.3.4 and 2.3.6.
    private static string StatusOf(HeaderList? group)
    {
        var said = Code().Match(group?["Status"] ?? "") is { Success: true } status ? status.Value : "5.0.0";
        return said.EndsWith(".0.0", StringComparison.Ordinal) && Code().Match(group?["Diagnostic-Code"] ?? "") is { Success: true } better ? better.Value : said;
    }

    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b")]
    private static partial Regex Code();
}
