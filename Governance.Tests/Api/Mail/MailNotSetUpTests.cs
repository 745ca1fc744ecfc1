using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Mail;
using Governance.Domain.Kernel;
using Governance.Tests.Api.Meetings;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Mail;

/// <summary>An installation on which nobody has named a mail server.</summary>
public sealed class MailNotSetUpTests(MeetingRoom room) : IClassFixture<MeetingRoom>
{
    private static string Today => TimeZoneInfo.ConvertTimeBySystemTimeZoneId(DateTimeOffset.UtcNow, "Europe/Paris").ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Messages_wait_and_the_page_of_the_meeting_says_that_nothing_is_sent()
    {
        var (host, stop) = (room.Host, TestContext.Current.CancellationToken);
        var board = await room.Boards.BoardAsync(0);
        var planned = await room.PostAsync(Role.Secretariat, "", new { body = board.Id.ToString(), title = "Conseil", starts = MeetingRoom.Time(DateTimeOffset.UtcNow.AddDays(40)), place = "Lille" });
        var meeting = MeetingId.Of(planned.GetProperty("ids").GetProperty("meeting").GetGuid());
        await room.PostAsync(Role.Secretariat, $"/{meeting}/agenda", new { title = "Budget" });
        var position = (await room.PostAsync(Role.Secretariat, $"/{meeting}/convocation", new { })).GetProperty("position").GetInt64();
        Assert.True(await host.App.Services.GetRequiredService<OutboxFollowerHost>().Following.WaitForAsync("mail_outbox_1", position, TimeSpan.FromSeconds(30), ct: stop));

        Assert.Equal(0, await host.App.Services.GetRequiredService<MailSending>().RoundAsync(stop));
        using var secretary = await Visitor.AsAsync(host, Role.Secretariat);
        var page = WebUtility.HtmlDecode(await secretary.ReadAsync($"/{Host.Slug}/meetings/{meeting}"));
        Assert.Contains("Rien n’est envoyé", page.Replace('\'', '’'), StringComparison.Ordinal);
        Assert.Contains("en attente d’envoi", page.Replace('\'', '’'), StringComparison.Ordinal);
        // Sent by hand and dated to the day, it is sent.
        await room.PostAsync(Role.Secretariat, $"/{meeting}/convocation/sendings", new { person = host.Person(Role.Member).ToString(), channel = "by-hand", effective = Today });
        var table = (await secretary.ReadAsync($"/{Host.Slug}/meetings/{meeting}/convocation.csv")).Replace('’', '\'');
        Assert.Contains("\"Titulaire Member\",\"envoyée\"", table, StringComparison.Ordinal);
        Assert.Contains("\"Titulaire BoardMember\",\"en attente d'envoi\"", table, StringComparison.Ordinal);
        using var anybody = host.As(null);
        var mail = (await anybody.GetFromJsonAsync<JsonElement>("/health/ready", stop)).GetProperty("mail");
        Assert.Equal((false, 2), (mail.GetProperty("configured").GetBoolean(), mail.GetProperty("depth").GetInt32()));

        // A member is told when and where, and not of whom the message was sent.
        using var member = await Visitor.AsAsync(host, Role.Member);
        var theirs = await member.ReadAsync($"/{Host.Slug}/meetings/{meeting}");
        Assert.Contains("reunion.ics", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("en attente d", theirs, StringComparison.Ordinal);
        Assert.StartsWith("BEGIN:VCALENDAR", await member.ReadAsync($"/{Host.Slug}/meetings/{meeting}/reunion.ics"), StringComparison.Ordinal);
    }
}
