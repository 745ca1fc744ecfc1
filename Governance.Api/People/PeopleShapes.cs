using FluentValidation;
using Governance.Domain.Kernel;

namespace Governance.Api.People;

// Once sealed, a text cannot be read any more: its length is checked before.

internal sealed class RegisterPersonShape : AbstractValidator<RegisterPersonRequest>
{
    public RegisterPersonShape()
    {
        RuleFor(r => r.Name).NotEmpty().MaximumLength(Texts.NameLength);
        RuleFor(r => r.Email).MaximumLength(Texts.NameLength).EmailAddress().When(r => r.Email is not null);
    }
}

internal sealed class ChangePersonNameShape : AbstractValidator<ChangePersonNameRequest>
{
    public ChangePersonNameShape() => RuleFor(r => r.Name).NotEmpty().MaximumLength(Texts.NameLength);
}

internal sealed class ChangePersonEmailShape : AbstractValidator<ChangePersonEmailRequest>
{
    public ChangePersonEmailShape() => RuleFor(r => r.Email).MaximumLength(Texts.NameLength).EmailAddress().When(r => r.Email is not null);
}
