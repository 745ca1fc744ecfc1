namespace Governance.Api.Access;

/// <summary>What an endpoint, page or command asks of whoever uses it. Each names exactly one.</summary>
public enum Permission
{
    /// <summary>Anyone, signed in or not.</summary>
    Public,

    /// <summary>Anyone who is signed in, for what is their own: account, tokens, password.</summary>
    OwnAccount,

    /// <summary>The dashboard, members, bodies, mandates, statutes, roadmap, working groups: the register as the association's own people read it.</summary>
    ReadRegister,

    /// <summary>Ballots, their state and proclaimed results.</summary>
    ReadBallots,

    /// <summary>What happened: every event in words, with its proof.</summary>
    ReadHistory,

    /// <summary>The events as recorded, exports and proofs.</summary>
    Audit,

    /// <summary>Casting and changing one's own vote: anybody who is somebody in the association. The roll of the ballot, frozen at its opening, decides.</summary>
    Vote,

    /// <summary>Drafting and opening ballots, closing them, proclaiming results: the chair's acts, done by whoever keeps the records.</summary>
    ConductBallots,

    /// <summary>Planning, convening, recording and closing meetings: the chair's acts, done by whoever keeps the records.</summary>
    ConductMeetings,

    /// <summary>Title, purpose, seat, declarations of the association.</summary>
    KeepAssociation,

    /// <summary>Drafting, adopting and bringing into force versions of the statutes.</summary>
    KeepStatutes,

    /// <summary>Members: admission, dues, suspension, resignation, exclusion.</summary>
    KeepMembers,

    /// <summary>People, bodies, colleges and the mandates held in them.</summary>
    KeepMandates,

    /// <summary>The roadmap and its workstreams: proposing, planning, starting, completing.</summary>
    KeepRoadmap,

    /// <summary>Reporting on the progress of a workstream.</summary>
    ReportOnWorkstreams,

    /// <summary>Working groups, gatherings and shared tools.</summary>
    KeepGroups,

    /// <summary>Conventions with funders: their versions, tranches, deliveries and reports; contributions to them.</summary>
    KeepConventions,

    /// <summary>Documents: filing, newer versions, who may read them, signatures, the end of what is not kept any more.</summary>
    KeepDocuments,

    /// <summary>Correcting the record: retractions, irregularities confirmed or annulled.</summary>
    CorrectRecord,

    /// <summary>Founding an association on this installation.</summary>
    FoundAssociations,

    /// <summary>Accounts of the installation: creating, linking to a person, recovering.</summary>
    AdministerAccounts,

    /// <summary>The running of the installation: followers, parked associations, rebuilds.</summary>
    Operate,
}
