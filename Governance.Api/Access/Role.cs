namespace Governance.Api.Access;

/// <summary>
/// What somebody is today in one association. All but the last follow from mandates; <see cref="Administrator"/> is technical, a flag of the
/// account, without rights of governance.
/// </summary>
public enum Role
{
    /// <summary>Holds a mandate in the general assembly or a college.</summary>
    Member,

    /// <summary>Holds a mandate in the board or the bureau.</summary>
    BoardMember,

    /// <summary>Holds a mandate in the secretariat.</summary>
    Secretariat,

    /// <summary>Holds a mandate in a body of auditors.</summary>
    Auditor,

    /// <summary>Runs the installation.</summary>
    Administrator,
}
