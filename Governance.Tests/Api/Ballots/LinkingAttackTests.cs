using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Domain.Ballots;
using Governance.Domain.Colleges;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>
/// Somebody who has every table with its physical order and transactions, the write-ahead log, all answers of the API, all lines of the log and all
/// files but the destroyed secrets tries to say who cast which paper, over several ballots, and does no better than whoever shuffles the published papers of each weight: some
/// vote by a personal link, somebody with two mandates, and somebody for three others, each time otherwise.
/// </summary>
public sealed class LinkingAttackTests
{
    private const int Ballots = 6, Presidents = 10, Teams = 20, Electors = Presidents + Teams, Changing = 10, ByLink = 4;

    // The chance that an attack without any knowledge is taken for one that works.
    private static readonly BigInteger OneIn = BigInteger.Pow(10, 9);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What really happened in one ballot: the electors in the order in which they voted, and the paper that each has in the end.</summary>
    private sealed record Truth(BallotId Ballot, IReadOnlyList<Voter> Order, IReadOnlyDictionary<Voter, (string Code, Choice Choice)> Papers, IReadOnlyList<string> Replaced)
    {
        /// <summary>How many electors have each weight, and how many of their papers are for.</summary>
        public IEnumerable<(int Electors, int For)> Groups => Papers.GroupBy(p => p.Key.Weight).Select(g => (g.Count(), g.Count(p => p.Value.Choice == Choice.For)));
    }

    /// <param name="Weight">Of the vote; it is published with the paper.</param>
    /// <param name="Client">Of who casts it; null for by a link.</param>
    /// <param name="Gives">Casts nothing: somebody else does for this mandate.</param>
    private sealed record Voter(MandateId Mandate, PersonId Person, int Weight, HttpClient? Client, HttpClient? Gives = null)
    {
        /// <summary>Those of whom a text speaks: by their mandates, or where it names none, by who they are.</summary>
        public static IEnumerable<Voter> Named(IReadOnlyList<Voter> voters, string text)
        {
            var byMandate = voters.Where(v => text.Contains(v.Mandate.ToString(), StringComparison.Ordinal)).Take(2).ToList();
            return byMandate.Count > 0 ? byMandate : voters.Where(v => text.Contains(v.Person.ToString(), StringComparison.Ordinal));
        }

        public int FirstIn(string text) => Positions(text).Where(at => at >= 0).DefaultIfEmpty(-1).Min();

        private int[] Positions(string text) =>
            [text.IndexOf(Mandate.ToString(), StringComparison.Ordinal), text.IndexOf(Person.ToString(), StringComparison.Ordinal)];
    }

