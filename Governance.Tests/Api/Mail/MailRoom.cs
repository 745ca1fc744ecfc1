using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Mail;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Tests.Api.Ballots;
using Governance.Tests.Api.Documents;
using Governance.Tests.Api.Meetings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.Mail;

/// <summary>A host whose boards are convened by mail, and the server that takes it.</summary>
public sealed class MailRoom : IAsyncLifetime
{
    internal const string Domain = "asso.example";

    internal Heard Said { get; } = new();

    public MailServer Server { get; } = new();

    public MeetingRoom Meetings { get; }

    public MailRoom() => Meetings = new()
    {
        Boards = new BallotRoom
        {
            Host = new Host
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Governance:Mail:Host"] = "127.0.0.1",
                    ["Governance:Mail:Port"] = Server.Port.ToString(CultureInfo.InvariantCulture),
                    ["Governance:Mail:Security"] = "none",
                    ["Governance:Mail:From"] = $"convocations@{Domain}",
                    ["Governance:Mail:Bounces"] = $"retours@{Domain}",
                    ["Governance:Mail:Ehlo"] = $"registre.{Domain}",
                    ["Governance:Mail:Address"] = $"https://registre.{Domain}",
                },
                Replace = services => services.AddSingleton<ILoggerProvider>(Said),
            },
        },
    };

    public Host Host => Meetings.Host;

    public IServiceProvider Services => Host.App.Services;

    public Outbox Outbox => Services.GetRequiredService<Outbox>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Server.StartAsync();
        await Meetings.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Meetings.DisposeAsync();
        await Server.DisposeAsync();
        Said.Dispose();
    }

    /// <summary>A board of people of these names and addresses (null for none), of whom nobody is convened yet to a meeting in forty days.</summary>
    public async Task<MailedMeeting> PlannedAsync(params (string Name, string? Email)[] people)
    {
        var board = BodyId.Of(Guid.CreateVersion7());
        var members = new List<PersonId>();
        foreach (var (name, email) in people)
        {
            var made = await PostAsync("people", email is null ? new { name } : new { name, email });
            members.Add(PersonId.Of(made.GetProperty("ids").GetProperty("person").GetGuid()));
        }

        await Host.RecordAsync(
            Host.Slug, Body.Stream(board),
            [new BodyConstituted(board, "Conseil d'administration", BodyKind.Board, []), .. members.Select(m => new MandateAppointed(MandateId.Of(Guid.CreateVersion7()), m, Office.Seat))]);
        var starts = new DateTimeOffset(DateTimeOffset.UtcNow.AddDays(40).Date, TimeSpan.Zero).AddHours(16);
        var planned = await PostAsync("meetings", new { body = board.ToString(), title = "Conseil de rentrée", starts = MeetingRoom.Time(starts), place = "Lille, salle <B>", remote = true });
        var meeting = MeetingId.Of(planned.GetProperty("ids").GetProperty("meeting").GetGuid());
        var item = (await PostAsync($"meetings/{meeting}/agenda", new { title = "Budget de l'année", text = "Présenté par le trésorier." })).GetProperty("ids").GetProperty("item").GetGuid();
        await PostAsync($"meetings/{meeting}/resolutions", new { item, decision = "ordinary", title = "Budget 2027", text = "Le budget 2027 est adopté." });
        return new(meeting, starts, members, item);
    }

    /// <summary>The same, convened now by mail; its messages are in the outbox.</summary>
    public async Task<MailedMeeting> ConvenedAsync(params (string Name, string? Email)[] people)
    {
        var meeting = await PlannedAsync(people);
        await FollowedAsync(await PostAsync($"meetings/{meeting.Id}/convocation", new { }));
        return meeting;
    }

    /// <summary>Files a document of a thing and waits until it shows.</summary>
    public async Task<Guid> FileAsync(string title, string audience, StreamId thing, Guid? part = null)
    {
        using var client = Host.As(Role.Secretariat);
        (string, string)[] fields =
            [("title", title), ("kind", "annex"), ("audience.kind", audience), ("retention.kind", "forever"), ("thing.stream", thing.Value), .. part is { } one ? new[] { ("thing.part", one.ToString("D")) } : []];
        using var form = DocumentRoom.Form(DocumentRoom.Pdf(title), "a.pdf", fields);
        using var answer = await client.PostAsync($"/api/{Host.Slug}/documents", form, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        await Host.ShownAsync(await Host.Log.LastPositionAsync(Stop));
        return Guid.Parse(answer.Headers.Location!.ToString().Split('/')[^1]);
    }

    /// <summary>Waits until the outbox has what an answer tells of.</summary>
    public async Task FollowedAsync(JsonElement answer) => Assert.True(await Services.GetRequiredService<OutboxFollowerHost>().Following
        .WaitForAsync("mail_outbox_1", answer.GetProperty("position").GetInt64(), TimeSpan.FromSeconds(30), ct: Stop));

    /// <summary>Sends and records until nothing of a meeting is left to do.</summary>
    public async Task SettledAsync(MeetingId meeting)
    {
        while (await ScalarAsync<long>($"select count(*) from mail.outbox where meeting = '{meeting}' and not settled") > 0)
            await Services.GetRequiredService<MailSending>().RoundAsync(Stop);
    }

    /// <summary>Goes round until the server was asked for everything of a meeting once more and took none of it.</summary>
    public async Task PostponedAsync(MeetingId meeting)
    {
        while (await ScalarAsync<long>($"select count(*) from mail.outbox where meeting = '{meeting}' and (fault is null or due <= now())") > 0)
            await Services.GetRequiredService<MailSending>().RoundAsync(Stop);
    }

    /// <summary>The clock of retries has come round.</summary>
    public Task DueAsync(MeetingId meeting) => ExecuteAsync($"update mail.outbox set due = now(), held_until = null where meeting = '{meeting}'");

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Stop))!;
    }

    /// <summary>What is recorded of the sendings of a meeting.</summary>
    public Task<IReadOnlyList<IEvent>> RecordedAsync(MeetingId meeting) => Meetings.Boards.EventsAsync(Convocations.Stream(meeting));

    /// <summary>What arrived about a meeting, by its first recipient's address.</summary>
    public async Task<ILookup<string, MimeMessage>> ArrivedAsync(MeetingId meeting) => (await Server.DeliveredAsync())
        .Where(m => m.Attachments.OfType<TextPart>().Any(a => a.Text.Contains(meeting.ToString(), StringComparison.Ordinal)))
        .ToLookup(m => m.To.Mailboxes.Single().Address);

    public async Task<IReadOnlyList<SendingAnswer>> SendingsAsync(MeetingId meeting)
    {
        using var client = Host.As(Role.Secretariat);
        return (await client.GetFromJsonAsync<IReadOnlyList<SendingAnswer>>($"/api/{Host.Slug}/meetings/{meeting}/convocation/sendings", EventCatalogue.Json, Stop))!;
    }

    /// <summary>Gives a command over HTTP and expects it to be recorded.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var client = Host.As(Role.Secretariat);
        using var answer = await client.PostAsJsonAsync($"/api/{Host.Slug}/{path}", body, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }
}

/// <param name="People">In the order in which they were named.</param>
/// <param name="Item">Of its agenda.</param>
public sealed record MailedMeeting(MeetingId Id, DateTimeOffset Starts, IReadOnlyList<PersonId> People, Guid Item);
