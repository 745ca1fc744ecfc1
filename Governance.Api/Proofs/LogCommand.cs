using System.CommandLine;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Kernel.Http;
using Governance.EventStore.Log;

namespace Governance.Api.Proofs;

/// <summary><c>log rotate</c>, <c>log new-origin</c> and <c>log witness</c>: what an operator does with the keys of an association's transparency log and of its witnesses.</summary>
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
        var key = new Argument<string>("KEY") { Description = "The public key of the witness: name+hash+base64, as its witness.pub has it." };
        var remove = new Option<bool>("--remove") { Description = "Take its cosignatures no more, and show them no more." };
        var witness = new Command("witness", "Register a witness, whose cosignatures are then taken and shown.") { association, key, remove };
        witness.SetAction(async (arguments, ct) =>
        {
            if (WitnessKey.Parse(arguments.GetValue(key)!) is { } parsed)
            {
                return await RunAsync(
                    new HostSettings(arguments.GetValue(CommandLine.Data)!), arguments.GetValue(association)!,
                    (log, id, _) => Task.FromResult(arguments.GetValue(remove) ? Remove(log, id, parsed) : Register(log, id, parsed)), ct);
            }

            await Console.Error.WriteLineAsync(ProofWording.Say("Command.NoWitnessKey", arguments.GetValue(key)!));
            return 1;
        });
        return new Command("log", "The transparency log of an association: its keys, and its witnesses.") { rotate, anew, witness };
    }

    private static Task<int> RunAsync(
        HostSettings settings, string association, Func<TransparencyLog, string, CancellationToken, Task<Outcome>> what, CancellationToken ct) =>
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

                var (isDone, sentence) = await what(log, id, ct);
                await (isDone ? Console.Out : Console.Error).WriteLineAsync(sentence);
                return isDone ? 0 : 1;
            },
            ct);

    private readonly record struct Outcome(bool IsDone, string Sentence);

    private static async Task<Outcome> RotateAsync(TransparencyLog log, string association, CancellationToken ct)
    {
        var key = await log.RotateAsync(association, ct);
        return new(true, $"{ProofWording.Say("Command.Rotated", key.From, log.Keys.Place)}\n\n{key.Rotation}");
    }

    private static async Task<Outcome> BeginAnewAsync(TransparencyLog log, string association, CancellationToken ct) =>
        await log.BeginAnewAsync(association, ct) is { } note
            ? new(true, $"{ProofWording.Say("Command.Begun", log.Keys.Place)}\n\n{note}")
            : new(false, ProofWording.Say("Command.NoCheckpoint", association));

    private static Outcome Register(TransparencyLog log, string association, WitnessKey witness) =>
        log.Witnesses.Register(association, witness)
            ? new(true, ProofWording.Say("Command.WitnessAdded", witness.Name))
            : new(false, ProofWording.Say("Command.WitnessNotAdded", witness.Name, LogWitnesses.Most));

    private static Outcome Remove(TransparencyLog log, string association, WitnessKey witness) =>
        log.Witnesses.Remove(association, witness)
            ? new(true, ProofWording.Say("Command.WitnessRemoved", witness.Name))
            : new(false, ProofWording.Say("Command.WitnessUnknown", witness.Name));
}
