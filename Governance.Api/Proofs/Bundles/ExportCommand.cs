using System.CommandLine;
using System.Globalization;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Kernel.Http;
using Governance.EventStore.Log;

namespace Governance.Api.Proofs.Bundles;

/// <summary><c>export</c>: writes an association's bundle of evidence, which anybody checks without this installation.</summary>
public static class ExportCommand
{
    public static Command Make()
    {
        var association = new Option<string>("--association") { Description = "Its short name, or its identifier.", Required = true };
        var output = new Option<string>("--out") { Description = "The file to write.", Required = true };
        var until = new Option<DateOnly?>("--until") { Description = "The last day of recording to export (2026-03-31, UTC); all without it.", CustomParser = Day };
        var earlier = new Option<string[]>("--checkpoint") { Description = "A checkpoint from before, to prove that this log begins with it; may be given several times." };
        var command = new Command("export", "Write the evidence of an association to a file.") { association, output, until, earlier };
        command.SetAction((arguments, ct) => HostCommand.RunAsync(
            new HostSettings(arguments.GetValue(CommandLine.Data)!),
            app => RunAsync(
                app.Services.GetRequiredService<BundleExport>(), arguments.GetValue(association)!, arguments.GetValue(output)!, arguments.GetValue(until),
                arguments.GetValue(earlier) ?? [], ct),
            ct));
        return command;
    }

    private static DateOnly? Day(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        result.AddError(BundleWording.Say("not-a-day", result.Tokens[0].Value));
        return null;
    }

    private static async Task<int> RunAsync(BundleExport export, string association, string path, DateOnly? until, string[] earlier, CancellationToken ct)
    {
        var notes = new List<SignedNote>();
        foreach (var file in earlier)
        {
            if (!File.Exists(file) || SignedNote.Parse(await File.ReadAllTextAsync(file, ct)) is not { } note)
                return await RefuseAsync("no-note", file);
            notes.Add(note);
        }

        var id = AssociationDirectory.Named(association);
        DateTimeOffset? end = until is { } day ? new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)).AddTicks(-1) : null;
        if (await export.PrepareAsync(id, end, notes, ct) is not { } bundle)
            return await RefuseAsync("nothing-to-export", association);

        // Beside the file, then in its place: a bundle is whole or not there.
        var partial = path + ".partial";
        try
        {
            await using (var output = File.Create(partial))
                await export.WriteAsync(bundle, output, ct);
            File.Move(partial, path, overwrite: true);
        }
        catch (InvalidDataException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync("not-written", path, fault.Message);
        }
        finally
        {
            File.Delete(partial);
        }

        Console.WriteLine(BundleWording.Say("written", path, bundle.Size, Convert.ToBase64String(bundle.Root.Span)));
        if (bundle.OpenBallots > 0)
            Console.WriteLine(BundleWording.Count("ballots-open", bundle.OpenBallots));
        return 0;
    }

    private static async Task<int> RefuseAsync(string sentence, params object?[] arguments)
    {
        await Console.Error.WriteLineAsync(BundleWording.Say(sentence, arguments));
        return 1;
    }
}
