namespace Governance.Domain.Voting;

/// <summary>What a decision is about, as far as the rules of the statutes tell decisions apart.</summary>
public enum DecisionKind
{
    Ordinary,
    Extraordinary,
    Election,
    RoadmapItem,
    Admission,
    Exclusion,
    Accounts,
    Budget,
    Dues,
    Convention,
    Contribution,
    InternalRules,
    Statutes,
    Dissolution,
}

public static class DecisionKinds
{
    /// <summary>Whether such a decision is a text that is adopted or not, and never a choice between options: all that rests on one asks for an adoption.</summary>
    public static bool IsYesOrNo(this DecisionKind kind) => kind is
        DecisionKind.Admission or DecisionKind.Exclusion or DecisionKind.Accounts or DecisionKind.InternalRules or DecisionKind.Statutes or DecisionKind.Dissolution;
}