    [Fact]
    public async Task Who_has_all_but_the_destroyed_secrets_pairs_electors_and_papers_no_better_than_chance()
    {
        var (lines, random) = (new ConcurrentQueue<string>(), new Random(20261126));
        var connection = await PostgreSql.CloneConnectionStringAsync();
        await using var administrator = NpgsqlDataSource.Create(PostgreSql.AsSuperuser(connection));
        await using var room = new BallotRoom
        {
            Host = new Host { ConnectionString = connection, Replace = services => services.AddSingleton<ILoggerProvider>(new Lines(lines)) },
        };
        await room.InitializeAsync();
        var (board, voters) = await AssemblyAsync(room);
        var from = await ScalarAsync<string>(administrator, "select pg_walfile_name(pg_current_wal_lsn())");

        // Given ballots in which everybody votes, some of them twice
        var truths = new List<Truth>();
        for (var i = 0; i < Ballots; i++)
            truths.Add(await VoteAsync(room, await room.OpenAsync(board, $"Vote secret {i}", secret: true), voters, random));

        // then while they are open no code is anywhere: whoever reads all that is stored, but the secrets, reads no paper.
        var open = await TablesAsync(administrator);
        await ScalarAsync<object>(administrator, "checkpoint");
        var everywhere = new Dictionary<string, byte[]>
        {
            ["tables"] = Encoding.UTF8.GetBytes(string.Join('\n', open.Select(row => row.Text))),
            ["log"] = Encoding.UTF8.GetBytes(string.Join('\n', lines)),
            ["write-ahead log"] = await BytesAsync(
                administrator, "select pg_read_binary_file('pg_wal/' || name) from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$' and name >= $1 order by name", from),
            ["pages of sealed papers"] = await BytesAsync(administrator, "select pg_read_binary_file(pg_relation_filepath($1))", "governance.sealed_paper"),
        };
        foreach (var file in Directory.EnumerateFiles(room.Host.DataDirectory, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".secret", StringComparison.Ordinal)))
            everywhere[file] = await File.ReadAllBytesAsync(file, Stop);
        Assert.Contains(everywhere.Keys, key => key.EndsWith("master.key", StringComparison.Ordinal));
        Assert.True(everywhere["write-ahead log"].AsSpan().IndexOf(Encoding.ASCII.GetBytes(truths[0].Order[0].Mandate.ToString())) >= 0, "The write-ahead log is not the one that was written.");
        foreach (var code in truths.SelectMany(t => t.Papers.Values.Select(p => p.Code).Concat(t.Replaced)))
            Assert.Equal([], everywhere.Where(place => place.Value.AsSpan().IndexOf(Encoding.ASCII.GetBytes(code)) >= 0).Select(place => place.Key));
        Assert.Single(open.Where(row => row.Table == "governance.sealed_paper").Select(row => row.Columns["paper"].Length).Distinct());

        // When they are closed, counted and proclaimed, and their secrets gone
        foreach (var truth in truths)
        {
            foreach (var act in new[] { "closing", "publication", "count", "result" })
                await room.PostAsync(Role.Secretariat, $"/{truth.Ballot}/{act}", new { });
        }

        await room.Host.App.Services.GetRequiredService<PaperPublication>().RoundAsync(Stop);
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        Assert.Empty(room.Host.App.Services.GetRequiredService<BallotBoxes>().Secrets.All());
        var closed = await TablesAsync(administrator);
        Assert.DoesNotContain(closed, row => row.Table == "governance.sealed_paper");
        var published = new Dictionary<Truth, IReadOnlyList<string>>();
        foreach (var truth in truths)
        {
            published[truth] = [.. (await room.EventsAsync(Ballot.Stream(truth.Ballot))).OfType<PapersPublished>().SelectMany(p => p.Papers).Select(p => p.Code)];
            Assert.Equal(truth.Papers.Values.Select(p => p.Code).Order(StringComparer.Ordinal), published[truth]);
            // The holder signed for three others, and no paper says for whom it is.
            Assert.Equal(3, closed.Count(r => r.Table == "public.mt_events" && r.Text.Contains("elector_signed", StringComparison.Ordinal)
                && r.Text.Contains(truth.Ballot.ToString(), StringComparison.Ordinal) && r.Text.Contains("\"giver\"", StringComparison.Ordinal)));
        }

        // then each way to put electors in an order, against each way to put papers in one, hits no more than shuffling would.
        var texts = await TextsAsync(room, truths, lines);
        var attacks = new Dictionary<string, (int Codes, int Choices, int Ballots)>();
        foreach (var truth in truths)
        {
            var orders = ElectorOrders(truth, voters, open, closed, texts);
            var papers = PaperOrders(truth, published[truth], closed, texts);
            foreach (var (of, electors) in orders)
            {
                foreach (var (by, codes) in papers)
                {
                    var (hits, alike) = Hits(truth, electors, codes);
                    var before = attacks.GetValueOrDefault($"{of} / {by}");
                    attacks[$"{of} / {by}"] = (before.Codes + hits, before.Choices + alike, before.Ballots + 1);
                }
            }
        }

