using System.CommandLine;
using Governance.EventStore.Log;

namespace Governance.Api.Proofs.Bundles;

/// <summary>
/// <c>verify FILE</c>: checks a bundle of evidence and prints each numbered check. Needs no database. Exit code 0 when nothing failed, 1 when something did,
/// 2 when there is no such file, 3 when nothing failed and the bundle does not tell all that was asked.
/// </summary>
public static class VerifyCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "A bundle, as `export` writes it." };
        var own = new Option<string?>("--checkpoint") { Description = "A checkpoint that you kept from before: the bundle has to begin with the log that it is of." };
        var witnesses = new Option<string[]>("--witness") { Description = "Public key of a witness, from elsewhere than the bundle, that must have cosigned that checkpoint or one in the bundle; may be given several times." };
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
            if (keys.Find(key => key.Key is null) is { Text: { } malformed })
            {
                await arguments.InvocationConfiguration.Error.WriteLineAsync(BundleWording.Say("no-witness-key", malformed));
                return 2;
            }

            await using var bundle = File.OpenRead(path);
            var checks = await BundleVerification.RunAsync(bundle, checkpoint is null ? null : await File.ReadAllTextAsync(checkpoint, ct), [.. keys.Select(key => key.Key!)], TimeProvider.System.GetUtcNow(), ct);
            var output = arguments.InvocationConfiguration.Output;
            foreach (var check in checks)
                await output.WriteLineAsync($"{check.Number,2}  {BundleWording.Say("state-" + check.State),-14} {BundleWording.Say("check-line", BundleWording.Say("check-" + check.Of), check.Reason)}");
            var failed = checks.Count(check => check.State == CheckState.Failed);
            var unjudged = checks.Count(check => check.State == CheckState.Unjudged);
            await output.WriteLineAsync(failed > 0 ? BundleWording.Count("not-verified", failed) : unjudged > 0 ? BundleWording.Count("not-judged", unjudged) : BundleWording.Say("verified"));
            return failed > 0 ? 1 : unjudged > 0 ? 3 : 0;
        });
        return command;
    }
}
