using System.CommandLine;
using Governance.EventStore.Log;
using Governance.Projections.Runtime;

namespace Governance.Api.Kernel.Hosting;

/// <summary>
/// <c>rebuild</c>: every read model again from the first event, beside the live one, which serves meanwhile. <c>rebuild --check</c> builds them
/// to compare only, and the tree of each association's events too: the live ones stay.
/// </summary>
public static class RebuildCommand
{
    public static Command Make()
    {
        var check = new Option<bool>("--check") { Description = "Compare with the live read models, byte for byte, and change nothing." };
        var command = new Command("rebuild", "Rebuild the read models from the first event.") { check };
        command.SetAction(async (arguments, ct) =>
        {
            // What is wrong with a database is found out here: a log that is not the one that was published keeps nobody out.
            await using var app = await GovernanceHost.BuildAsync(new HostSettings(arguments.GetValue(CommandLine.Data)!) { DemandsSameLog = false }, ct: ct);
            return arguments.GetValue(check)
                ? await CheckAsync(app.Services.GetRequiredService<RebuildCheck>(), ct) + await CheckAsync(app.Services.GetRequiredService<TransparencyLog>(), ct) == 0 ? 0 : 1
                : await RebuildAsync(app.Services.GetRequiredService<Rebuild>(), ct);
        });
        return command;
    }

    private static async Task<int> RebuildAsync(Rebuild rebuild, CancellationToken ct)
    {
        var stopped = 0;
        foreach (var model in ReadModels.All)
        {
            var rebuilt = await rebuild.RunAsync(model, ct);
            Console.WriteLine($"{rebuilt.Model}: {rebuilt.Events} events, up to position {rebuilt.Position}");
            foreach (var one in rebuilt.Stopped)
                await Console.Error.WriteLineAsync($"{rebuilt.Model}: {one.Tenant} @{one.Position}: {one.Error}");
            stopped += rebuilt.Stopped.Count;
        }

        return stopped == 0 ? 0 : 1;
    }

    private static async Task<int> CheckAsync(TransparencyLog log, CancellationToken ct)
    {
        var compared = await log.CompareAsync(ct);
        foreach (var one in compared)
        {
            Console.WriteLine(
                $"{(one.Equal ? "equal" : "DIFFERENT")}  {TransparencyLogFollower.FollowerName} of {one.Association}: {one.Size} events, root {Convert.ToHexStringLower(one.Root.Span)}");
            if (one.Equal)
                continue;
            await Console.Error.WriteLineAsync($"{one.Association}: the events give root {Convert.ToHexStringLower(one.Recomputed.Span)}");
            foreach (var tile in one.WrongTiles)
                await Console.Error.WriteLineAsync($"{one.Association}: tile {tile.Index} of level {tile.Level} is not what the events give");
        }

        return compared.Count(one => !one.Equal);
    }

    private static async Task<int> CheckAsync(RebuildCheck check, CancellationToken ct)
    {
        var different = 0;
        foreach (var model in ReadModels.All)
        {
            var compared = await check.RunAsync(model, ct);
            Console.WriteLine(
                $"{(compared.Equal ? "equal" : "DIFFERENT")}  {compared.Model} at position {compared.Position}: {compared.Live.Rows} rows, sha256 {compared.Live.Sha256}");
            if (compared.Equal)
                continue;
            different++;
            await Console.Error.WriteLineAsync($"{compared.Model}: rebuilt {compared.Rebuilt.Rows} rows, sha256 {compared.Rebuilt.Sha256}");
            foreach (var difference in compared.Differences)
                await Console.Error.WriteLineAsync(difference);
        }

        return different == 0 ? 0 : 1;
    }
}
