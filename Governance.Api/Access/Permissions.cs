using System.Collections.Frozen;

namespace Governance.Api.Access;

/// <summary>The one table of who may do what. A right that is not written here is not given.</summary>
public static class Permissions
{
    private static readonly Permission[] Reading = [Permission.ReadRegister, Permission.ReadBallots, Permission.ReadHistory];

    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> Table = new Dictionary<Role, FrozenSet<Permission>>
    {
        [Role.Member] = [.. Reading],
        [Role.BoardMember] = [.. Reading, Permission.KeepRoadmap, Permission.ReportOnWorkstreams],
        [Role.Secretariat] =
        [
            .. Reading, Permission.ConductBallots, Permission.ConductMeetings, Permission.KeepAssociation, Permission.KeepStatutes, Permission.KeepMembers, Permission.KeepMandates,
            Permission.KeepRoadmap, Permission.ReportOnWorkstreams, Permission.KeepGroups, Permission.KeepConventions, Permission.KeepDocuments, Permission.CorrectRecord,
        ],
        [Role.Auditor] = [.. Reading, Permission.Audit],
        [Role.Administrator] = [Permission.FoundAssociations, Permission.AdministerAccounts, Permission.Operate],
    }.ToFrozenDictionary();

    /// <summary>
    /// Rights of a role beyond those of everyone: <see cref="Permission.Public"/>, <see cref="Permission.OwnAccount"/> once signed in, and
    /// <see cref="Permission.Vote"/> for whoever is somebody in the association.
    /// </summary>
    public static IReadOnlySet<Permission> Of(Role role) => Table[role];
}
