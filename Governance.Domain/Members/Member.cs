using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>Where someone stands towards membership; computed from the events, for any instant.</summary>
public enum MembershipStanding
{
    Unknown,
    Applicant,
    Refused,
    Active,
    Suspended,
    Resigned,
    Excluded,
}

/// <summary>What the register says of a member.</summary>
public sealed record RegisterEntry(MemberId Id, MemberName Name, string? Territory, bool Placeholder = false, string? Remark = null);

/// <summary>A procedure of exclusion under way: notice, hearing, decision.</summary>
public sealed record ExclusionProcedure(string Grounds, EffectiveTime NotifiedOn, EffectiveTime HearingOn, EffectiveTime? HeardOn = null);

public abstract record Member : IState<Member>
{
    private Member() { }

    public sealed record Unknown : Member;

    public sealed record Applicant(RegisterEntry Entry, EffectiveTime Since) : Member;

    public sealed record Refused(RegisterEntry Entry, EffectiveTime On) : Member;

    /// <param name="Since">Beginning of the membership under way.</param>
    public sealed record Active(RegisterEntry Entry, EffectiveTime Since, ExclusionProcedure? Exclusion = null) : Member;

    /// <param name="Since">Beginning of the membership under way.</param>
    public sealed record Suspended(RegisterEntry Entry, EffectiveTime Since, EffectiveTime SuspendedOn, ExclusionProcedure? Exclusion = null) : Member;

    public sealed record Resigned(RegisterEntry Entry, EffectiveTime On) : Member;

    public sealed record Excluded(RegisterEntry Entry, EffectiveTime On) : Member;

    public static Member Initial { get; } = new Unknown();

    public static StreamId Stream(MemberId id) => new($"member:{id}");

    public MembershipStanding Standing => this switch
    {
        Applicant => MembershipStanding.Applicant,
        Refused => MembershipStanding.Refused,
        Active => MembershipStanding.Active,
        Suspended => MembershipStanding.Suspended,
        Resigned => MembershipStanding.Resigned,
        Excluded => MembershipStanding.Excluded,
        _ => MembershipStanding.Unknown,
    };

    /// <summary>What the register says; null for who never asked.</summary>
    public RegisterEntry? Register => this switch
    {
        Applicant m => m.Entry,
        Refused m => m.Entry,
        Active m => m.Entry,
        Suspended m => m.Entry,
        Resigned m => m.Entry,
        Excluded m => m.Entry,
        _ => null,
    };

    /// <summary>Of the association, with or without the rights of a member.</summary>
    public bool IsMember => this is Active or Suspended;

    /// <summary>What it owes and has paid, by period, in the order of the calls; it stays with the member, whatever its standing.</summary>
    public ImmutableList<Dues> Dues { get; init; } = [];

    public Dues? DuesOf(string period) => Dues.Find(d => d.Period == period);

    public ExclusionProcedure? ExclusionUnderWay => this switch
    {
        Active m => m.Exclusion,
        Suspended m => m.Exclusion,
        _ => null,
    };

    public Member Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (not Unknown, DuesCalled or DuesPaid or DuesPaymentReturned or DuesReduced) when Members.Dues.After(Dues, @event, on) is { } dues => this with { Dues = dues },
        _ => Stand(@event, on) with { Dues = Dues },
    };

    private Member Stand(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unknown or Refused, MembershipRequested e) => new Applicant(new RegisterEntry(e.Member, e.Name, e.Territory), on),
        (Applicant m, MembershipRefused) => new Refused(m.Entry, on),
        (Unknown or Applicant or Refused, MemberAdmitted e) => new Active(new RegisterEntry(e.Member, e.Name, e.Territory, e.Placeholder, e.Remark), on),
        (not Unknown, MemberRenamed e) => With(Register! with { Name = e.Name }),
        (Active m, MemberSuspended) => new Suspended(m.Entry, m.Since, on, m.Exclusion),
        (Suspended m, MemberReinstated) => new Active(m.Entry, m.Since, m.Exclusion),
        (Active or Suspended, MemberResigned) => new Resigned(Register!, on),
        (Active or Suspended, ExclusionNotified e) when ExclusionUnderWay is null => With(new ExclusionProcedure(e.Grounds, on, e.HearingOn)),
        (Active or Suspended, ExclusionHeard) when ExclusionUnderWay is { HeardOn: null } exclusion => With(exclusion with { HeardOn = on }),
        (Active or Suspended, ExclusionDropped) when ExclusionUnderWay is not null => With((ExclusionProcedure?)null),
        (Active or Suspended, MemberExcluded) when ExclusionUnderWay is { HeardOn: not null } => new Excluded(Register!, on),
        (Resigned or Excluded, MemberReadmitted) => new Active(Register!, on),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    private Member With(RegisterEntry entry) => this switch
    {
        Applicant m => m with { Entry = entry },
        Refused m => m with { Entry = entry },
        Active m => m with { Entry = entry },
        Suspended m => m with { Entry = entry },
        Resigned m => m with { Entry = entry },
        Excluded m => m with { Entry = entry },
        _ => this,
    };

    private Member With(ExclusionProcedure? exclusion) => this switch
    {
        Active m => m with { Exclusion = exclusion },
        Suspended m => m with { Exclusion = exclusion },
        _ => this,
    };
}
