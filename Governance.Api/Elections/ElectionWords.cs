using Governance.Api.Face.Components;

namespace Governance.Api.Elections;

/// <summary>The marks of what an election and a candidate have come to.</summary>
public static class ElectionWords
{
    public static StateKind State(ElectionStage stage) => stage switch
    {
        ElectionStage.Candidacies => StateKind.Planned,
        ElectionStage.Voting => StateKind.Open,
        ElectionStage.ToInstall => StateKind.Late,
        _ => StateKind.Done,
    };

    public static StateKind State(CandidateStanding standing) => standing switch
    {
        CandidateStanding.Stands => StateKind.Planned,
        CandidateStanding.Elected => StateKind.Adopted,
        CandidateStanding.Installed => StateKind.Done,
        CandidateStanding.Declined => StateKind.Cancelled,
        _ => StateKind.Rejected,
    };
}