        var whole = attacks.Where(a => a.Value.Ballots == Ballots).ToList();
        Assert.InRange(whole.Count, 20, int.MaxValue);
        var tries = OneIn * whole.Count;
        var (mostCodes, mostChoices) = (MostByChance(truths.Sum(t => t.Groups.Count()), tries), MostAlikeByChance(truths, tries));
        Assert.True(mostCodes < Ballots * Electors && mostChoices < Ballots * Electors, "The bounds would let everything pass.");
        Assert.Equal([], whole.Where(a => a.Value.Codes > mostCodes || a.Value.Choices > mostChoices).Select(a => $"{a.Key}: {a.Value}"));

        // The attacker is no straw man: had the papers kept the order of voting, all would be told.
        var told = truths.Sum(t => Hits(t, ElectorOrders(t, voters, open, closed, texts)["mt_events elector_signed ctid"], [.. t.Order.Select(v => t.Papers[v].Code)]).Codes);
        Assert.Equal(Ballots * Electors, told);
    }

    /// <summary>
    /// An assembly of presidents, who weigh two, and of teams, who weigh one: the first president sits in a team, too, and the last of the teams casts the votes of a president and
    /// of two teams.
    /// </summary>
    private static async Task<(Board Board, IReadOnlyList<Voter> Voters)> AssemblyAsync(BallotRoom room)
    {
        var (assembly, presidents, teams) = (BodyId.Of(Guid.CreateVersion7()), BodyId.Of(Guid.CreateVersion7()), BodyId.Of(Guid.CreateVersion7()));
        List<(MandateId Mandate, PersonId Person)> Seats(int count) => [.. Enumerable.Range(0, count).Select(_ => (MandateId.Of(Guid.CreateVersion7()), PersonId.Of(Guid.CreateVersion7())))];
        var (presiding, others) = (Seats(Presidents), Seats(Teams));
        others[0] = others[0] with { Person = presiding[0].Person };
        foreach (var (college, name, weight, seats) in new[] { (presidents, "Présidences", 2, presiding), (teams, "Équipes", 1, others) })
            await room.Host.RecordAsync(
                Host.Slug, Body.Stream(college),
                [new CollegeConstituted(college, name, weight), .. seats.Select(s => new MandateAppointed(s.Mandate, s.Person, Office.Seat))]);
        await room.Host.RecordAsync(Host.Slug, Body.Stream(assembly), [new BodyConstituted(assembly, "Assemblée générale", BodyKind.GeneralAssembly, [presidents, teams])]);

        var clients = new Dictionary<PersonId, HttpClient>();
        foreach (var person in presiding.Concat(others).Select(s => s.Person).Distinct())
            clients[person] = await room.Host.AsAsync($"{person}@essai.example", person);
        var (holder, linked) = (clients[others[^1].Person], others.Skip(1).Take(ByLink).Select(s => s.Person).ToHashSet());
        var givers = new[] { presiding[^1].Mandate, others[^2].Mandate, others[^3].Mandate };
        Voter Of((MandateId Mandate, PersonId Person) seat, int weight) => givers.Contains(seat.Mandate)
            ? new(seat.Mandate, seat.Person, weight, holder, clients[seat.Person])
            : new(seat.Mandate, seat.Person, weight, linked.Contains(seat.Person) ? null : clients[seat.Person]);
        return (new(assembly, default, default, []), [.. presiding.Select(s => Of(s, 2)), .. others.Select(s => Of(s, 1))]);
    }

    private static async Task<Truth> VoteAsync(BallotRoom room, BallotId ballot, IReadOnlyList<Voter> voters, Random random)
    {
        var links = (await room.PostAsync(Role.Secretariat, $"/{ballot}/voting-links", new { })).GetProperty("links").EnumerateArray()
            .ToDictionary(l => PersonId.Of(l.GetProperty("person").GetGuid()), l => l.GetProperty("secret").GetString()!);
        foreach (var giver in voters.Where(v => v.Gives is not null))
        {
            using var given = await giver.Gives!.PostAsJsonAsync(
                $"/api/{Host.Slug}/ballots/{ballot}/proxies", new { giver = giver.Mandate.ToString(), holder = voters[^1].Person.ToString() }, Stop);
            Assert.True(given.IsSuccessStatusCode, await given.Content.ReadAsStringAsync(Stop));
        }

        var order = voters.ToArray();
        random.Shuffle(order);
        var papers = new Dictionary<Voter, (string Code, Choice Choice)>();
        var replaced = new List<string>();
        foreach (var voter in order.Concat(order.Where((_, i) => i % (Electors / Changing) == 1)))
        {
            if (papers.TryGetValue(voter, out var before))
                replaced.Add(before.Code);
            var bytes = new byte[TrackingCode.Length];
            random.NextBytes(bytes);
            var paper = papers[voter] = (TrackingCode.Of(bytes), random.Next(2) == 0 ? Choice.For : Choice.Against);
            using var link = room.Host.As(null);
            link.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", links[voter.Person]);
            using var answer = await (voter.Client ?? link).PostAsJsonAsync(
                $"/api/{Host.Slug}/ballots/{ballot}/papers",
                new { elector = voter.Mandate.ToString(), code = paper.Code, choice = paper.Choice == Choice.For ? "for" : "against" }, Stop);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        }

        Assert.Equal(Changing, replaced.Count);
        return new(ballot, order, papers, replaced);
    }

    /// <summary>A row of any table, with where it lies and which transaction wrote it.</summary>
    private sealed record Row(string Table, IReadOnlyDictionary<string, string> Columns, string Text);

    private static async Task<IReadOnlyList<Row>> TablesAsync(NpgsqlDataSource database)
    {
        var rows = new List<Row>();
        var tables = new List<string>();
        await using (var command = database.CreateCommand("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1"))
        {
            await using var reader = await command.ExecuteReaderAsync(Stop);
            while (await reader.ReadAsync(Stop))
                tables.Add(reader.GetString(0));
        }

        foreach (var table in tables)
        {
            await using var command = database.CreateCommand($"select ctid::text, xmin::text, to_jsonb(t)::text from {table} t");
            await using var reader = await command.ExecuteReaderAsync(Stop);
            while (await reader.ReadAsync(Stop))
            {
                var text = reader.GetString(2);
                var columns = JsonDocument.Parse(text).RootElement.EnumerateObject().ToDictionary(p => p.Name, p => Sortable(p.Value.ToString()));
                columns["ctid"] = string.Concat(reader.GetString(0).Trim('(', ')').Split(',').Select(Sortable));
                columns["xmin"] = Sortable(reader.GetString(1));
                rows.Add(new(table, columns, text));
            }
        }

        return rows;
    }

    // Numbers in the order of numbers.
    private static string Sortable(string value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString("D20", CultureInfo.InvariantCulture) : value;

    /// <summary>All that readers with every right get over HTTP, and all lines of the log.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> TextsAsync(BallotRoom room, IReadOnlyList<Truth> truths, IEnumerable<string> lines)
    {
        var texts = new Dictionary<string, string> { ["log"] = string.Join('\n', lines) };
        foreach (var role in new[] { Role.Auditor, Role.Secretariat })
        {
            foreach (var (truth, i) in truths.Select((t, i) => (t, i)))
            {
                texts[$"ballot {i} for {role}"] = await room.ReadAsync(role, $"/api/{Host.Slug}/ballots/{truth.Ballot}");
                texts[$"page {i} for {role}"] = await room.ReadAsync(role, $"/{Host.Slug}/ballots/{truth.Ballot}", "text/html");
            }
        }

        foreach (var export in new[] { "history.jsonl", "history.csv" })
            texts[export] = await room.ReadAsync(Role.Auditor, $"/api/{Host.Slug}/{export}");
        return texts;
    }

    /// <summary>Every order of the electors of a ballot that anything gives, by what gives it.</summary>
    private static Dictionary<string, IReadOnlyList<Voter>> ElectorOrders(
        Truth truth, IReadOnlyList<Voter> voters, IReadOnlyList<Row> open, IReadOnlyList<Row> closed, IReadOnlyDictionary<string, string> texts)
    {
        var orders = new Dictionary<string, IReadOnlyList<Voter>>();
        var ballot = truth.Ballot.ToString();
        // Events also by what they are: who gave a proxy is known before the vote that it gave.
        foreach (var (of, rows) in closed.GroupBy(r => r.Table)
            .Concat(closed.Where(r => r.Columns.ContainsKey("type")).GroupBy(r => $"{r.Table} {r.Columns["type"]}"))
            .Select(g => (g.Key.Replace("public.", "", StringComparison.Ordinal), g.ToList())))
        {
            // Rows that speak of this ballot, or of no ballot, and of one elector alone.
            var ofOne = rows.Where(r => r.Text.Contains(ballot, StringComparison.Ordinal)).ToList() is { Count: > 0 } speaking ? speaking : rows;
            var byVoter = ofOne.Select(r => (Row: r, Voters: Voter.Named(voters, r.Text).ToList())).Where(r => r.Voters.Select(v => v.Person).Distinct().Count() == 1)
                .SelectMany(r => r.Voters, (r, voter) => (r.Row, Voter: voter)).GroupBy(r => r.Voter, r => r.Row).ToDictionary(g => g.Key, g => g.ToList());
            if (byVoter.Count != Electors)
                continue;
            foreach (var column in byVoter.Values.SelectMany(r => r).SelectMany(r => r.Columns.Keys).Distinct())
                orders[$"{of} {column}"] = [.. voters.OrderBy(v => byVoter[v].Min(r => r.Columns.GetValueOrDefault(column, "")), StringComparer.Ordinal)];
        }

        // While the ballot was open, the transaction that signed for an elector had written a row of the box.
        var signings = open.Where(r => r.Table == "public.mt_events" && r.Text.Contains("elector_signed", StringComparison.Ordinal) && r.Text.Contains(ballot, StringComparison.Ordinal))
            .ToDictionary(r => voters.Single(v => r.Text.Contains(v.Mandate.ToString(), StringComparison.Ordinal)), r => r.Columns["xmin"]);
        var box = open.Where(r => r.Table == "governance.sealed_paper" && r.Text.Contains(ballot, StringComparison.Ordinal)).ToList();
        foreach (var column in new[] { "ctid", "xmin", "key", "paper" })
        {
            var place = signings.ToDictionary(s => s.Key, s => box.FirstOrDefault(r => r.Columns["xmin"] == s.Value)?.Columns[column] ?? "~");
            orders["box " + column] = [.. voters.OrderBy(v => place[v], StringComparer.Ordinal)];
        }

        foreach (var (name, text) in texts.Where(t => t.Value.Contains(ballot, StringComparison.Ordinal)))
        {
            var places = voters.ToDictionary(v => v, v => v.FirstIn(text));
            if (places.Values.All(at => at >= 0))
                orders[Unnumbered(name)] = [.. voters.OrderBy(v => places[v])];
        }

        return orders;
    }

    /// <summary>Every order of the papers that anything gives, each also from its end.</summary>
    private static Dictionary<string, IReadOnlyList<string>> PaperOrders(
        Truth truth, IReadOnlyList<string> published, IReadOnlyList<Row> closed, IReadOnlyDictionary<string, string> texts)
    {
        var orders = new Dictionary<string, IReadOnlyList<string>> { ["published"] = published };
        foreach (var (name, text) in closed.Select(r => (r.Table, r.Text)).Concat(texts.Select(t => (t.Key, t.Value))))
        {
            var places = published.ToDictionary(code => code, code => text.IndexOf(code, StringComparison.Ordinal));
            if (places.Values.All(at => at >= 0))
                orders[Unnumbered(name)] = [.. published.OrderBy(code => places[code])];
        }

        var rows = closed.Select(r => (Row: r, Codes: published.Where(code => r.Text.Contains(code, StringComparison.Ordinal)).Take(2).ToList())).Where(r => r.Codes.Count == 1);
        foreach (var table in rows.GroupBy(r => r.Row.Table))
        {
            var byCode = table.GroupBy(r => r.Codes[0], r => r.Row).ToDictionary(g => g.Key, g => g.First());
            if (byCode.Count != Electors)
                continue;
            foreach (var column in byCode.Values.First().Columns.Keys)
                orders[$"{table.Key} {column}"] = [.. published.OrderBy(code => byCode[code].Columns.GetValueOrDefault(column, ""), StringComparer.Ordinal)];
        }

        foreach (var (name, order) in orders.ToList())
            orders[name + " from its end"] = [.. order.Reverse()];
        return orders;
    }

    // The same source of another ballot.
    private static string Unnumbered(string name) => new([.. name.Where(c => !char.IsAsciiDigit(c))]);

    private static (int Codes, int Choices) Hits(Truth truth, IReadOnlyList<Voter> electors, IReadOnlyList<string> codes)
    {
        var choices = truth.Papers.Values.ToDictionary(p => p.Code, p => p.Choice);
        // Each paper says what it weighs, so that whoever pairs them does it among those that weigh the same.
        var weights = truth.Papers.ToDictionary(p => p.Value.Code, p => p.Key.Weight);
        var pairs = electors.GroupBy(v => v.Weight).SelectMany(g => g.Zip(codes.Where(code => weights[code] == g.Key))).ToList();
        return (pairs.Count(p => truth.Papers[p.First].Code == p.Second), pairs.Count(p => truth.Papers[p.First].Choice == choices[p.Second]));
    }

    /// <summary>
    /// Hits on papers that shuffling exceeds less than once in so many tries. Of n things shuffled, the expected number of ways to choose k that stay in
    /// their place is 1/k!, for each k up to n; over b independent shuffles b^k/k!, which bounds the chance of k or more.
    /// </summary>
    private static int MostByChance(int shuffles, BigInteger oneIn)
    {
        var (power, factorial) = (BigInteger.One, BigInteger.One);
        for (var k = 1; ; k++)
        {
            (power, factorial) = (power * shuffles, factorial * k);
            if (power * oneIn <= factorial)
                return k - 1;
        }
    }

    /// <summary>Hits on choices that shuffling exceeds less than once in so many tries, exactly: of n papers f are for, and j of those fall on electors who voted for, hypergeometric.</summary>
    private static int MostAlikeByChance(IReadOnlyList<Truth> truths, BigInteger oneIn)
    {
        var ways = new BigInteger[] { 1 };
        foreach (var (n, f) in truths.SelectMany(t => t.Groups))
        {
            var next = new BigInteger[ways.Length + n];
            for (var j = Math.Max(0, (2 * f) - n); j <= f; j++)
            {
                var (hits, of) = (n - (2 * (f - j)), Choose(f, j) * Choose(n - f, f - j));
                for (var before = 0; before < ways.Length; before++)
                    next[before + hits] += ways[before] * of;
            }

            ways = next;
        }

        var all = ways.Aggregate(BigInteger.Zero, (sum, w) => sum + w);
        var (beyond, most) = (BigInteger.Zero, ways.Length - 1);
        while ((beyond + ways[most]) * oneIn <= all)
            beyond += ways[most--];
        return most;
    }

    private static BigInteger Choose(int n, int k)
    {
        var ways = BigInteger.One;
        for (var i = 0; i < k; i++)
            ways = ways * (n - i) / (i + 1);
        return ways;
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Stop))!;
    }

    private static async Task<byte[]> BytesAsync(NpgsqlDataSource database, string sql, string argument)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = argument });
        await using var reader = await command.ExecuteReaderAsync(Stop);
        using var bytes = new MemoryStream();
        while (await reader.ReadAsync(Stop))
            bytes.Write(reader.GetFieldValue<byte[]>(0));
        return bytes.ToArray();
    }

    /// <summary>Every line that the host logs, whatever its level.</summary>
    private sealed class Lines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
