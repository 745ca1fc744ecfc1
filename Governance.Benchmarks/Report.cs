using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Governance.EventStore.Embedded;
using Npgsql;

namespace Governance.Benchmarks;

/// <summary>Rows of results, printed and written to <c>results/NAME.md</c> with the machine, the command and the limit beside each.</summary>
internal sealed class Report(string name, string question)
{
    private readonly List<string[]> _rows = [];
    private readonly List<string> _notes = [];
    private string[] _columns = [];
    private readonly string _load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
    private bool _met = true;

    public void Columns(params string[] columns) => _columns = [.. columns, "limit", "kept"];

    /// <summary>A row of the table; <paramref name="kept"/> is null where no limit is set.</summary>
    public void Row(IEnumerable<string> cells, string limit, bool? kept)
    {
        _rows.Add([.. cells, limit, kept switch { true => "yes", false => "**no**", null => "" }]);
        _met &= kept is not false;
        Console.WriteLine($"{name}: {string.Join(" | ", _rows[^1])}");
    }

    public void Note(string note) => _notes.Add(note);

    public static string Number(double value, string format = "#,0") => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Writes the report; true when every limit was kept.</summary>
    public async Task<bool> FinishAsync(PrivatePostgres server)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {name}").AppendLine().AppendLine(question).AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"- Command: `./run bench {name}`");
        text.AppendLine(CultureInfo.InvariantCulture, $"- Machine: {await MachineAsync()}");
        text.AppendLine(CultureInfo.InvariantCulture, $"- Database: {await SettingsAsync(server)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"- Load average before the run: {_load} (a machine with other work has more than 1, and the store's one writer then waits its turn)");
        text.AppendLine(CultureInfo.InvariantCulture, $"- Date: {DateTime.UtcNow:yyyy-MM-dd}").AppendLine();
        text.AppendLine(Line(_columns)).AppendLine(Line([.. _columns.Select(_ => "---")]));
        foreach (var row in _rows)
            text.AppendLine(Line(row));
        if (_notes.Count > 0)
            text.AppendLine();
        foreach (var note in _notes)
            text.AppendLine(note);

        var path = Path.Combine(ResultsDirectory(), name + ".md");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text.ToString());
        Console.WriteLine();
        Console.WriteLine(text);
        return _met;

        static string Line(string[] cells) => $"| {string.Join(" | ", cells)} |";
    }

    private static string ResultsDirectory([CallerFilePath] string source = "") =>
        Directory.Exists(Path.GetDirectoryName(source)) ? Path.Combine(Path.GetDirectoryName(source)!, "results") : Path.Combine(Environment.CurrentDirectory, "results");

    private static async Task<string> MachineAsync()
    {
        var processor = (await File.ReadAllLinesAsync("/proc/cpuinfo")).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "processor unknown";
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores ({processor}), {memory:0} GB, Linux, .NET {Environment.Version}");
    }

    private static async Task<string> SettingsAsync(PrivatePostgres server)
    {
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = database.CreateCommand(
            "select string_agg(name || ' ' || setting || coalesce(' x ' || unit, ''), ', ' order by name) from pg_settings where name in ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers')");
        return $"PostgreSQL on the same machine, {(string)(await command.ExecuteScalarAsync())!}";
    }
}
