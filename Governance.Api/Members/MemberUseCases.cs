using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Api.Members;

/// <summary>An organisation by its name, or an individual by the person they are and their name.</summary>
/// <param name="Organisation">Name of the organisation; null for an individual.</param>
/// <param name="Person">Who the individual is; null for an organisation.</param>
/// <param name="Name">The individual's name, in clear: sealed before anything is decided.</param>
public sealed record MemberNameRequest(string? Organisation = null, PersonId? Person = null, string? Name = null);

public sealed record ApplyForMembershipRequest(MemberNameRequest Name, string? Territory = null, MemberId? Member = null);

/// <param name="Name">Null for the name of the application.</param>
/// <param name="Placeholder">The name stands for an organisation that no document names; the remark says so.</param>
public sealed record AdmitMemberRequest(
    MemberId? Member = null,
    MemberNameRequest? Name = null,
    string? Territory = null,
    bool Placeholder = false,
    string? Remark = null,
    DecisionReference? Decision = null);

public sealed record MemberReasonRequest(MemberId Member, string Reason, DecisionReference? Decision = null);

public sealed record MemberDecisionRequest(MemberId Member, DecisionReference? Decision = null);

public sealed record ResignMemberRequest(MemberId Member, string? Reason = null);

public sealed record NotifyExclusionRequest(MemberId Member, string Grounds, EffectiveTime HearingOn);

public sealed record HearExclusionRequest(MemberId Member, bool Attended, string? Statement = null);

/// <param name="AmountCents">What is owed, in cents.</param>
/// <param name="DueOn">The last day on which it is paid in time.</param>
public sealed record CallDuesRequest(MemberId Member, string Period, int AmountCents, EffectiveTime DueOn, DecisionReference? Decision = null);

/// <param name="AmountCents">What is paid, in cents.</param>
/// <param name="Reference">Tells it from every other payment of the period.</param>
public sealed record RecordDuesPaymentRequest(MemberId Member, string Period, int AmountCents, PaymentMeans? Means = null, string? Reference = null);

/// <param name="Reference">Of the payment, where it has one.</param>
public sealed record ReturnDuesPaymentRequest(MemberId Member, string Period, int AmountCents, string Reason, string? Reference = null);

/// <param name="AmountCents">What is owed in all from there on; 0 waives it.</param>
public sealed record ReduceDuesRequest(MemberId Member, string Period, int AmountCents, string Reason, DecisionReference? Decision = null);

public sealed record RenameMemberRequest(MemberId Member, MemberNameRequest Name);

/// <summary>What can be asked of members.</summary>
public static class MemberUseCases
{
    public static UseCase<ApplyForMembershipRequest> Apply { get; } = new(
        nameof(ApplyForMembership),
        Permission.KeepMembers,
        async (request, deciding, ct) =>
        {
            var id = request.Member ?? deciding.NewId<MemberId>("member");
            var member = await deciding.ReadAsync<Member>(Member.Stream(id), ct);
            var name = await NameAsync(request.Name, deciding, ct);
            return new ApplyForMembership(id, name, request.Territory, deciding.On).Decide(member, await ReservationAsync(name, deciding, ct));
        })
    { Shape = () => new ApplyForMembershipShape(), Dating = Dating.Happened };

    public static UseCase<AdmitMemberRequest> Admit { get; } = new(
        nameof(AdmitMember),
        Permission.KeepMembers,
        async (request, deciding, ct) =>
        {
            var id = request.Member ?? deciding.NewId<MemberId>("member");
            var member = await deciding.ReadAsync<Member>(Member.Stream(id), ct);
            var name = request.Name is null ? null : await NameAsync(request.Name, deciding, ct);
            return new AdmitMember(id, name, request.Territory, request.Placeholder, request.Remark, request.Decision, deciding.On)
                .Decide(member, await ReservationAsync(name ?? member.At(deciding.On).Register?.Name, deciding, ct));
        })
    { Shape = () => new AdmitMemberShape() };

    public static UseCase<MemberReasonRequest> RefuseApplication { get; } = new(
        nameof(Domain.Members.RefuseApplication),
        Permission.KeepMembers,
        async (request, deciding, ct) =>
        {
            var member = await deciding.ReadAsync<Member>(Member.Stream(request.Member), ct);
            return new RefuseApplication(request.Reason, request.Decision, deciding.On)
                .Decide(member, await ReservationAsync(member.At(deciding.On).Register?.Name, deciding, ct));
        })
    { Dating = Dating.Happened };

    public static UseCase<MemberReasonRequest> Suspend { get; } = Of<MemberReasonRequest>(
        nameof(SuspendMember), r => r.Member, (r, member, on) => new SuspendMember(r.Reason, r.Decision, on).Decide(member));

    public static UseCase<MemberDecisionRequest> Reinstate { get; } = Of<MemberDecisionRequest>(
        nameof(ReinstateMember), r => r.Member, (r, member, on) => new ReinstateMember(r.Decision, on).Decide(member));

    public static UseCase<ResignMemberRequest> Resign { get; } = new(
        nameof(ResignMember),
        Permission.KeepMembers,
        async (request, deciding, ct) =>
        {
            var member = await deciding.ReadAsync<Member>(Member.Stream(request.Member), ct);
            return new ResignMember(request.Reason, deciding.On).Decide(member, await deciding.ReadBodiesAsync(ct));
        });

