using System.Diagnostics;
using System.Net.Http.Headers;

namespace Governance.Benchmarks;

/// <summary>Searches that somebody makes on a host that is filled already, whatever filled it, one after the other and each the same number of times.</summary>
/// <param name="host">Address of the host.</param>
/// <param name="slug">The association that is searched.</param>
/// <param name="token">Of somebody who may read all of it.</param>
internal sealed class SearchWalk(Uri host, string slug, string token)
{
    private const int WarmUps = 3;

    /// <summary>What one search took.</summary>
    /// <param name="Found">How many results its first page counted.</param>
    public sealed record Asked(string Query, int Found, double Median, double P99, double Slowest);

    /// <summary>Milliseconds of whole answers of <c>GET /api/{slug}/search</c>, by query.</summary>
    /// <param name="queries">As they stand in an address: <c>q=regle</c>.</param>
    public async Task<IReadOnlyList<Asked>> AskAsync(IEnumerable<string> queries, int rounds)
    {
        using var client = new HttpClient { BaseAddress = host };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var asked = new List<Asked>();
        foreach (var query in queries)
        {
            var (times, found) = (new List<double>(), 0);
            for (var round = -WarmUps; round < rounds; round++)
            {
                var before = Stopwatch.GetTimestamp();
                using var answer = await client.GetAsync(new Uri($"/api/{slug}/search?{query}", UriKind.Relative));
                var body = await answer.Content.ReadAsByteArrayAsync();
                var took = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
                answer.EnsureSuccessStatusCode();
                if (round >= 0)
                    times.Add(took);
                else
                    found = System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("total").GetInt32();
            }

            times.Sort();
            asked.Add(new(query, found, times[times.Count / 2], times[Math.Min(times.Count - 1, (int)Math.Ceiling(times.Count * 0.99) - 1)], times[^1]));
        }

        return asked;
    }
}
