using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Statutes;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>Statutes over HTTP: drafted, changed, adopted, read on any date; their rules in plain words.</summary>
public sealed class StatutesTests(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task Given_statutes_drafted_and_adopted_When_they_are_read_Then_they_are_in_force_from_their_day_and_not_before()
    {
        var drafted = await PostAsync("/statutes", new { title = "Statuts de 2021", articles = new[] { new { number = "12", heading = "Quorum", text = "Un tiers des membres." } }, rules = Array.Empty<object>(), effective = "2021-01-01" });
        var version = drafted.GetProperty("ids").GetProperty("version").GetGuid();
        await PostAsync($"/statutes/{version}/rules", new { rule = new { article = "art. 12", scope = new { }, content = JsonSerializer.SerializeToElement<RuleContent>(QuorumRule.OfMembers(new Fraction(1, 3)), EventCatalogue.Json) }, effective = "2021-01-02" });
        var adopted = await PostAsync($"/statutes/{version}/adoption", new { effective = "2021-02-01" });
        await host.ShownAsync(adopted.GetProperty("position").GetInt64());

        using var client = host.As(Role.Member);
        var before = await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/statutes?asOf=2021-01-15", Stop);
        var after = await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/statutes?asOf=2021-02-02", Stop);
        Assert.False(before.TryGetProperty("inForce", out var none) && none.ValueKind != JsonValueKind.Null);
        Assert.Equal(version, after.GetProperty("inForce").GetGuid());

        client.DefaultRequestHeaders.Accept.Clear();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var history = await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/history?thing=statutes", Stop);
        Assert.Contains(
            history.GetProperty("events").EnumerateArray(),
            e => e.GetProperty("sentence").GetString()!.Contains("Quorum\u00a0: au moins un tiers des membres.", StringComparison.Ordinal));
    }

    public static TheoryData<string> Rules =>
    [
        .. new RuleContent[]
        {
            new NoticeRule(15, DayCount.Clear, [Convener.President, Convener.FractionOfMembers], [NoticeChannel.Email], true, new Fraction(1, 4), new Fraction(1, 10), 5),
            new EligibilityRule(DuesPaidBy.RecordDate, 10, 90, Voice.Deliberative, 30),
            QuorumRule.None,
            QuorumRule.OfMembers(new Fraction(1, 2)) with { Extent = QuorumExtent.SomeColleges, Colleges = 2, PlusOne = true, Rounding = Rounding.Up, Counted = [Presence.InPerson, Presence.Remote] },
            new SecondConvocationRule(true, 15, true, QuorumRule.OfMembers(new Fraction(1, 4))),
            new SecondConvocationRule(false, 0, false),
            new ProxiesRule(true, true, true, true, BlankProxies.ToTheChair, HolderLeaves.Reassigned, OverCap.AllVoid, 2, new Fraction(1, 10), 24),
            new ProxiesRule(false, false, false, false, BlankProxies.Refused, HolderLeaves.Void, OverCap.ExcessVoid),
            MajorityRule.MoreThanHalfExpressed with { WithAbstentions = true, WithBlanks = true },
            new MajorityRule(MajorityForm.HalfPlusOne, MajorityBase.AllMembers),
            new MajorityRule(MajorityForm.Relative, MajorityBase.Expressed),
            new CollegesRule(CollegeMode.Double, MissingCollege.Drop, [], 2, MajorityRule.MoreThanHalfExpressed),
            new CollegesRule(CollegeMode.Veto, MissingCollege.Against, [], VetoOf: "a", VetoWhen: VetoWhen.NotAdopted),
            CollegesRule.Pooled,
            new TieRule(TieBreak.Lot),
            new SecrecyRule(VoteForm.ShowOfHands, 5, new Fraction(1, 4)),
            new TermsRule(Renewal.ByThirds, true, CoOption.UntilRatified, [new IncompatibleOffices(Office.President, Office.Treasurer)], true, true, 36, 2, 9),
            new AuthorityRule([BodyKind.GeneralAssembly, BodyKind.Board]),
            new RemoteVotingRule(true, false),
            new VoteChangeRule(true),
            new ClosingRule(ClosingMode.Either),
            new InterestRule(true, false, true),
        }.Select(rule => JsonSerializer.Serialize(rule, EventCatalogue.Json)),
    ];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_kind_of_rule_is_said_in_plain_words_in_both_languages(string json)
    {
        var rule = JsonSerializer.Deserialize<RuleContent>(json, EventCatalogue.Json)!;
        var language = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
            var french = RuleWording.Sentence(rule);
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
            var english = RuleWording.Sentence(rule);
            Assert.EndsWith(".", french, StringComparison.Ordinal);
            Assert.EndsWith(".", english, StringComparison.Ordinal);
            Assert.NotEqual(french, english);
            Assert.DoesNotContain("{", french + english, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentUICulture = language;
        }
    }

    [Fact]
    public async Task Given_a_reader_When_the_dashboard_is_asked_for_Then_it_counts_the_events_of_that_day()
    {
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var client = host.As(Role.BoardMember);
        var now = await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/dashboard", Stop);
        var then = await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/dashboard?asOf=2019-01-01", Stop);
        Assert.Contains(now.GetProperty("counts").EnumerateArray(), count => count.GetProperty("kind").GetString() == "association_founded");
        Assert.Equal(0, then.GetProperty("counts").GetArrayLength());
        Assert.Equal(0, now.GetProperty("toDecide").GetArrayLength());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var client = host.As(Role.Secretariat);
        var answer = await client.PostAsJsonAsync($"/api/{Host.Slug}{path}", body, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }
}