    public static UseCase<NotifyExclusionRequest> NotifyExclusion { get; } = new(
        nameof(Domain.Members.NotifyExclusion),
        Permission.KeepMembers,
        async (request, deciding, ct) => new NotifyExclusion(request.Grounds, request.HearingOn, deciding.On)
            .Decide(await deciding.ReadAsync<Member>(Member.Stream(request.Member), ct), new ExclusionRules(), deciding.Zone))
    { Dating = Dating.Happened };

    public static UseCase<HearExclusionRequest> HearExclusion { get; } = Of<HearExclusionRequest>(
        nameof(Domain.Members.HearExclusion), r => r.Member, (r, member, on) => new HearExclusion(r.Attended, r.Statement, on).Decide(member)) with
    { Dating = Dating.Happened };

    public static UseCase<MemberDecisionRequest> Exclude { get; } = new(
        nameof(ExcludeMember),
        Permission.KeepMembers,
        async (request, deciding, ct) =>
        {
            var member = await deciding.ReadAsync<Member>(Member.Stream(request.Member), ct);
            return new ExcludeMember(request.Decision, deciding.On).Decide(member, await deciding.ReadBodiesAsync(ct));
        });

    public static UseCase<MemberReasonRequest> DropExclusion { get; } = Of<MemberReasonRequest>(
        nameof(Domain.Members.DropExclusion), r => r.Member, (r, member, on) => new DropExclusion(r.Reason, r.Decision, on).Decide(member)) with
    { Dating = Dating.Happened };

    public static UseCase<MemberDecisionRequest> Readmit { get; } = Of<MemberDecisionRequest>(
        nameof(ReadmitMember), r => r.Member, (r, member, on) => new ReadmitMember(r.Decision, on).Decide(member));

    public static UseCase<CallDuesRequest> CallDues { get; } = Of<CallDuesRequest>(
        nameof(Domain.Members.CallDues),
        r => r.Member,
        (r, member, on) => new CallDues(r.Period, r.AmountCents, r.DueOn, r.Decision, on).Decide(member));

    public static UseCase<RecordDuesPaymentRequest> RecordDuesPayment { get; } = Of<RecordDuesPaymentRequest>(
        nameof(Domain.Members.RecordDuesPayment), r => r.Member, (r, member, on) => new RecordDuesPayment(r.Period, r.AmountCents, on, r.Means, r.Reference).Decide(member)) with
    { Dating = Dating.Happened };

    public static UseCase<ReturnDuesPaymentRequest> ReturnDuesPayment { get; } = Of<ReturnDuesPaymentRequest>(
        nameof(Domain.Members.ReturnDuesPayment),
        r => r.Member,
        (r, member, on) => new ReturnDuesPayment(r.Period, r.AmountCents, r.Reason, r.Reference, on).Decide(member)) with
    { Dating = Dating.Happened };

    public static UseCase<ReduceDuesRequest> ReduceDues { get; } = Of<ReduceDuesRequest>(
        nameof(Domain.Members.ReduceDues), r => r.Member, (r, member, on) => new ReduceDues(r.Period, r.AmountCents, r.Reason, r.Decision, on).Decide(member));

    public static UseCase<RenameMemberRequest> Rename { get; } = new(
        nameof(RenameMember),
        Permission.KeepMembers,
        async (request, deciding, ct) =>
        {
            var member = await deciding.ReadAsync<Member>(Member.Stream(request.Member), ct);
            var name = await NameAsync(request.Name, deciding, ct);
            return new RenameMember(name, deciding.On).Decide(
                member,
                await ReservationAsync(member.At(deciding.On).Register?.Name, deciding, ct),
                await ReservationAsync(name, deciding, ct));
        })
    { Shape = () => new RenameMemberShape() };

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Apply), Import.Importable.Of(Admit), Import.Importable.Of(RefuseApplication), Import.Importable.Of(Suspend),
        Import.Importable.Of(Reinstate), Import.Importable.Of(Resign), Import.Importable.Of(NotifyExclusion), Import.Importable.Of(HearExclusion),
        Import.Importable.Of(Exclude), Import.Importable.Of(DropExclusion), Import.Importable.Of(Readmit), Import.Importable.Of(Rename),
        Import.Importable.Of(CallDues), Import.Importable.Of(RecordDuesPayment), Import.Importable.Of(ReturnDuesPayment), Import.Importable.Of(ReduceDues),
    ];

    private static async ValueTask<MemberName> NameAsync(MemberNameRequest name, Deciding deciding, CancellationToken ct) =>
        name is { Person: { } person, Name: { } text } ? new(Individual: await deciding.SealAsync(person, text, ct)) : new(name.Organisation);

    private static async ValueTask<Timeline<MemberNameReservation>?> ReservationAsync(MemberName? name, Deciding deciding, CancellationToken ct) =>
        name is { Organisation: { } organisation } ? await deciding.ReadAsync<MemberNameReservation>(MemberNameReservation.Stream(organisation), ct) : null;

    private static UseCase<T> Of<T>(string name, Func<T, MemberId> member, Func<T, Timeline<Member>, EffectiveTime, Decision> decide) where T : class =>
        UseCase.On(name, Permission.KeepMembers, request => Member.Stream(member(request)), decide);
}
