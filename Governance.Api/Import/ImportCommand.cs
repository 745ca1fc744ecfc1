using System.CommandLine;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;

namespace Governance.Api.Import;

/// <summary><c>import FILE</c>: the history of an association, entry by entry; what is refused is said with its line and reason.</summary>
public static class ImportCommand
{
    private const int SayEvery = 100;

    private static readonly Argument<FileInfo> File = new("FILE") { Description = "A history in YAML." };

    public static Command Make()
    {
        var command = new Command("import", "Import an association's history.") { File };
        command.SetAction(async (arguments, ct) =>
        {
            var path = arguments.GetValue(File)!.FullName;
            if (!System.IO.File.Exists(path))
            {
                await Console.Error.WriteLineAsync(ImportWording.Say("no-file", path));
                return 1;
            }

            return await HostCommand.RunAsync(
                new HostSettings(arguments.GetValue(CommandLine.Data)!), async app => (await RunAsync(app.Services, path, ct)).Faults.Count == 0 ? 0 : 1, ct);
        });
        return command;
    }

    /// <summary>Imports a file and prints how it went.</summary>
    public static async Task<ImportReport> RunAsync(IServiceProvider provider, string path, CancellationToken ct)
    {
        HistoryFile history;
        using (var text = System.IO.File.OpenText(path))
            history = HistoryFile.Read(text);
        var importer = new Importer(provider.GetRequiredService<CommandRunner>(), provider.GetRequiredService<TimeProvider>(), Importables.All,
            new FilesBeside(Path.GetDirectoryName(Path.GetFullPath(path))!, provider.GetRequiredService<Documents.DocumentIntake>()));
        var report = await importer.ImportAsync(
            history,
            done =>
            {
                if (done % SayEvery == 0 || done == history.Entries.Count)
                    Console.WriteLine($"{done} / {history.Entries.Count}");
            },
            ct);
        foreach (var fault in report.Faults)
            await Console.Error.WriteLineAsync($"{path}:{fault.Line}: {fault.Sentence}");
        Console.WriteLine(ImportWording.Say("summary", report.Recorded, report.Known, report.Faults.Count));
        return report;
    }
}
