using System.CommandLine;
using Governance.EventStore;
using Governance.EventStore.Following;

namespace Governance.Api.Kernel.Hosting;

/// <summary><c>rebuild</c>: every read model again from the first event, while other hosts may go on serving.</summary>
public static class RebuildCommand
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    public static Command Make()
    {
        var command = new Command("rebuild", "Rebuild the read models from the first event.");
        command.SetAction(async (arguments, ct) =>
        {
            await using var app = await GovernanceHost.BuildAsync(new HostSettings(arguments.GetValue(CommandLine.Data)!), ct: ct);
            var followers = app.Services.GetRequiredService<FollowerHost>();
            var last = await app.Services.GetRequiredService<EventLog>().LastPositionAsync(ct);
            followers.Start();
            foreach (var follower in await followers.StatusAsync(ct))
                await followers.RebuildAsync(follower.Name, ct);
            while (!await followers.WaitForAllAsync(last, LookEvery, ct: ct))
            {
                foreach (var follower in await followers.StatusAsync(ct))
                    Console.WriteLine($"{follower.Name}: {follower.Checkpoint} / {last}");
                if ((await followers.StatusAsync(ct)).SelectMany(f => f.Parked).ToList() is { Count: > 0 } parked)
                {
                    foreach (var one in parked)
                        await Console.Error.WriteLineAsync($"{one.Follower}: {one.Tenant} @{one.Position}: {one.Error}");
                    return 1;
                }
            }

            foreach (var follower in await followers.StatusAsync(ct))
                Console.WriteLine($"{follower.Name}: {follower.Checkpoint}");
            return 0;
        });
        return command;
    }
}
