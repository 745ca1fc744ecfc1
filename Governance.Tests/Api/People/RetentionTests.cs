using System.Net;
using System.Net.Http.Json;
using Governance.Api.Access;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.EventStore.Vault;
using Governance.Projections.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.People;

/// <summary>Whose data is due for erasure on a day, and why.</summary>
public sealed class RetentionTests(Host host) : IClassFixture<Host>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // What is recorded without a command holds since the first day of 2020, so that five years end with 2024 and ten with 2030.
    private static readonly DateOnly Five = new(2025, 1, 1), Ten = new(2030, 12, 31);

    [Fact]
    public async Task Five_years_after_the_last_mandate_a_person_is_due_and_not_a_day_before()
    {
        var person = await RegisterAsync("Madame Untel");
        var (body, mandate) = (BodyId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()));
        await host.RecordAsync(
            Host.Slug, Body.Stream(body), new BodyConstituted(body, "Bureau", BodyKind.Board, []), new MandateAppointed(mandate, person, Office.Seat));

        Assert.Null(await DueAsync(person, new(2040, 1, 1)));
        await PostAsync($"bodies/{body}/mandates/{mandate}/end", new { reason = "resignation", effective = "2020-06-30" });

        Assert.Null(await DueAsync(person, new(2025, 6, 29)));
        Assert.Equal((RetentionReason.MandateEnded, new DateOnly(2025, 6, 30)), Of(await DueAsync(person, new(2025, 6, 30))));
    }

    [Fact]
    public async Task Who_only_was_registered_is_due_too_and_a_label_is_nobodys_data()
    {
        var person = await RegisterAsync("Monsieur Untel");
        var label = await RegisterAsync("Représentant", labelOnly: true);

        Assert.Equal((RetentionReason.OnlyRegistered, Five), Of(await DueAsync(person, Five)));
        Assert.Null(await DueAsync(label, Five));
    }

    [Fact]
    public async Task Dues_are_kept_for_ten_years_from_the_end_of_their_year_and_with_them_who_paid()
    {
        var person = await RegisterAsync("Madame Cotisante");
        var name = new Sealed(person, (await host.App.Services.GetRequiredService<PersonVault>().SealAsync(host.Association.ToString(), person.Value, "Madame Cotisante", Stop))!);
        var member = MemberId.Of(Guid.CreateVersion7());
        await host.RecordAsync(Host.Slug, Member.Stream(member), new MemberAdmitted(member, new MemberName(Individual: name), Placeholder: false));
        Assert.Null(await DueAsync(person, new(2040, 1, 1)));
        await host.RecordAsync(
            Host.Slug, Member.Stream(member), new DuesCalled("2020", 1000, EffectiveTime.At(new DateTimeOffset(2020, 3, 1, 0, 0, 0, TimeSpan.Zero))));
        await PostAsync($"members/{member}/resignation", new { effective = "2021-06-30" });

        Assert.Null(await DueAsync(person, Ten.AddDays(-1)));
        Assert.Equal((RetentionReason.Dues, Ten), Of(await DueAsync(person, Ten)));
    }

    [Fact]
    public async Task The_list_shows_what_to_do_and_what_holds_and_is_the_secretariats_alone()
    {
        var (free, held) = (await RegisterAsync("Madame Libre"), await RegisterAsync("Monsieur Retenu"));
        await host.ShownAsync(await host.RecordAsync(
            Host.Slug, Person.Stream(held), new LegalHoldPlaced(EffectiveTime.At(new DateTimeOffset(2199, 1, 1, 0, 0, 0, TimeSpan.Zero)), "Litige")));
        using var secretariat = await Visitor.AsAsync(host, Role.Secretariat);

        var page = WebUtility.HtmlDecode(await secretariat.ReadAsync($"/{Host.Slug}/retention"));
        Assert.Contains($"/people/{free}/erase", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/people/{held}/erase", page, StringComparison.Ordinal);
        Assert.Contains("Monsieur Retenu", page, StringComparison.Ordinal);
        Assert.Contains("2199", page, StringComparison.Ordinal);
        Assert.Contains("L123-22", page, StringComparison.Ordinal);
        // Whom other tests registered may be due too, or not be there yet.
        Assert.Matches("personne est gardée au-delà de sa durée|personnes sont gardées au-delà de leur durée", WebUtility.HtmlDecode(await secretariat.ReadAsync($"/{Host.Slug}")));
        using var member = host.As(Role.Member);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync($"/{Host.Slug}/retention", Stop)).StatusCode);
    }

    [Fact]
    public async Task Who_is_due_within_a_year_is_announced_and_the_menu_says_where_one_is()
    {
        var person = await RegisterAsync("Madame Bientôt");
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var secretariat = await Visitor.AsAsync(host, Role.Secretariat);

        var before = Plain(await secretariat.ReadAsync($"/{Host.Slug}/retention?asOf=2024-06-30"));
        Assert.Contains("Rien à effacer", before, StringComparison.Ordinal);
        Assert.Contains("La prochaine durée finit le 1er janvier 2025.", before, StringComparison.Ordinal);
        Assert.Contains("Madame Bientôt", before, StringComparison.Ordinal);
        Assert.DoesNotContain("Madame Bientôt", Plain(await secretariat.ReadAsync($"/{Host.Slug}/retention?asOf=2023-06-30")), StringComparison.Ordinal);
        foreach (var page in new[] { "retention", "legal-holds" })
            Assert.Matches($"href=\"/{Host.Slug}/people\" aria-current=\"page\"", await secretariat.ReadAsync($"/{Host.Slug}/{page}"));
        using var auditor = await Visitor.AsAsync(host, Role.Auditor);
        Assert.Matches($"href=\"/{Host.Slug}/people\" aria-current=\"page\"", await auditor.ReadAsync($"/{Host.Slug}/reads"));
        Assert.Matches($"href=\"/{Host.Slug}/history\" aria-current=\"page\"", await auditor.ReadAsync($"/{Host.Slug}/changes"));
    }

    private static string Plain(string page) => WebUtility.HtmlDecode(page).Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private async Task PostAsync(string path, object body)
    {
        using var secretariat = host.As(Role.Secretariat);
        using var answer = await secretariat.PostAsJsonAsync($"/api/{Host.Slug}/{path}", body, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static (RetentionReason, DateOnly)? Of(DueForErasure? due) => due is null ? null : (due.Reason, due.DueOn);

    private async Task<PersonId> RegisterAsync(string name, bool labelOnly = false)
    {
        var person = PersonId.Of(Guid.CreateVersion7());
        var text = (await host.App.Services.GetRequiredService<PersonVault>().SealAsync(host.Association.ToString(), person.Value, name, Stop))!;
        await host.RecordAsync(Host.Slug, Person.Stream(person), new PersonRegistered(person, new Sealed(person, text), labelOnly));
        return person;
    }

    private async Task<DueForErasure?> DueAsync(PersonId person, DateOnly day)
    {
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        var view = await host.App.Services.GetRequiredService<ReadDatabase>().ViewAsync(host.Association, LocalTime.StartOf(day, paris).AddHours(12), ct: Stop);
        return (await Retention.DueAsync(view, paris, Stop)).SingleOrDefault(d => d.Person == person);
    }
}
