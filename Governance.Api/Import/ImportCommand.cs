using System.CommandLine;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Kernel.Http;
using Governance.Api.Registers;
using Governance.Domain.Kernel;

namespace Governance.Api.Import;

/// <summary>
/// <c>import FILE</c>: the history of an association, entry by entry; what is refused is said with its line and reason. With <c>--register</c> a register as a table:
/// all of it, or nothing and every error with its line and column.
/// </summary>
public static class ImportCommand
{
    private const int SayEvery = 100;

    private static readonly Argument<FileInfo> File = new("FILE") { Description = "A history in YAML, or a register in CSV." };

    private static readonly Option<string?> Register = new("--register") { Description = "Which register FILE is: " + string.Join(", ", RegisterTable.All.Select(r => r.Key)) + "." };

    private static readonly Option<string?> Association = new("--association") { Description = "Short name of the association whose register it is." };

    private static readonly Option<Guid?> Meeting = new("--meeting") { Description = "Identifier of the meeting whose attendance it is." };

    private static readonly Option<string?> Source = new("--source") { Description = "The document that the lines come from: they are then marked as transcribed. What happened since the association is recorded here needs its decision all the same." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would come of it and record nothing." };

    public static Command Make()
    {
        var command = new Command("import", "Import an association's history, or a register.") { File, Register, Association, Meeting, Source, DryRun };
        command.SetAction(async (arguments, ct) =>
        {
            var path = arguments.GetValue(File)!.FullName;
            if (!System.IO.File.Exists(path))
            {
                await Console.Error.WriteLineAsync(ImportWording.Say("no-file", path));
                return 1;
            }

            var (named, association) = (arguments.GetValue(Register), arguments.GetValue(Association));
            var register = RegisterTable.All.FirstOrDefault(r => r.Key == named);
            if ((named is not null && register is null) || (register is not null && (association is null || (register.OfMeeting && arguments.GetValue(Meeting) is null))))
            {
                await Console.Error.WriteLineAsync(ImportWording.Say("which-register", string.Join(", ", RegisterTable.All.Select(r => r.Key))));
                return 1;
            }

            if (RegisterEndpoints.Unfit(arguments.GetValue(Source)) is { } unfit)
            {
                await Console.Error.WriteLineAsync(Wording.Sentence(unfit));
                return 1;
            }

            return await HostCommand.RunAsync(
                new HostSettings(arguments.GetValue(CommandLine.Data)!),
                async app => register is null
                    ? (await RunAsync(app.Services, path, ct)).Faults.Count == 0 ? 0 : 1
                    : await RunAsync(
                        app.Services, register, path, association!, arguments.GetValue(Meeting) is { } meeting ? MeetingId.Of(meeting) : null, arguments.GetValue(Source), arguments.GetValue(DryRun), ct),
                ct);
        });
        return command;
    }

    /// <summary>Imports a register from a table and prints how it went.</summary>
    /// <returns>0 when nothing is wrong with it, 1 otherwise.</returns>
    public static async Task<int> RunAsync(
        IServiceProvider provider, RegisterTable register, string path, string slug, MeetingId? meeting, string? source, bool dryRun, CancellationToken ct)
    {
        if (new FileInfo(path).Length > RegisterTable.MostKibibytes * 1024)
        {
            await Console.Error.WriteLineAsync($"{path}: {Wording.Shape("table.too-large", RegisterTable.MostKibibytes)}");
            return 1;
        }

        if (await provider.GetRequiredService<AssociationDirectory>().FindAsync(slug, ct) is not { } association)
        {
            await Console.Error.WriteLineAsync(Wording.Http("no-such-association", slug));
            return 1;
        }

        var time = provider.GetRequiredService<TimeProvider>();
        var context = CommandContext.OfSystem(association.Id, CommandEntrance.NewKey(), time) with { Zone = association.Zone, CorrelationId = "import" };
        var (summary, result) = await provider.GetRequiredService<RegisterImports>().RunAsync(
            register, Csv.Decode(await System.IO.File.ReadAllBytesAsync(path, ct), out var assumed), meeting, slug, RegisterEndpoints.With(context, source), dryRun, ct);
        if (assumed)
            await Console.Error.WriteLineAsync(RegisterWording.Say("Encoding"));
        foreach (var fault in summary.Faults)
            await Console.Error.WriteLineAsync($"{path}:{fault.Line}: {string.Concat(fault.Column.Length > 0 ? $"{fault.Column} : " : "", fault.Value.Length > 0 ? $"« {fault.Value} » : " : "", fault.Sentence)}");
        if (result is not null && Problems.Of(result) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem.Detail);
            return 1;
        }

        Console.WriteLine(ImportWording.Say(dryRun ? "register-preview" : "register-summary", summary.New, summary.Changed, summary.Unchanged, summary.LeftOut));
        return 0;
    }

    /// <summary>Imports a file and prints how it went.</summary>
    public static async Task<ImportReport> RunAsync(IServiceProvider provider, string path, CancellationToken ct)
    {
        HistoryFile history;
        using (var text = System.IO.File.OpenText(path))
            history = HistoryFile.Read(text);
        var importer = new Importer(provider.GetRequiredService<CommandRunner>(), provider.GetRequiredService<TimeProvider>(), Importables.All,
            provider.GetRequiredService<ImportsUnderWay>(), new FilesBeside(Path.GetDirectoryName(Path.GetFullPath(path))!, provider.GetRequiredService<Documents.DocumentIntake>()));
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
