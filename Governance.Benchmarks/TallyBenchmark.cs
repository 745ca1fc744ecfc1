using System.Diagnostics;
using System.Globalization;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.EventStore.Embedded;
using Npgsql;
using NpgsqlTypes;

namespace Governance.Benchmarks;

/// <summary>A million papers read from storage and counted by each method, beside the bare read of the same rows.</summary>
internal sealed class TallyBenchmark : Benchmark
{
    private const int Papers = 1_000_000, Options = 20, PapersARow = 1000, Rounds = 3;
    private const double LimitMegabytes = 500;
    private static readonly string[] Names = [.. Enumerable.Range(1, Options).Select(i => i.ToString("'option' 00", CultureInfo.InvariantCulture))];
    private static readonly string[] Grades = ["excellent", "very good", "good", "acceptable", "poor", "to reject"];

    private static readonly MethodRules Rules = new(
        null, RulesInForce.DefaultArticle, new(RulesInForce.DefaultArticle, QuorumRule.None), new(RulesInForce.DefaultArticle, CollegesRule.Pooled),
        new(RulesInForce.DefaultArticle, new TieRule(TieBreak.Lot)));

    /// <summary>A ballot to count: what its papers look like, how they are counted, and in how many seconds.</summary>
    private sealed record Ballot(string Name, Func<Random, byte[]> Paper, Func<IReader> Reader, double? Limit);

    /// <summary>Takes papers one by one and is asked for the outcome at the end.</summary>
    private interface IReader
    {
        void Add(ReadOnlySpan<byte> paper);

        int Finish();
    }

    public override string Name => "tally";

