using System.CommandLine;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Kernel.Http;
using Governance.EventStore.Log;

namespace Governance.Api.Proofs;

/// <summary><c>log rotate</c> and <c>log new-origin</c>: what an operator does with the keys of an association's transparency log.</summary>
public static class LogCommand
{
    public static Command Make()
    {
        var association = new Option<string>("--association") { Description = "Its short name, or its identifier.", Required = true };
        var rotate = new Command("rotate", "Replace the key that signs; the old one signs the new one.") { association };
        rotate.SetAction(async (arguments, ct) => await RunAsync(
            new HostSettings(arguments.GetValue(CommandLine.Data)!), arguments.GetValue(association)!, RotateAsync, ct));
        var anew = new Command("new-origin", "Begin a new log that names the old one, where the database no longer holds what was published.") { association };
        anew.SetAction(async (arguments, ct) => await RunAsync(
            new HostSettings(arguments.GetValue(CommandLine.Data)!) { DemandsSameLog = false }, arguments.GetValue(association)!, BeginAnewAsync, ct));
        return new Command("log", "The transparency log of an association: its keys.") { rotate, anew };
    }

    private static Task<int> RunAsync(
        HostSettings settings, string association, Func<TransparencyLog, string, CancellationToken, Task<string?>> what, CancellationToken ct) =>
        HostCommand.RunAsync(
            settings,
            async app =>
            {
                var log = app.Services.GetRequiredService<TransparencyLog>();
                var id = AssociationDirectory.Named(association).ToString();
                // Whoever mistypes a name would make keys for nobody.
                if (await log.HeadAsync(id, ct) is null && !log.Keys.Associations().Contains(id))
                {
                    await Console.Error.WriteLineAsync(ProofWording.Say("Command.NoLog", association));
                    return 1;
                }

                if (await what(log, id, ct) is not { } done)
                {
                    await Console.Error.WriteLineAsync(ProofWording.Say("Command.NoCheckpoint", association));
                    return 1;
                }

                Console.WriteLine(done);
                return 0;
            },
            ct);

    private static async Task<string?> RotateAsync(TransparencyLog log, string association, CancellationToken ct)
    {
        var key = await log.RotateAsync(association, ct);
        return $"{ProofWording.Say("Command.Rotated", key.From, log.Keys.Place)}\n\n{key.Rotation}";
    }

    private static async Task<string?> BeginAnewAsync(TransparencyLog log, string association, CancellationToken ct) =>
        await log.BeginAnewAsync(association, ct) is { } note ? $"{ProofWording.Say("Command.Begun", log.Keys.Place)}\n\n{note}" : null;
}
