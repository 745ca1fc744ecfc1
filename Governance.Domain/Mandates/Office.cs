namespace Governance.Domain.Mandates;

/// <summary>The quality in which a mandate is held. Every mandate is a seat in its body; an office is a seat with a charge.</summary>
public enum Office
{
    Seat,
    President,
    CoPresident,
    VicePresident,
    Treasurer,
    DeputyTreasurer,
    Secretary,
    DeputySecretary,
    Auditor,
    Coordinator,
}

/// <summary>Why a mandate came to its end.</summary>
public enum EndReason
{
    Term,
    Resignation,
    Death,
    Revocation,
    Replaced,
    MembershipEnded,
    NotRatified,
    Incompatibility,

    /// <summary>The vote that gave it was annulled.</summary>
    ElectionAnnulled,
}

public static class Offices
{
    /// <summary>
    /// Held by one person at a time in a body. Statutes that share the charge use the shared office: co-presidents, deputies.
    /// </summary>
    public static bool IsUnique(this Office office) => office is Office.President or Office.Treasurer or Office.Secretary;
}
