using System.CommandLine;
using Governance.EventStore.Log;

namespace Governance.Api.Proofs.Bundles;

/// <summary>
/// <c>verify FILE</c>: checks a bundle of evidence and prints each numbered check. Needs no database. Exit code 0 when nothing failed, 1 when something did,
/// 2 when there is no such file.
/// </summary>
public static class VerifyCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "A bundle, as `export` writes it." };
        var own = new Option<string?>("--checkpoint") { Description = "A checkpoint that you kept from before: the bundle has to begin with the log that it is of." };
        var witnesses = new Option<string[]>("--witness") { Description = "Public key of a witness that must have cosigned that checkpoint; may be given several times." };
        var command = new Command("verify", "Check a bundle of evidence, offline.") { file, own, witnesses };
        command.SetAction(async (arguments, ct) =>
        {
            var (path, checkpoint) = (arguments.GetValue(file)!, arguments.GetValue(own));
            if (new[] { path, checkpoint }.FirstOrDefault(named => named is not null && !File.Exists(named)) is { } missing)
            {
                await arguments.InvocationConfiguration.Error.WriteLineAsync(BundleWording.Say("no-file", missing));
                return 2;
            }

            var keys = (arguments.GetValue(witnesses) ?? []).Select(text => (Text: text, Key: WitnessKey.Parse(text))).ToList();
            var refused = keys.Find(key => key.Key is null) is { Text: { } malformed } ? BundleWording.Say("no-witness-key", malformed)
                : keys.Count > 0 && checkpoint is null ? BundleWording.Say("witness-of-nothing")
                : null;
            if (refused is not null)
            {
                await arguments.InvocationConfiguration.Error.WriteLineAsync(refused);
                return 2;
            }

            await using var bundle = File.OpenRead(path);
            var checks = await BundleVerification.RunAsync(bundle, checkpoint is null ? null : await File.ReadAllTextAsync(checkpoint, ct), [.. keys.Select(key => key.Key!)], ct);
            var output = arguments.InvocationConfiguration.Output;
            foreach (var check in checks)
                await output.WriteLineAsync($"{check.Number,2}  {BundleWording.Say("state-" + check.State),-14} {BundleWording.Say("check-" + check.Of)}: {check.Reason}");
            var failed = checks.Count(check => check.State == CheckState.Failed);
            await output.WriteLineAsync(failed == 0 ? BundleWording.Say("verified") : BundleWording.Say("not-verified", failed));
            return failed == 0 ? 0 : 1;
        });
        return command;
    }
}
