using Governance.Api.Access;
using Governance.Api.Mail;
using Microsoft.Extensions.Configuration;
using MimeKit;
using Xunit;

namespace Governance.Tests.Api.Mail;

/// <summary>What of mail needs no server: when it is tried again, whither it comes back, what a report says, how it is set up.</summary>
public sealed class MailRulesTests
{
    private static readonly DateTimeOffset First = new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly BounceAddresses Addresses = new(Keys(1));

    [Fact]
    public void It_is_tried_after_a_minute_and_ever_more_seldom_for_three_days()
    {
        var (at, attempts, useless) = (First, 0, First.AddDays(30));
        var waits = new List<TimeSpan>();
        while (Retries.Next(++attempts, First, at, useless) is { } next)
        {
            waits.Add(next - at);
            at = next;
        }

        Assert.Equal(TimeSpan.FromMinutes(1), waits[0]);
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(TimeSpan.FromHours(4), waits[^1]);
        Assert.InRange(at - First, Retries.Longest - TimeSpan.FromHours(4), Retries.Longest);
    }

    [Fact]
    public void It_is_not_tried_once_the_meeting_has_begun()
    {
        Assert.Equal(First.AddMinutes(1), Retries.Next(1, First, First, First.AddMinutes(2)));
        Assert.Null(Retries.Next(1, First, First, First.AddMinutes(1)));
    }

    [Fact]
    public void A_message_that_comes_back_is_known_by_its_address_and_one_made_up_is_not()
    {
        var row = Guid.NewGuid();
        var address = Addresses.Of(row, new MailboxAddress(null, "retours@asso.example")).Address;

        Assert.Matches(@"^retours\+[a-z2-7]{42}@asso\.example$", address);
        Assert.Equal(row, Addresses.Row(address));
        Assert.Equal(row, Addresses.Row(address.ToUpperInvariant()));
        Assert.Null(new BounceAddresses(Keys(2)).Row(address));
        var token = address.Split('+', '@')[1];
        for (var i = 0; i < token.Length; i++)
            Assert.Null(Addresses.Row(address.Replace(token, token[..i] + (token[i] == 'a' ? 'b' : 'a') + token[(i + 1)..], StringComparison.Ordinal)));
        Assert.Null(Addresses.Row("retours@asso.example"));
        Assert.Null(Addresses.Row("retours+@asso.example"));
        Assert.Null(Addresses.Row(address.Replace(token, token + "a", StringComparison.Ordinal)));
    }

    [Theory]
    // The server that was asked says it more exactly than the one that reports (Postfix).
    [InlineData("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 <ada@courrier.example>: unknown", true, "5.1.1")]
    [InlineData("Action: Failed\nStatus: 5.2.2 (mailbox full)", true, "5.2.2")]
    [InlineData("Action: failed\nStatus: nonsense", true, "5.0.0")]
    [InlineData("Action: delayed\nStatus: 4.4.1", false, "5.0.0")]
    [InlineData("Action: relayed\nStatus: 2.0.0", false, "5.0.0")]
    public async Task A_report_says_whether_delivery_failed_and_why(string recipient, bool failed, string status)
    {
        var report = DeliveryReport.Of(await ReadAsync(
            $"""
            From: MAILER-DAEMON@courrier.example
            To: Retours <retours+b@asso.example>
            Delivered-To: retours+a@asso.example
            Content-Type: multipart/report; report-type=delivery-status; boundary=limit
            MIME-Version: 1.0

            --limit
            Content-Type: text/plain

            Sorry.
            --limit
            Content-Type: message/delivery-status

            Reporting-MTA: dns; courrier.example

            Final-Recipient: rfc822; ada@courrier.example
            {recipient}

            --limit--
            """), "retours+c@asso.example")!;

        Assert.Equal((failed, status), (report.Failed, report.Status));
        Assert.Equal(["retours+c@asso.example", "retours+a@asso.example", "retours+b@asso.example"], report.To);
    }

    [Fact]
    public async Task A_message_that_is_no_report_is_none() =>
        Assert.Null(DeliveryReport.Of(await ReadAsync("From: a@b.example\nTo: c@d.example\nSubject: Absent\n\nLundi.\n"), null));

    [Fact]
    public void No_mail_is_sent_where_no_server_is_named_and_a_setting_that_is_missing_is_named()
    {
        Assert.Null(Read([]));
        Assert.Equal("Address", Assert.Throws<MailSettingsException>(() => Read(new() { ["Host"] = "mail.asso.example" })).Setting);
        Dictionary<string, string?> least = new() { ["Host"] = "mail.asso.example", ["Address"] = "https://registre.asso.example", ["From"] = "convocations@asso.example" };
        Assert.Equal((587, "convocations@asso.example"), (Read(least)!.Port, Read(least)!.Bounces.Address));
        foreach (var (setting, wrong) in new[] { ("Port", "0"), ("Security", "ssl"), ("From", "nobody"), ("Bounces", "@"), ("PasswordFile", "/nowhere/at/all"), ("Address", "registre") })
            Assert.Equal(setting, Assert.Throws<MailSettingsException>(() => Read(new(least) { [setting] = wrong })).Setting);
        Assert.Equal("PasswordFile", Assert.Throws<MailSettingsException>(() => Read(new(least) { ["User"] = "registre" })).Setting);
    }

    private static MailSettings? Read(Dictionary<string, string?> settings) => MailSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Governance:Mail:" + s.Key, s.Value))).Build());

    private static InstallationKey Keys(byte seed) => new(purpose => System.Security.Cryptography.SHA256.HashData([seed, .. System.Text.Encoding.UTF8.GetBytes(purpose)]));

    private static async Task<MimeMessage> ReadAsync(string text)
    {
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return await MimeMessage.LoadAsync(bytes, TestContext.Current.CancellationToken);
    }
}
