using System.Collections.Concurrent;
using System.Diagnostics;
using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.Ballots;

/// <summary>
/// The turnout of ballots as many look at it while they run. A count of a long roll takes a while, and everybody asks for the same one: it is made once for
/// all who come meanwhile, and shown again for some times as long as it took, at most half a second: with a page that asks each second, nobody is more than two behind.
/// </summary>
public sealed class LiveTurnout(ReadDatabase reads)
{
    private const int TimesAsLong = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(0.5);

    private readonly ConcurrentDictionary<(AssociationId Association, BallotId Ballot), Count> _counts = new();

    /// <summary>Whether somebody is told how many have voted: whoever reads ballots, and whoever came by a link to this one.</summary>
    public static bool Shows(Actor reader, BallotId ballot) => reader.May(Permission.ReadBallots) || reader.Link?.Ballot == ballot;

    /// <summary>The turnout at the two moments of a request; null when the ballot was not opened by then.</summary>
    /// <param name="exact">True for whoever waits to see a vote just recorded: it is counted anew.</param>
    public async Task<Votes.Turnout?> OfAsync(RequestScope scope, BallotId ballot, bool exact, CancellationToken ct)
    {
        if (scope.IsPast || exact)
            return await CountAsync(scope, ballot, ct);
        var count = _counts.AddOrUpdate((scope.Association.Id, ballot), _ => Begin(scope, ballot), (_, last) => last.IsOver ? Begin(scope, ballot) : last);
        return (await count.Made.WaitAsync(ct)).Turnout;
    }

    private Count Begin(RequestScope scope, BallotId ballot) => new(() => CountAsync(scope, ballot, CancellationToken.None));

    private async Task<Votes.Turnout?> CountAsync(RequestScope scope, BallotId ballot, CancellationToken ct) =>
        await Votes.TurnoutAsync(await scope.ViewAsync(reads, ct), ballot, ct);

    /// <summary>A count that is being made, or was made and is still shown.</summary>
    private sealed class Count(Func<Task<Votes.Turnout?>> make)
    {
        private readonly Lazy<Task<(Votes.Turnout? Turnout, long Until)>> _made = new(async () =>
        {
            var begun = Stopwatch.GetTimestamp();
            var turnout = await make();
            var ended = Stopwatch.GetTimestamp();
            return (turnout, ended + Math.Min((ended - begun) * TimesAsLong, (long)(Longest.TotalSeconds * Stopwatch.Frequency)));
        });

        public Task<(Votes.Turnout? Turnout, long Until)> Made => _made.Value;

        // One that failed is made again by whoever comes next.
        public bool IsOver => Made.IsCompleted && !(Made.IsCompletedSuccessfully && Stopwatch.GetTimestamp() < Made.Result.Until);
    }
}
