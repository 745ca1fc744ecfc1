using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Api.Mail;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.Mail;

/// <summary>Convocations by mail, through a real mail server to what arrives and what comes back.</summary>
public sealed partial class ConvocationMailTests(MailRoom room) : IClassFixture<MailRoom>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static (string, string?) Of(string local) => ($"Personne {local}", $"{local}@courrier.example");

    [Fact]
    public async Task Everybody_gets_one_message_that_says_what_is_decided_where_when_and_under_which_article()
    {
        var meeting = await room.ConvenedAsync(Of("ada"), Of("elise-sans-accent"), ("Personne sans adresse", null), Of("inconnu"));
        await room.SettledAsync(meeting.Id);

        var arrived = await room.ArrivedAsync(meeting.Id);
        Assert.Equal(["ada@courrier.example", "elise-sans-accent@courrier.example"], arrived.Select(a => a.Key).Order(StringComparer.Ordinal));
        var message = Assert.Single(arrived["ada@courrier.example"]);
        Assert.Equal(("Association d'essai", "convocations@asso.example", "Personne ada"), (message.From.Mailboxes.Single().Name, message.From.Mailboxes.Single().Address, message.To[0].Name));
        Assert.Contains("Conseil de rentrée", message.Subject, StringComparison.Ordinal);
        Assert.Equal("auto-generated", message.Headers[HeaderId.AutoSubmitted]);
        Assert.Matches(@"^<retours\+[a-z2-7]{42}@asso\.example>$", message.Headers["Return-Path"]);
        foreach (var part in new[] { message.TextBody!, WebUtility.HtmlDecode(message.HtmlBody!) })
        {
            Assert.All(
                new[] { "Bonjour Personne ada", "Budget de l'année", "Présenté par le trésorier.", "Le budget 2027 est adopté.", "Lille, salle <B> et à distance", "jours", "https://registre.asso.example/essai/convocations/conv." },
                said => Assert.Contains(said, part.Replace('\u2019', '\'').Replace('\u00a0', ' ').Replace('\u202f', ' '), StringComparison.Ordinal));
        }

        Assert.DoesNotContain("<B>", message.HtmlBody, StringComparison.Ordinal);
        // The time is the association's, in the entry as in words.
        var paris = TimeZoneInfo.ConvertTime(meeting.Starts, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        Assert.Contains(paris.ToString("HH", CultureInfo.InvariantCulture), message.TextBody, StringComparison.Ordinal);
        var entry = Assert.IsType<TextPart>(Assert.Single(message.Attachments));
        Assert.Equal(("text/calendar", "PUBLISH"), (entry.ContentType.MimeType, entry.ContentType.Parameters["method"]));
        var calendar = Ical.Net.Calendar.Load(entry.Text)!;
        Assert.Equal(("PUBLISH", "Europe/Paris"), (calendar.Method, Assert.Single(calendar.TimeZones).TzId));
        var held = Assert.Single(calendar.Events);
        Assert.Equal((meeting.Id.ToString(), 0, "Europe/Paris", paris.DateTime), (held.Uid, held.Sequence, held.Start!.TzId, held.Start.Value));
        Assert.Equal(meeting.Starts.UtcDateTime, held.Start.AsUtc);

        // Each fate is recorded once, with the Message-ID for its proof and none of what the server said of the person.
        var recorded = await room.RecordedAsync(meeting.Id);
        Assert.Equal($"Message-ID: <{message.MessageId}>", Assert.Single(recorded.OfType<ConvocationSent>(), s => s.Person == meeting.People[0]).Proof);
        Assert.Equal(2, recorded.OfType<ConvocationSent>().Count());
        Assert.Equal(meeting.People[2], Assert.Single(recorded.OfType<ConvocationUnaddressed>()).Person);
        var refused = Assert.Single(recorded.OfType<ConvocationBounced>());
        Assert.Equal((meeting.People[3], "L'adresse n'existe pas (550 5.1.1)."), (refused.Person, refused.Reason));
        Assert.Equal(4, recorded.Count);
        var sendings = await room.SendingsAsync(meeting.Id);
        Assert.Equal(
            [SendingState.Sent, SendingState.Sent, SendingState.NoAddress, SendingState.Bounced], meeting.People.Select(p => sendings.Single(s => s.Person == p).State));
    }

    [Fact]
    public async Task Who_owes_dues_is_reminded_by_one_message_with_its_proof_and_who_paid_meanwhile_by_none()
    {
        await room.Server.StopAsync();
        async Task<(MemberId Member, PersonId Person)> RepresentedAsync(string name, string? email)
        {
            var member = MemberId.Of((await room.PostAsync("members", new { name = new { organisation = $"Centre de {name}" }, effective = "2020-01-01" })).GetProperty("ids").GetProperty("member").GetGuid());
            var person = PersonId.Of((await room.PostAsync("people", email is null ? new { name = $"Personne {name}" } : new { name = $"Personne {name}", email })).GetProperty("ids").GetProperty("person").GetGuid());
            var body = BodyId.Of(Guid.CreateVersion7());
            await room.Host.RecordAsync(Host.Slug, Body.Stream(body), [new BodyConstituted(body, $"Conseil {name}", BodyKind.Board, []), new MandateAppointed(MandateId.Of(Guid.CreateVersion7()), person, Office.Seat, Member: member)]);
            return (member, person);
        }

        var (owes, pays, silent) = (await RepresentedAsync("doit", "doit@courrier.example"), await RepresentedAsync("paie", "paie@courrier.example"), await RepresentedAsync("muet", null));
        var english = await RepresentedAsync("anglais", "anglais@courrier.example");
        await room.PostAsync($"people/{english.Person}/language", new { language = "english" });
        var members = new[] { owes, pays, silent, english }.Select(m => m.Member.ToString()).ToArray();
        object Day(string on) => new { instant = on + "T23:00:00.000000Z", precision = "day" };
        var campaign = (await room.PostAsync("dues-campaigns", new
        {
            period = "relance",
            from = Day("2023-12-31"),
            until = Day("2024-12-30"),
            dueOn = Day("2024-01-30"),
            brackets = new[] { new { name = "tous", amountCents = 12_050 } },
            effective = "2024-01-05",
        })).GetProperty("ids").GetProperty("campaign").GetGuid();
        await room.PostAsync($"dues-campaigns/{campaign}/calls", new { members, effective = "2024-01-10" });
        await room.FollowedAsync(await room.PostAsync($"dues-campaigns/{campaign}/reminders", new { members }));
        // Asked for, and paid before any message went out.
        await room.PostAsync($"members/{pays.Member}/dues/payments", new { period = "relance", amountCents = 12_050 });
        await room.Server.StartAsync();
        await room.ExecuteAsync($"update mail.outbox set due = now(), held_until = null where campaign = '{campaign}'");
        while (await room.ScalarAsync<long>($"select count(*) from mail.outbox where campaign = '{campaign}' and not settled") > 0)
            await room.Services.GetRequiredService<MailSending>().RoundAsync(Stop);

        var arrived = (await room.Server.DeliveredAsync()).Where(m => m.Subject?.Contains("relance", StringComparison.Ordinal) == true).ToList();
        var message = Assert.Single(arrived, m => m.To.Mailboxes.Single().Address == "doit@courrier.example");
        var other = Assert.Single(arrived, m => m != message);
        Assert.Equal(("anglais@courrier.example", "en", true), (other.To.Mailboxes.Single().Address, other.Body!.Headers[HeaderId.ContentLanguage], other.TextBody!.Contains("€120.50 is still to be paid", StringComparison.Ordinal)));
        Assert.Equal("doit@courrier.example", message.To.Mailboxes.Single().Address);
        foreach (var part in new[] { message.TextBody!, WebUtility.HtmlDecode(message.HtmlBody!) })
            Assert.All(new[] { "Personne doit", "Centre de doit", "120,50", "en retard" }, said => Assert.Contains(said, part, StringComparison.Ordinal));
        var recorded = await room.Meetings.Boards.EventsAsync(DuesReminders.Stream(DuesCampaignId.Of(campaign)));
        Assert.Equal((owes.Member, owes.Person, $"Message-ID: <{message.MessageId}>"), Assert.Single(recorded.OfType<DuesReminderSent>(), s => s.Member == owes.Member) is var sent ? (sent.Member, sent.Person!.Value, sent.Proof) : default);
        Assert.Equal((silent.Member, (string?)null), Assert.Single(recorded.OfType<DuesReminderFailed>()) is var failed ? (failed.Member, failed.Reason) : default);
        using var client = room.Host.As(Role.Secretariat);
        using var again = await client.PostAsJsonAsync($"/api/{Host.Slug}/dues-campaigns/{campaign}/reminders", new { members }, Stop);
        Assert.Equal("dues-campaign.reminded-today", (await again.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_link_of_a_message_opens_the_convocation_and_nothing_else()
    {
        var meeting = await room.ConvenedAsync(Of("grace"));
        await room.SettledAsync(meeting.Id);
        var message = (await room.ArrivedAsync(meeting.Id))["grace@courrier.example"].Single();
        var path = Link().Match(message.TextBody!).Groups[1].Value;
        Assert.DoesNotContain("grace", path, StringComparison.OrdinalIgnoreCase);
        using var visitor = new Visitor(room.Host);
        var page = $"/{Host.Slug}/meetings/{meeting.Id}/notice";

        async Task OpensNothingAsync(string address)
        {
            using var answer = await visitor.Client.GetAsync(address, Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            var told = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
            Assert.Contains("Ce lien n’ouvre rien, ou n’ouvre plus rien.", told, StringComparison.Ordinal);
            Assert.Contains("Demandez au secrétariat qu'il vous la renvoie", told, StringComparison.Ordinal);
        }

        // Before the link is followed, as once it is over, each of its pages says so and how to mend it.
        foreach (var address in new[] { page, page + "/reunion.ics", $"{page}/documents/{Guid.CreateVersion7()}" })
            await OpensNothingAsync(address);
        using (var opened = await visitor.Client.GetAsync(path, Stop))
            Assert.Equal((HttpStatusCode.Found, page), (opened.StatusCode, opened.Headers.Location!.OriginalString));
        Assert.Contains("Le budget 2027 est adopté.", await visitor.ReadAsync(page), StringComparison.Ordinal);
        Assert.StartsWith("BEGIN:VCALENDAR", await visitor.ReadAsync(page + "/reunion.ics"), StringComparison.Ordinal);
        using (var register = await visitor.Client.GetAsync($"/{Host.Slug}/meetings/{meeting.Id}", Stop))
            Assert.NotEqual(HttpStatusCode.OK, register.StatusCode);
        // One letter changed, it opens nothing.
        await OpensNothingAsync(path[..^1] + (path[^1] == 'A' ? 'B' : 'A'));
    }

    [Fact]
    public async Task A_convocation_and_its_calendar_are_read_as_they_stood_and_as_they_were_known()
    {
        var meeting = await room.PlannedAsync(Of("rosalind"));
        var planned = await room.Host.Log.LastPositionAsync(Stop);
        await room.PostAsync($"meetings/{meeting.Id}/convocation", new { });
        await room.PostAsync($"meetings/{meeting.Id}/agenda/{meeting.Item}/withdrawal", new { reason = "Remis à plus tard" });
        var all = await room.Host.Log.LastPositionAsync(Stop);
        var page = $"/{Host.Slug}/meetings/{meeting.Id}";
        using var client = room.Host.As(Role.Member);
        async Task<(HttpStatusCode Status, string Text)> AskAsync(string address)
        {
            using var answer = await client.GetAsync(address, Stop);
            return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop)));
        }

        // Before anything, of no address; planned and known so, the calendar has it and no convocation went out.
        foreach (var dates in new[] { "asOf=2019-06-01", "recordedAsOf=0" })
        {
            foreach (var address in new[] { $"{page}/notice", $"{page}/notice/reunion.ics", $"{page}/reunion.ics", $"/api{page}/calendar" })
                Assert.Equal(HttpStatusCode.NotFound, (await AskAsync($"{address}?{dates}")).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync($"{page}/notice?recordedAsOf={planned}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync($"/api{page}/calendar?recordedAsOf={planned}")).Status);
        Assert.DoesNotContain("Remis à plus tard", (await AskAsync($"{page}/notice?recordedAsOf={all - 1}")).Text, StringComparison.Ordinal);
        Assert.Contains("Remis à plus tard", (await AskAsync($"{page}/notice?recordedAsOf={all}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_and_the_page_behind_its_link_name_the_documents_that_their_reader_may_read_and_open_them()
    {
        var meeting = await room.PlannedAsync(Of("barbara"));
        var thing = Meeting.Stream(meeting.Id);
        var accounts = await room.FileAsync("Comptes de l'année", "association", thing, meeting.Item);
        var report = await room.FileAsync("Rapport d'activité", "association", thing);
        var kept = await room.FileAsync("Note du secrétariat", "secretariat-and-auditors", thing);
        var elsewhere = await room.FileAsync("Document d'autre chose", "association", new("association"));
        await room.FollowedAsync(await room.PostAsync($"meetings/{meeting.Id}/convocation", new { }));
        await room.SettledAsync(meeting.Id);
        var message = (await room.ArrivedAsync(meeting.Id))["barbara@courrier.example"].Single();
        var path = Link().Match(message.TextBody!).Groups[1].Value.Split('?')[0];

        foreach (var part in new[] { message.TextBody!, WebUtility.HtmlDecode(message.HtmlBody!) })
        {
            Assert.All(new[] { "Comptes de l'année", $"{path}?document={accounts}", "Rapport d'activité", $"{path}?document={report}" }, said => Assert.Contains(said, part, StringComparison.Ordinal));
            Assert.DoesNotContain("Note du secrétariat", part, StringComparison.Ordinal);
        }

        // From the message straight to the file, with nothing but the link.
        using var visitor = new Visitor(room.Host);
        var page = $"/{Host.Slug}/meetings/{meeting.Id}/notice";
        using (var opened = await visitor.Client.GetAsync($"{path}?document={accounts}", Stop))
            Assert.Equal($"{page}/documents/{accounts}", opened.Headers.Location!.OriginalString);
        Assert.Contains("Comptes de l'année", await visitor.ReadAsync($"{page}/documents/{accounts}"), StringComparison.Ordinal);
        var shown = WebUtility.HtmlDecode(await visitor.ReadAsync(page));
        Assert.Contains($"href=\"{page}/documents/{report}\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Note du secrétariat", shown, StringComparison.Ordinal);
        async Task<HttpStatusCode> StatusAsync(HttpClient client, Guid document)
        {
            using var answer = await client.GetAsync($"{page}/documents/{document}", Stop);
            return answer.StatusCode;
        }

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (await StatusAsync(visitor.Client, kept), await StatusAsync(visitor.Client, elsewhere)));
        using var stranger = new Visitor(room.Host);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(stranger.Client, accounts));

        // Whoever takes part finds them by the item, whoever keeps them reads them all.
        using var member = room.Host.As(Role.Member);
        member.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var seat = WebUtility.HtmlDecode(await member.GetStringAsync($"/{Host.Slug}/meetings/{meeting.Id}/seat", Stop));
        Assert.All(new[] { $"/documents/{accounts}\"", $"/documents/{report}\"" }, link => Assert.Contains(link, seat, StringComparison.Ordinal));
        Assert.DoesNotContain("Note du secrétariat", seat, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_past_its_time_a_week_after_the_meeting()
    {
        var meeting = await room.PlannedAsync(Of("lin"));
        var letter = (await room.Services.GetRequiredService<ConvocationLetters>().ReadAsync(room.Host.Association, meeting.Id, Stop))!;
        var links = room.Services.GetRequiredService<ConvocationLinks>();
        var secret = links.PathOf(letter, meeting.People[0]).Split('/')[^1];

        Assert.Equal(new ConvocationLink(room.Host.Association, meeting.Id, meeting.People[0], meeting.Starts.AddDays(7)), links.Open(secret, meeting.Starts.AddDays(7).AddSeconds(-1)));
        Assert.Null(links.Open(secret, meeting.Starts.AddDays(7)));
    }

    [Fact]
    public async Task While_the_server_is_down_or_defers_nothing_is_recorded_and_it_is_tried_again()
    {
        await room.Server.StopAsync();
        var meeting = await room.ConvenedAsync(Of("bertha"));
        await room.PostponedAsync(meeting.Id);

        Assert.Empty(await room.RecordedAsync(meeting.Id));
        var waiting = Assert.Single(await room.SendingsAsync(meeting.Id));
        Assert.Equal((SendingState.Waiting, 1, "ConnectionRefused"), (waiting.State, waiting.Attempts, waiting.Fault));
        using (var client = room.Host.As(null))
        {
            var mail = (await client.GetFromJsonAsync<JsonElement>("/health/ready", Stop)).GetProperty("mail");
            Assert.Equal((true, "ConnectionRefused"), (mail.GetProperty("configured").GetBoolean(), mail.GetProperty("lastError").GetString()));
            Assert.InRange(mail.GetProperty("depth").GetInt32(), 1, int.MaxValue);
        }

        await room.Server.StartAsync();
        await room.DueAsync(meeting.Id);
        await room.SettledAsync(meeting.Id);
        Assert.Single(await room.RecordedAsync(meeting.Id), e => e is ConvocationSent);
        Assert.Single((await room.ArrivedAsync(meeting.Id))["bertha@courrier.example"]);

        // A box that is full for now is no refusal, until the time is over.
        var full = await room.ConvenedAsync(Of("plein"));
        await room.PostponedAsync(full.Id);
        Assert.Equal("452 4.2.2", Assert.Single(await room.SendingsAsync(full.Id)).Fault);
        await room.ExecuteAsync($"update mail.outbox set first_tried = now() - interval '3 days' where meeting = '{full.Id}'");
        await room.DueAsync(full.Id);
        await room.SettledAsync(full.Id);
        Assert.Equal(
            "Aucun serveur n'a pris le message malgré plusieurs essais (452 4.2.2).", Assert.IsType<ConvocationBounced>(Assert.Single(await room.RecordedAsync(full.Id))).Reason);
    }

    [Fact]
    public async Task A_host_killed_after_the_server_took_a_message_sends_the_same_message_again_and_it_is_recorded_once()
    {
        // Given a message that waits for the next attempt,
        await room.Server.StopAsync();
        var meeting = await room.ConvenedAsync(Of("joan"));
        await room.PostponedAsync(meeting.Id);
        await room.Server.StartAsync();
        var row = (await room.Outbox.OfMeetingAsync(room.Host.Association, meeting.Id, Stop))[meeting.People[0]];

        // and a host that has the server take it, and dies before it writes that down.
        await SendAsync(row);

        // When its time has come for another host, then the reader has one message twice and the record has it once.
        await room.DueAsync(meeting.Id);
        await room.SettledAsync(meeting.Id);
        var twice = (await room.ArrivedAsync(meeting.Id))["joan@courrier.example"].ToList();
        Assert.Equal(2, twice.Count);
        Assert.Equal((twice[0].MessageId, twice[0].Date, twice[0].Subject), (twice[1].MessageId, twice[1].Date, twice[1].Subject));
        Assert.Equal($"Message-ID: <{twice[0].MessageId}>", Assert.IsType<ConvocationSent>(Assert.Single(await room.RecordedAsync(meeting.Id))).Proof);

        // Killed after the record and before the row says so, it is neither sent nor recorded again.
        await room.ExecuteAsync($"update mail.outbox set settled = false, due = now() where meeting = '{meeting.Id}'");
        await room.SettledAsync(meeting.Id);
        Assert.Single(await room.RecordedAsync(meeting.Id));
        Assert.Equal(2, (await room.ArrivedAsync(meeting.Id))["joan@courrier.example"].Count());
    }

    [Fact]
    public async Task A_host_killed_between_the_fate_and_its_record_leaves_it_to_be_recorded_with_its_time()
    {
        await room.Server.StopAsync();
        var meeting = await room.ConvenedAsync(Of("kathleen"));
        await room.PostponedAsync(meeting.Id);
        await room.Server.StartAsync();
        var row = (await room.Outbox.OfMeetingAsync(room.Host.Association, meeting.Id, Stop))[meeting.People[0]];
        await SendAsync(row);
        var decided = await room.Outbox.DecideAsync(row, OutboxState.Accepted, "the-id@asso.example", DateTimeOffset.UtcNow, Stop);

        await room.DueAsync(meeting.Id);
        await room.SettledAsync(meeting.Id);
        Assert.Equal("Message-ID: <the-id@asso.example>", Assert.IsType<ConvocationSent>(Assert.Single(await room.RecordedAsync(meeting.Id))).Proof);
        Assert.Equal(EffectiveTime.At(decided.Decided!.Value), Assert.Single(await room.SendingsAsync(meeting.Id)).On);
        Assert.Single((await room.ArrivedAsync(meeting.Id))["kathleen@courrier.example"]);
    }

    [Fact]
    public async Task What_has_two_hosts_look_at_it_or_is_followed_again_is_sent_once()
    {
        var meeting = await room.ConvenedAsync(Of("m1"), Of("m2"), Of("m3"), Of("m4"), Of("m5"), Of("m6"), Of("m7"), Of("m8"), Of("m9"));
        var sending = room.Services.GetRequiredService<MailSending>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => sending.RoundAsync(Stop)));
        await room.SettledAsync(meeting.Id);
        var followers = room.Services.GetRequiredService<OutboxFollowerHost>().Following;
        var last = (await followers.StatusAsync(Stop)).Single().Checkpoint;
        await followers.RebuildAsync("mail_outbox_1", Stop);
        Assert.True(await followers.WaitForAsync("mail_outbox_1", last, TimeSpan.FromSeconds(30), ct: Stop));
        await room.SettledAsync(meeting.Id);

        Assert.Equal(9L, await room.ScalarAsync<long>($"select count(*) from mail.outbox where meeting = '{meeting.Id}'"));
        Assert.Equal(9, (await room.RecordedAsync(meeting.Id)).OfType<ConvocationSent>().Count());
        var arrived = await room.ArrivedAsync(meeting.Id);
        Assert.Equal(9, arrived.Count);
        Assert.All(arrived, of => Assert.Single(of));
    }

    [Fact]
    public async Task What_comes_back_later_is_recorded_of_the_person_and_what_is_forged_changes_nothing()
    {
        var meeting = await room.ConvenedAsync(Of("parti.depuis"));
        await room.SettledAsync(meeting.Id);
        Assert.Single(await room.RecordedAsync(meeting.Id), e => e is ConvocationSent);
        var row = (await room.Outbox.OfMeetingAsync(room.Host.Association, meeting.Id, Stop))[meeting.People[0]];
        var address = room.Services.GetRequiredService<BounceAddresses>().Of(row.Id, new(null, "retours@asso.example")).Address;
        var report = (await room.Server.DeliveredAsync()).Single(m => m.Headers["Envelope-To"] == address);

        // What others could make up, or is no failure, changes nothing and says why.
        var token = address.Split('+')[1].Split('@')[0];
        Assert.Equal((67, "Aucune des adresses"), await BounceAsync(Text(report).Replace(token, (token[0] == 'a' ? 'b' : 'a') + token[1..], StringComparison.Ordinal)));
        var unknown = room.Services.GetRequiredService<BounceAddresses>().Of(Guid.NewGuid(), new(null, "retours@asso.example")).Address;
        Assert.Equal((67, "L'adresse de retour est d'ici"), await BounceAsync(Text(report).Replace(address, unknown, StringComparison.Ordinal)));
        Assert.Equal((65, "Ce n'est pas un rapport"), await BounceAsync($"From: x@y.example\nTo: {address}\nSubject: Absent\n\nJe reviens lundi.\n"));
        Assert.Equal((0, "Le rapport ne dit pas"), await BounceAsync(Text(report).Replace("Action: failed", "Action: delayed", StringComparison.Ordinal)));
        Assert.Single(await room.RecordedAsync(meeting.Id));

        // The report itself is recorded once, without a word of what the server wrote.
        Assert.Equal((0, "Noté"), await BounceAsync(Text(report)));
        Assert.Equal((0, "Noté"), await BounceAsync(Text(report)));
        Assert.Equal("Le message est refusé (5.0.0).", Assert.Single((await room.RecordedAsync(meeting.Id)).OfType<ConvocationBounced>()).Reason);
        Assert.Equal(SendingState.Bounced, Assert.Single(await room.SendingsAsync(meeting.Id)).State);
    }

    [Fact]
    public async Task The_secretariat_sends_again_to_one_or_to_all_whom_it_did_not_reach()
    {
        var meeting = await room.ConvenedAsync(Of("inconnue.alors"), Of("reached"), ("Sans adresse encore", null));
        await room.SettledAsync(meeting.Id);
        using (var member = room.Host.As(Role.Member))
        {
            using var forbidden = await member.PostAsJsonAsync($"/api/{Host.Slug}/meetings/{meeting.Id}/convocation/again", new { }, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        }

        // To all, once their addresses are mended,
        await room.PostAsync($"people/{meeting.People[0]}/email", new { email = "connue@courrier.example" });
        await room.PostAsync($"people/{meeting.People[2]}/email", new { email = "trouvee@courrier.example" });
        var again = await room.PostAsync($"meetings/{meeting.Id}/convocation/again", new { });
        await room.FollowedAsync(again);
        await room.SettledAsync(meeting.Id);
        var arrived = await room.ArrivedAsync(meeting.Id);
        Assert.Equal((1, 1, 1), (arrived["connue@courrier.example"].Count(), arrived["trouvee@courrier.example"].Count(), arrived["reached@courrier.example"].Count()));
        Assert.All(await room.SendingsAsync(meeting.Id), s => Assert.Equal(SendingState.Sent, s.State));

        // to one by the page's form, which is then a message of its own,
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);
        var form = $"/{Host.Slug}/meetings/{meeting.Id}/convocation/again";
        using (var sent = await secretary.SendAsync(form, form, ("person", meeting.People[1].ToString()), ("idempotencyKey", "encore")))
            Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        var asked = (await room.RecordedAsync(meeting.Id)).OfType<ConvocationRepeated>().ToList();
        Assert.Equal([meeting.People[1]], asked[^1].To);
        // and to nobody where it reached everybody.
        using (var none = await secretary.SendAsync(form, form, ("person", "")))
            Assert.Contains("personne à qui renvoyer", await none.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        // The page and its table tell person by person.
        var page = WebUtility.HtmlDecode(await secretary.ReadAsync($"/{Host.Slug}/meetings/{meeting.Id}"));
        Assert.Contains("Message-ID: <", page, StringComparison.Ordinal);
        var table = await secretary.ReadAsync($"/{Host.Slug}/meetings/{meeting.Id}/convocation.csv");
        Assert.Equal(4, table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Matches("\"Personne reached\",\"(envoyée|en attente d[’']envoi)\"", table);
    }

    [Fact]
    public async Task Nothing_is_sent_once_it_is_of_no_use_any_more()
    {
        await room.Server.StopAsync();
        var (cancelled, byHand) = (await room.ConvenedAsync(Of("annulee")), await room.ConvenedAsync(Of("en.main.propre")));
        await room.PostponedAsync(cancelled.Id);
        await room.PostponedAsync(byHand.Id);
        await room.PostAsync($"meetings/{cancelled.Id}/cancellation", new { reason = "Grève" });
        await room.PostAsync($"meetings/{byHand.Id}/convocation/sendings", new { person = byHand.People[0].ToString(), channel = "by-hand", effective = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) });
        await room.Server.StartAsync();
        foreach (var meeting in new[] { cancelled, byHand })
        {
            await room.DueAsync(meeting.Id);
            await room.SettledAsync(meeting.Id);
            Assert.Empty(await room.ArrivedAsync(meeting.Id));
        }

        Assert.Empty(await room.RecordedAsync(cancelled.Id));
        Assert.Equal((SendingState.Lapsed, "cancelled"), ((await room.SendingsAsync(cancelled.Id)).Single().State, (await room.SendingsAsync(cancelled.Id)).Single().Reason));
        Assert.Equal(SendingState.Sent, (await room.SendingsAsync(byHand.Id)).Single().State);
    }

    [Fact]
    public async Task Whoever_was_convened_by_a_message_is_told_that_the_meeting_is_cancelled_and_calendars_drop_it()
    {
        var meeting = await room.ConvenedAsync(Of("avertie"), Of("inconnu"));
        await room.SettledAsync(meeting.Id);
        var link = Link().Match((await room.ArrivedAsync(meeting.Id))["avertie@courrier.example"].Single().TextBody!).Groups[1].Value;
        await room.FollowedAsync(await room.PostAsync($"meetings/{meeting.Id}/cancellation", new { reason = "Grève des trains" }));
        await room.SettledAsync(meeting.Id);

        // Whom the convocation did not reach is told nothing.
        Assert.Equal("avertie@courrier.example", Assert.Single(await room.ArrivedAsync(meeting.Id)).Key);
        var told = (await room.ArrivedAsync(meeting.Id))["avertie@courrier.example"].Single(m => m.Subject!.StartsWith("Réunion annulée", StringComparison.Ordinal));
        Assert.Contains("Grève des trains", told.TextBody, StringComparison.Ordinal);
        Assert.Contains("Grève des trains", WebUtility.HtmlDecode(told.HtmlBody)!, StringComparison.Ordinal);
        var entry = Assert.IsType<TextPart>(Assert.Single(told.Attachments));
        var calendar = Ical.Net.Calendar.Load(entry.Text)!;
        Assert.Equal(("CANCEL", "CANCEL"), (entry.ContentType.Parameters["method"], calendar.Method));
        var dropped = Assert.Single(calendar.Events);
        Assert.Equal((meeting.Id.ToString(), 1, "CANCELLED"), (dropped.Uid, dropped.Sequence, dropped.Status));
        // How one was convened is what the record tells; the link of the convocation says what became of it.
        Assert.Equal(2, (await room.RecordedAsync(meeting.Id)).Count);
        using var visitor = new Visitor(room.Host);
        (await visitor.Client.GetAsync(link, Stop)).Dispose();
        Assert.Contains("est annulée", await visitor.ReadAsync($"/{Host.Slug}/meetings/{meeting.Id}/notice"), StringComparison.Ordinal);
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);
        Assert.Contains("Annulation annoncée à 1 personnes sur 1", WebUtility.HtmlDecode(await secretary.ReadAsync($"/{Host.Slug}/meetings/{meeting.Id}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_that_comes_back_is_kept_and_the_meeting_says_whom_to_tell_otherwise()
    {
        var meeting = await room.ConvenedAsync(Of("parti.sans.adresse"));
        await room.SettledAsync(meeting.Id);
        await room.FollowedAsync(await room.PostAsync($"meetings/{meeting.Id}/cancellation", new { reason = "Grève des trains" }));
        await room.SettledAsync(meeting.Id);
        var recorded = (await room.RecordedAsync(meeting.Id)).Count;
        var row = Assert.Single(await room.Outbox.CancellationsAsync(room.Host.Association, meeting.Id, Stop));
        Assert.Equal(OutboxState.Accepted, row.State);

        // Given what the server of the person sends back of the cancellation
        var address = room.Services.GetRequiredService<BounceAddresses>().Of(row.Id, new(null, "retours@asso.example")).Address;
        var report = $"""
            From: MAILER-DAEMON@courrier.example
            To: {address}
            Subject: Undelivered
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            No such user.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; courrier.example

            Final-Recipient: rfc822; parti.sans.adresse@courrier.example
            Action: failed
            Status: 5.1.1

            --b--

            """;
        Assert.Equal((0, "Noté"), await BounceAsync(report));
        Assert.Equal((0, "C'est déjà noté"), await BounceAsync(report));

        // Then it is kept beside the record, which tells how one was convened,
        Assert.Equal((OutboxState.Refused, "5.1.1"), Assert.Single(await room.Outbox.CancellationsAsync(room.Host.Association, meeting.Id, Stop)) is var kept ? (kept.State, kept.Reason) : default);
        Assert.Equal(recorded, (await room.RecordedAsync(meeting.Id)).Count);

        // and the meeting's page names whom to tell.
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);
        var page = WebUtility.HtmlDecode(await secretary.ReadAsync($"/{Host.Slug}/meetings/{meeting.Id}"));
        Assert.Contains("Annulation annoncée à 0 personnes sur 1", page, StringComparison.Ordinal);
        Assert.Contains("L’annulation n’est pas arrivée à", page, StringComparison.Ordinal);
        Assert.Matches(@"Personne parti\.sans\.adresse</a>\s*<span class=""hint"">L.adresse n.existe pas \(5\.1\.1\)", page);
    }

    [Fact]
    public async Task A_link_tells_what_was_announced_and_what_has_changed_and_nothing_to_whose_mandate_has_ended()
    {
        var meeting = await room.ConvenedAsync(Of("elue"));
        await room.SettledAsync(meeting.Id);
        var message = (await room.ArrivedAsync(meeting.Id))["elue@courrier.example"].Single();
        var page = $"/{Host.Slug}/meetings/{meeting.Id}/notice";
        var file = (await room.Services.GetRequiredService<ConvocationLetters>().ReadAsync(room.Host.Association, meeting.Id, Stop))!;
        await room.PostAsync($"meetings/{meeting.Id}/resolutions/{file.Meeting.Resolutions[0].Id}/amendment", new { text = "Le budget 2027, réduit, est adopté.", reason = "Le bureau" });
        using var visitor = new Visitor(room.Host);
        (await visitor.Client.GetAsync(Link().Match(message.TextBody!).Groups[1].Value, Stop)).Dispose();

        var read = WebUtility.HtmlDecode(await visitor.ReadAsync(page));
        Assert.Contains("Le budget 2027 est adopté.", read, StringComparison.Ordinal);
        Assert.Contains("Texte amendé, « Budget 2027 » : Le budget 2027, réduit, est adopté.", read.Replace('\u00a0', ' ').Replace('\u202f', ' '), StringComparison.Ordinal);

        var body = file.Meeting.Plan.Body!.Value;
        var held = (MandateAppointed)(await room.Meetings.Boards.EventsAsync(Body.Stream(body)))[1];
        await room.PostAsync($"bodies/{body}/mandates/{held.Mandate}/end", new { reason = "resignation" });
        using var closed = await visitor.Client.GetAsync(page, Stop);
        Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
    }

    [Fact]
    public async Task What_the_relay_refuses_to_whoever_hands_it_over_is_not_the_persons_and_is_tried_again()
    {
        var meeting = await room.ConvenedAsync(("Personne ailleurs", "personne@ailleurs.example"));
        await room.PostponedAsync(meeting.Id);

        var waiting = Assert.Single(await room.SendingsAsync(meeting.Id));
        Assert.Equal((SendingState.Waiting, "550 5.7.1"), (waiting.State, waiting.Fault));
        Assert.Empty(await room.RecordedAsync(meeting.Id));
    }

    [Fact]
    public async Task What_was_convened_by_other_means_is_not_sent()
    {
        var post = await room.PlannedAsync(Of("poste"));
        await room.FollowedAsync(await room.PostAsync($"meetings/{post.Id}/convocation", new { channel = "post" }));
        var month = await room.Meetings.ConvenedAsync();
        await room.FollowedAsync(await room.PostAsync("people", new { name = "Quelqu'un" }));

        Assert.Equal(0L, await room.ScalarAsync<long>($"select count(*) from mail.outbox where meeting in ('{post.Id}', '{month.Meeting}')"));
        Assert.Equal(SendingState.NotSent, Assert.Single(await room.SendingsAsync(post.Id)).State);
    }

    [Fact]
    public async Task Names_and_addresses_are_in_the_message_and_in_no_table_and_no_log()
    {
        var meeting = await room.ConvenedAsync(("Zéphyrine Quatrebarbes", "zephyrine.quatrebarbes@courrier.example"), ("Ildefonse Montgolfière", "inconnu.montgolfiere@courrier.example"), ("Aldegonde Vauquelin", "plein@courrier.example"));
        while (await room.ScalarAsync<long>($"select count(*) from mail.outbox where meeting = '{meeting.Id}' and not settled and fault is null") > 0)
            await room.Services.GetRequiredService<MailSending>().RoundAsync(Stop);
        Assert.Equal("Zéphyrine Quatrebarbes", (await room.ArrivedAsync(meeting.Id))["zephyrine.quatrebarbes@courrier.example"].Single().To[0].Name);

        string[] marks = ["phyrine", "quatrebarbes", "montgolfi", "ildefonse", "aldegonde", "vauquelin", "courrier.example"];
        await foreach (var (table, row) in EveryTable.RowsAsync(room.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString))
            Assert.True(!marks.Any(mark => row.Contains(mark, StringComparison.OrdinalIgnoreCase)), $"{table}: {row}");
        Assert.Contains(room.Said.Lines, line => line.Contains("is not taken", StringComparison.Ordinal));
        Assert.All(room.Said.Lines, line => Assert.True(!marks.Any(mark => line.Contains(mark, StringComparison.OrdinalIgnoreCase)), line));
    }

    [Fact]
    public async Task Somebody_who_reads_English_is_written_to_in_English()
    {
        var meeting = await room.PlannedAsync(Of("ellen"));
        await room.FollowedAsync(await room.PostAsync($"meetings/{meeting.Id}/convocation", new { channel = "post" }));
        var letter = (await room.Services.GetRequiredService<ConvocationLetters>().ReadAsync(room.Host.Association, meeting.Id, Stop))!;
        using var message = await MakeAsync(Row(meeting), letter, CultureInfo.GetCultureInfo("en-GB"));

        Assert.StartsWith("Notice of meeting: Conseil de rentrée", message.Subject, StringComparison.Ordinal);
        Assert.Contains("Agenda", message.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Ordre du jour", message.HtmlBody, StringComparison.Ordinal);
    }

    private static OutboxRow Row(MailedMeeting meeting) => new(
        Guid.NewGuid(), AssociationId.Of(Guid.NewGuid()), EventId.Of(Guid.NewGuid()), meeting.Id, meeting.People[0], DateTimeOffset.UtcNow, OutboxState.Waiting, 0, null,
        DateTimeOffset.UtcNow, null, null, null, null);

    private Task<MimeMessage> MakeAsync(OutboxRow row, ConvocationLetter letter, CultureInfo language) =>
        room.Services.GetRequiredService<ConvocationMessages>().MakeAsync(
            row, letter, new(row.Person, "Personne", "personne@courrier.example", language), new(null, "personne@courrier.example"), room.Services.GetRequiredService<SmtpRelay>().Settings!, language);

    // What a host does up to the moment at which the server has taken a message over.
    private async Task SendAsync(OutboxRow row)
    {
        var letters = room.Services.GetRequiredService<ConvocationLetters>();
        var (relay, bounces) = (room.Services.GetRequiredService<SmtpRelay>(), room.Services.GetRequiredService<BounceAddresses>());
        var to = await letters.OpenAsync(row.Association, row.Person, Stop);
        using var message = await room.Services.GetRequiredService<ConvocationMessages>().MakeAsync(
            row, (await letters.ReadAsync(row.Association, row.Meeting!.Value, Stop))!, to, new(null, to.Email!), relay.Settings!, MailWording.French);
        await using var session = relay.Open();
        Assert.IsType<SmtpAnswer.Accepted>(await session.SendAsync(message, bounces.Of(row.Id, relay.Settings!.Bounces), new(null, to.Email!), Stop));
    }

    /// <summary>What the command comes to: its code, and the beginning of what it says.</summary>
    private async Task<(int Code, string Said)> BounceAsync(string message)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(message));
        CultureInfo.CurrentUICulture = MailWording.French;
        var (code, said) = await BounceCommand.RunAsync(room.Services, input, null, Stop);
        string[] beginnings = ["Aucune des adresses", "L'adresse de retour est d'ici", "Ce n'est pas un rapport", "Le rapport ne dit pas", "Noté", "C'est déjà noté"];
        return (code, beginnings.Single(b => said.Replace('\u2019', '\'').StartsWith(b, StringComparison.Ordinal)));
    }

    private static string Text(MimeMessage message)
    {
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    [GeneratedRegex(@"https://registre\.asso\.example(/essai/convocations/\S+)")]
    private static partial Regex Link();
}