    public override string Question =>
        $"{Papers:#,0} papers of {Options} options, as different as chance makes them, read from PostgreSQL one after the other and counted, outcome with all its steps included. "
        + $"Papers are stored packed, {PapersARow:#,0} in a row, as a closed ballot may keep them, or one in a row; beside each count stands the bare read of the same rows. Times are "
        + $"medians of {Rounds}; processor time is the counting process's own, the database's not; memory is the most that the process held while it counted, everything included.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("method", "papers a row", "read and count s", "bare read s", "difference s", "processor s", "memory MB");
        await using var database = await NewDatabaseAsync(server);
        foreach (var ballot in Ballots())
        {
            foreach (var papersARow in (int[])[PapersARow, 1])
            {
                await StoreAsync(database, ballot, papersARow);
                var (counts, reads, processor, memory) = (new List<double>(), new List<double>(), new List<double>(), 0.0);
                for (var round = 0; round < Rounds; round++)
                {
                    reads.Add((await ReadAsync(database, () => new Bare())).Seconds);
                    var (seconds, own, megabytes) = await ReadAsync(database, ballot.Reader);
                    counts.Add(seconds);
                    processor.Add(own);
                    memory = Math.Max(memory, megabytes);
                }

                var limit = papersARow == 1 ? null : ballot.Limit;
                report.Row(
                    [
                        ballot.Name, Report.Number(papersARow), Report.Number(Median(counts), "0.000"), Report.Number(Median(reads), "0.000"),
                        Report.Number(Median(counts) - Median(reads), "0.000"), Report.Number(Median(processor), "0.000"), Report.Number(memory),
                    ],
                    limit is null ? "" : Report.Number(limit.Value, "0.0") + " s, " + Report.Number(LimitMegabytes) + " MB",
                    limit is null ? null : Median(counts) < limit && memory < LimitMegabytes);
            }
        }
    }

    private static IEnumerable<Ballot> Ballots()
    {
        yield return new("motion", chance => [(byte)chance.Next(4)], () => new MotionReader(), 0.5);
        yield return Counted("schulze", new Schulze(), Ranking, 3);
        yield return Counted("single transferable vote, 5 seats", new SingleTransferableVote(5), Ranking, 5);
        yield return Counted("single transferable vote, 10 seats", new SingleTransferableVote(10), Ranking, 5);
        yield return Counted("majority judgment", new MajorityJudgment(Grades), GradesOf, 1);
        yield return Counted("approval", new Approval(), Choice, null);
        yield return Counted("plurality", new Plurality(), chance => new Paper.Choices([Names[chance.Next(Options)]]), null);
        yield return Counted("points", new Points(10), Shared, null);
    }

    private static Ballot Counted(string name, Method method, Func<Random, Paper> paper, double? limit)
    {
        var question = new Question(method, Names, null, Names);
        var packing = new PackedPaper(question);
        return new(
            name,
            chance => packing.TryPack(paper(chance), out var packed) is { } wrong ? throw new InvalidOperationException(wrong.Code) : packed,
            () => new MethodReader(question.Count()),
            limit);
    }

    // Earlier options are liked more, so that there are surpluses to pass on; all twenty are ranked.
    private static Paper Ranking(Random chance) => new Paper.Ranking(
        [.. Names.Select((name, i) => (name, key: chance.NextDouble() * (4 + i))).OrderBy(o => o.key).Select(o => (IReadOnlyList<string>)[o.name])]);

    private static Paper GradesOf(Random chance) => new Paper.Grades([.. Names.Select(name => new OptionGrade(name, Grades[chance.Next(Grades.Length)]))]);

    private static Paper Choice(Random chance) => new Paper.Choices([.. Names.Where(_ => chance.Next(3) == 0)]);

    private static Paper Shared(Random chance) => new Paper.Points(
        [.. Enumerable.Range(0, 10).Select(_ => Names[chance.Next(Options)]).GroupBy(n => n).Select(g => new OptionPoints(g.Key, g.Count()))]);

    private static async Task StoreAsync(NpgsqlDataSource database, Ballot ballot, int papersARow)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using (var create = new NpgsqlCommand("drop table if exists papers; create table papers (id bigint primary key, papers bytea not null)", connection))
            await create.ExecuteNonQueryAsync();
        var chance = new Random(20);
        using var row = new MemoryStream();
        await using (var copy = await connection.BeginBinaryImportAsync("copy papers from stdin (format binary)"))
        {
            for (var i = 0; i < Papers; i += papersARow)
            {
                row.SetLength(0);
                for (var p = 0; p < papersARow; p++)
                {
                    var paper = ballot.Paper(chance);
                    row.WriteByte((byte)paper.Length);
                    row.Write(paper);
                }

                await copy.StartRowAsync();
                await copy.WriteAsync((long)i, NpgsqlDbType.Bigint);
                await copy.WriteAsync(row.ToArray(), NpgsqlDbType.Bytea);
            }

            await copy.CompleteAsync();
        }

        await using var settle = new NpgsqlCommand("vacuum analyze papers", connection);
        await settle.ExecuteNonQueryAsync();
    }

    private static async Task<(double Seconds, double Processor, double Megabytes)> ReadAsync(NpgsqlDataSource database, Func<IReader> start)
    {
        GC.Collect();
        var most = 0L;
        var processor = Environment.CpuUsage.TotalTime;
        using var sampling = new Timer(_ => most = Math.Max(most, Environment.WorkingSet), null, 0, 20);
        var before = Stopwatch.GetTimestamp();
        var reader = start();
        var buffer = new byte[PapersARow * 256];
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select papers from papers order by id", connection);
        await using (var rows = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess))
        {
            while (await rows.ReadAsync())
            {
                var length = (int)rows.GetBytes(0, 0, buffer, 0, buffer.Length);
                for (var at = 0; at < length; at += 1 + buffer[at])
                    reader.Add(buffer.AsSpan(at + 1, buffer[at]));
            }
        }

        if (reader.Finish() != Papers)
            throw new InvalidOperationException("Not every paper was read.");
        return (
            Stopwatch.GetElapsedTime(before).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds,
            Math.Max(most, Environment.WorkingSet) / (1024.0 * 1024));
    }

    private sealed class Bare : IReader
    {
        private int _papers;

        public void Add(ReadOnlySpan<byte> paper) => _papers++;

        public int Finish() => _papers;
    }

    private sealed class MotionReader : IReader
    {
        private readonly MotionPapers _papers = new();

        public void Add(ReadOnlySpan<byte> paper) => _papers.Add((Domain.Voting.Choice)paper[0], 1, Fraction.One);

        public int Finish()
        {
            var rules = new MotionRules(
                null, Rules.Quorum, new(RulesInForce.DefaultArticle, MajorityRule.MoreThanHalfExpressed), Rules.Colleges, Rules.Tie);
            return (int)Motion.Judge(rules, [new(new(Papers, Papers), Fraction.One)], _papers.Groups).Counts.Papers.Heads;
        }
    }

    private sealed class MethodReader(MethodCount count) : IReader
    {
        public void Add(ReadOnlySpan<byte> paper) => count.Add(paper, 1, Fraction.One);

        public int Finish()
        {
            var outcome = count.Result(Rules);
            return outcome.Ranking.Sum(g => g.Count) == Options ? (int)outcome.Counts.Papers.Heads : 0;
        }
    }
}
