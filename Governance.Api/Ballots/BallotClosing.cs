using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;

namespace Governance.Api.Ballots;

/// <summary>What one press does with a ballot that is over: it is closed, its papers published, counted, and its result proclaimed; each an act of its own.</summary>
public static class BallotClosing
{
    /// <summary>Gives the commands one after the other, up to the first that is refused.</summary>
    /// <returns>What that came to; or the last that was recorded.</returns>
    public static async Task<CommandResult> ToResultAsync(
        HttpContext http, CommandEntrance entrance, PaperPublication publication, AssociationId association, BallotId ballot, string key)
    {
        Task<CommandResult> Give(UseCase<BallotRequest> useCase, string? what = null) =>
            entrance.RunAsync(http, useCase, new BallotRequest(ballot), $"{key}-{what ?? useCase.Name}");

        CommandResult? last = null;
        foreach (var act in new Func<Task<CommandResult>>[]
            {
                () => Give(BallotUseCases.Close),
                () => publication.PublishAsync(association, ballot, http.RequestAborted),
                () => BallotUseCases.CountToTheEndAsync(n => Give(BallotUseCases.Count, $"{BallotUseCases.Count.Name}-{n}")),
                () => Give(BallotUseCases.Proclaim),
            })
        {
            var result = await act();
            if (Problems.Of(result) is not null)
                return result;
            last = result is CommandResult.Done || last is null ? result : last;
        }

        return last!;
    }
}
