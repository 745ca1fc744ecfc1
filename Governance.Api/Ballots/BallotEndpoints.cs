using Governance.Api.Kernel.Http;

namespace Governance.Api.Ballots;

public static class BallotEndpoints
{
    /// <summary>Commands and reads of ballots, under <c>/api/{slug}</c>.</summary>
    public static void MapBallots(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/ballots", BallotUseCases.Draft, created: "ballots/{ballot}");
        api.MapCommand("/ballots/outcomes", BallotUseCases.Transcribe, created: "ballots/{ballot}");
        api.MapCommand("/ballots/{ballot}/secrecy-demands", BallotUseCases.DemandSecrecy);
        api.MapCommand("/ballots/{ballot}/secrecy", BallotUseCases.HoldInSecret);
        api.MapCommand("/ballots/{ballot}/opening", BallotUseCases.Open);
        api.MapCommand("/ballots/{ballot}/votes", BallotUseCases.Cast);
        api.MapCommand("/ballots/{ballot}/papers", BallotUseCases.CastSecretly);
        api.MapCommand("/ballots/{ballot}/paper-entries", BallotUseCases.EnterPaper);
        api.MapCommand("/ballots/{ballot}/hands", BallotUseCases.CountHands);
        api.MapCommand("/ballots/{ballot}/roll-call", BallotUseCases.AnswerRollCall);
        api.MapCommand("/ballots/{ballot}/publication", BallotUseCases.Publish);
        api.MapCommand("/ballots/{ballot}/proxies", BallotUseCases.GiveProxy);
        api.MapCommand("/ballots/{ballot}/proxies/received", BallotUseCases.RecordProxy);
        api.MapCommand("/ballots/{ballot}/proxies/{giver}/reassignment", BallotUseCases.ReassignProxy);
        api.MapCommand("/ballots/{ballot}/proxies/{giver}/revocation", BallotUseCases.RevokeProxy);
        api.MapCommand("/ballots/{ballot}/proxies/{giver}/end", BallotUseCases.EndProxy);
        api.MapCommand("/ballots/{ballot}/closing", BallotUseCases.Close);
        api.MapCommand("/ballots/{ballot}/count", BallotUseCases.Count);
        api.MapCommand("/ballots/{ballot}/result", BallotUseCases.Proclaim);
        api.MapCommand("/ballots/{ballot}/tie", BallotUseCases.PartTie);
        api.MapCommand("/ballots/{ballot}/annulment", BallotUseCases.Annul);
        api.MapVotingLinks();
        api.MapBallotReads();
        api.MapCommand("/ballots/{ballot}/irregularities/{late}/confirmation", BallotUseCases.Confirm);
    }
}
