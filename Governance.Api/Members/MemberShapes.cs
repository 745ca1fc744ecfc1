using FluentValidation;
using Governance.Domain.Kernel;

namespace Governance.Api.Members;

internal sealed class MemberNameShape : AbstractValidator<MemberNameRequest>
{
    public MemberNameShape()
    {
        RuleFor(n => n.Organisation).NotEmpty().When(n => n.Person is null);
        RuleFor(n => n.Organisation).Null().When(n => n.Person is not null);
        RuleFor(n => n.Organisation).MaximumLength(Texts.NameLength);
        RuleFor(n => n.Name).NotEmpty().MaximumLength(Texts.NameLength).When(n => n.Person is not null);
        RuleFor(n => n.Name).Null().When(n => n.Person is null);
    }
}

internal sealed class ApplyForMembershipShape : AbstractValidator<ApplyForMembershipRequest>
{
    public ApplyForMembershipShape() => RuleFor(r => r.Name).SetValidator(new MemberNameShape());
}

internal sealed class AdmitMemberShape : AbstractValidator<AdmitMemberRequest>
{
    public AdmitMemberShape()
    {
        RuleFor(r => r.Name!).SetValidator(new MemberNameShape()).When(r => r.Name is not null);
        RuleFor(r => r.Name).NotNull().When(r => r.Member is null);
    }
}

internal sealed class RenameMemberShape : AbstractValidator<RenameMemberRequest>
{
    public RenameMemberShape() => RuleFor(r => r.Name).SetValidator(new MemberNameShape());
}
