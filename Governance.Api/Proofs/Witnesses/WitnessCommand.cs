using System.CommandLine;
using Governance.EventStore.Log;
using Governance.EventStore.Vault;

namespace Governance.Api.Proofs.Witnesses;

/// <summary>
/// <c>witness</c>: watches a log from elsewhere, without a database. Exit code 0 when it goes on from what was seen before, 1 when two of its checkpoints contradict
/// each other, 2 when nothing was learned, 3 when it was begun anew under another name.
/// </summary>
public static class WitnessCommand
{
    public static Command Make()
    {
        var address = new Option<string>("--log") { Description = "Address of the log: https://HOST/api/ASSOCIATION/log.", Required = true };
        var key = new Option<string>("--key") { Description = "A public key of the log, from elsewhere than the host: name+hash+base64.", Required = true };
        var directory = new Option<string>("--dir") { Description = "Where the witness keeps its own key and what it cosigned; made when it is not there.", Required = true };
        var name = new Option<string?>("--name") { Description = "What a new witness is called, such as witness.example.org; by its key without it." };
        var once = new Option<bool>("--once") { Description = "Look once; so it does without --every." };
        var every = new Option<int?>("--every") { Description = "Look again after so many minutes, until the log itself signs what contradicts it, or that it was begun anew." };
        var compare = new Option<string?>("--compare") { Description = "Hold somebody else's copy of a checkpoint against the log and one's own; nothing is cosigned." };
        every.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 10_080)
                result.AddError(WitnessWording.Say("every"));
        });
        var command = new Command("witness", "Watch the log of an association from elsewhere, and cosign what it shows.") { address, key, directory, name, once, every, compare };
        command.Validators.Add(result =>
        {
            if (new[] { result.GetResult(once) is { Implicit: false }, result.GetResult(every) is not null, result.GetResult(compare) is not null }.Count(given => given) > 1)
                result.AddError(WitnessWording.Say("one-of"));
        });
        command.SetAction(async (arguments, ct) =>
        {
            var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
            if (!Uri.TryCreate(arguments.GetValue(address), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                return await RefuseAsync(error, WitnessWording.Say("no-address", arguments.GetValue(address)));
            if (VerifierKey.Parse(arguments.GetValue(key)!) is not { } trusted)
                return await RefuseAsync(error, WitnessWording.Say("no-key", arguments.GetValue(key)));
            if (arguments.GetValue(compare) is { } named && !File.Exists(named))
                return await RefuseAsync(error, WitnessWording.Say("no-copy", named));
            try
            {
                using var files = WitnessFiles.Open(arguments.GetValue(directory)!, arguments.GetValue(name));
                if (files is null)
                    return await RefuseAsync(error, WitnessWording.Say("in-use", arguments.GetValue(directory)));
                using var log = new ShownLog(uri);
                var witness = new Witness(files, log, trusted, TimeProvider.System);
                if (arguments.GetValue(compare) is { } copy)
                    return await SayAsync(await witness.CompareAsync(await CopyAsync(copy, ct), ct), output, error);
                while (true)
                {
                    var outcome = await witness.RoundAsync(ct);
                    var code = await SayAsync(outcome, output, error);
                    if (arguments.GetValue(every) is not { } minutes || outcome.Ends)
                        return code;
                    await Task.Delay(TimeSpan.FromMinutes(minutes), TimeProvider.System, ct);
                }
            }
            catch (KeyFileException fault)
            {
                return await RefuseAsync(error, ProofWording.Of(fault));
            }
            catch (WitnessFilesException fault)
            {
                return await RefuseAsync(error, WitnessWording.Say("files-" + fault.Fault, fault.Named, fault.Beside));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                return await RefuseAsync(error, WitnessWording.Say("files", fault.Message));
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return 0;
            }
        });
        return command;
    }

    private static async Task<string> CopyAsync(string path, CancellationToken ct)
    {
        using var reader = new StreamReader(path);
        var text = new char[SignedNote.LongestText + 1];
        return new string(text, 0, await reader.ReadBlockAsync(text, ct));
    }

    private static async Task<int> SayAsync(WitnessOutcome outcome, TextWriter output, TextWriter error)
    {
        await (outcome.Exit == WitnessExit.Consistent ? output : error).WriteLineAsync(outcome.Sentence);
        if (outcome.HandedIn is { } said)
            await output.WriteLineAsync(said);
        if (outcome.Cosigned is { } note)
            await output.WriteAsync($"\n{note}");
        return (int)outcome.Exit;
    }

    private static async Task<int> RefuseAsync(TextWriter error, string sentence)
    {
        await error.WriteLineAsync(sentence);
        return (int)WitnessExit.NothingLearned;
    }
}
