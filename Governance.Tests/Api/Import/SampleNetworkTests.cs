using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Api.History;
using Governance.Api.Import;
using Governance.Api.Kernel.Hosting;
using Governance.EventStore;
using Governance.Projections.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Import;

/// <summary>The network that comes with the product, as whoever starts it for the first time finds it: on a private database, with its accounts.</summary>
public sealed partial class SampleNetworkTests(SampleNetworkTests.Network network) : IClassFixture<SampleNetworkTests.Network>
{
    private const int MostPages = 600;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Role.BoardMember)]
    [InlineData(Role.Secretariat)]
    [InlineData(Role.Auditor)]
    public async Task Every_link_that_an_account_of_the_sample_is_shown_leads_somewhere(Role role)
    {
        using var client = await network.AsAsync(role);
        var (waiting, seen, faults) = (new Queue<(string Page, string From)>([("/rncrpv", "/")]), new HashSet<string>(StringComparer.Ordinal) { "/rncrpv" }, new List<string>());
        for (var pages = 0; pages < MostPages && waiting.TryDequeue(out var next); pages++)
        {
            using var answer = await client.GetAsync(next.Page, Stop);
            if (answer.StatusCode != HttpStatusCode.OK)
                faults.Add($"{(int)answer.StatusCode} {next.Page}, linked on {next.From}");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            foreach (var link in Links().Matches(await answer.Content.ReadAsStringAsync(Stop)).Select(link => WebUtility.HtmlDecode(link.Groups[1].Value)))
            {
                // One page of each kind for all its things, and each place of the frame once.
                if (link.StartsWith("/rncrpv", StringComparison.Ordinal) && seen.Add(Identifiers().Replace(link.Split('#')[0], "{}")))
                    waiting.Enqueue((link, next.Page));
            }
        }

        Assert.Empty(faults);
        Assert.Empty(waiting);
        Assert.True(seen.Count > 60, $"{seen.Count} pages were found from the home of the {role}.");
    }

    [Fact]
    public async Task Who_runs_the_installation_and_holds_no_mandate_is_shown_no_way_in_that_is_closed_to_them()
    {
        using var client = await network.AsAsync(Role.Administrator);
        using var refused = await client.GetAsync("/rncrpv", Stop);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var links = Links().Matches(await refused.Content.ReadAsStringAsync(Stop)).Select(link => link.Groups[1].Value).ToList();
        Assert.DoesNotContain(links, link => link.StartsWith("/rncrpv", StringComparison.Ordinal));
        Assert.Contains("/accounts", links);
    }

    [Fact]
    public async Task What_changed_is_told_for_every_year_of_the_network()
    {
        using var client = await network.AsAsync(Role.Auditor);
        for (var year = 2009; year <= 2026; year++)
        {
            using var answer = await client.GetAsync($"/rncrpv/changes?from={year}-01-01&to={year}-12-31", Stop);
            Assert.Equal((year, HttpStatusCode.OK), (year, answer.StatusCode));
        }
    }

    [Theory]
    [InlineData("Assemblée générale ordinaire 2024", "approved")]
    [InlineData("Conseil d'administration, septembre 2024", "approved")]
    [InlineData("Conseil d'administration, décembre 2024", "unwritten")]
    public async Task The_meetings_of_the_network_have_minutes_at_each_stage_said_to_be_examples(string title, string stage)
    {
        using var client = await network.AsAsync(Role.BoardMember);
        var list = WebUtility.HtmlDecode(await client.GetStringAsync("/rncrpv/meetings", Stop)).Replace('\u2019', '\'');
        var meeting = Regex.Match(list, "/rncrpv/meetings/([0-9a-f-]{36})\"[^>]*>" + Regex.Escape(title)).Groups[1].Value;
        Assert.NotEmpty(meeting);
        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/rncrpv/meetings/{meeting}/minutes", Stop));
        Assert.Contains($"\"stage\":\"{stage}\"", await client.GetStringAsync($"/api/rncrpv/meetings/{meeting}/minutes", Stop), StringComparison.Ordinal);
        Assert.Contains("donnée en exemple", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_read_model_of_the_network_is_what_its_events_make_anew()
    {
        var compared = await network.App.Services.GetRequiredService<RebuildCheck>().RunAsync(ReadModels.All, Stop);
        Assert.All(compared, model => Assert.True(model.Equal, model.Model));
        Assert.Equal(ReadModels.All.Count, compared.Count);
    }

    [Fact]
    public async Task The_record_has_a_word_and_a_filter_for_everything_that_the_network_recorded()
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        await using (var command = network.App.Services.GetRequiredService<Database>().Source.CreateCommand("select distinct split_part(stream_id, ':', 1) from mt_events"))
        await using (var reader = await command.ExecuteReaderAsync(Stop))
        {
            while (await reader.ReadAsync(Stop))
                kinds.Add(reader.GetString(0));
        }

        Assert.Empty(kinds.Except(HistoryQuery.Things));
        Assert.All(HistoryQuery.Things, thing => Assert.NotEmpty(HistoryWording.Say("Things." + thing)));
    }

    [Fact]
    public async Task On_a_database_of_ones_own_there_is_no_sample_and_none_of_its_accounts()
    {
        var directory = Directory.CreateTempSubdirectory("governance-no-sample-");
        await using (var app = await GovernanceHost.BuildAsync(
            new HostSettings(directory.FullName, "http://127.0.0.1:0") { ConnectionString = await PostgreSql.HostConnectionStringAsync() }, ct: Stop))
        {
            Assert.Empty(await Sample.LoadAsync(app.Services, Network.History, Stop));

            Assert.Equal(0, await app.Services.GetRequiredService<EventLog>().LastPositionAsync(Stop));
            Assert.False(await app.Services.GetRequiredService<AccountStore>().AnyAsync(Stop));
        }

        directory.Delete(recursive: true);
    }

    [GeneratedRegex("<a [^>]*href=\"([^\"]+)\"")]
    private static partial Regex Links();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+(-[0-9]+)*")]
    private static partial Regex Identifiers();

    /// <summary>The host as <c>./run</c> starts it on an empty machine.</summary>
    public sealed class Network : IAsyncLifetime
    {
        public static string History { get; } = Path.Combine(Architecture.Checkout.Root, "samples", "rncrpv", "history.yaml");

        private readonly string _directory = Directory.CreateTempSubdirectory("governance-sample-").FullName;
        private IReadOnlyList<SampleAccount> _accounts = [];

        public WebApplication App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = await GovernanceHost.BuildAsync(new HostSettings(_directory, "http://127.0.0.1:0"));
            _accounts = await Sample.LoadAsync(App.Services, History, default);
            await App.StartAsync();
            await App.Services.GetRequiredService<Governance.EventStore.Following.FollowerHost>().WaitForAllAsync(
                await App.Services.GetRequiredService<EventLog>().LastPositionAsync(), TimeSpan.FromSeconds(60));
        }

        /// <summary>Reads pages in French with the session of the sample's account of a role.</summary>
        public async Task<HttpClient> AsAsync(Role role)
        {
            var account = _accounts.Single(a => a.Role == role);
            var client = new HttpClient { BaseAddress = new Uri(App.Urls.First()) };
            using var answer = await client.PostAsync(
                new Uri("/api/tokens", UriKind.Relative),
                System.Net.Http.Json.JsonContent.Create(new { login = account.Login, password = account.Password, label = "tests" }));
            answer.EnsureSuccessStatusCode();
            var token = (await System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync<AccessEndpoints.TokenAnswer>(answer.Content))!.Token;
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
            client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
            return client;
        }

        public async ValueTask DisposeAsync()
        {
            await App.StopAsync();
            await App.DisposeAsync();
            Directory.Delete(_directory, recursive: true);
        }
    }
}
