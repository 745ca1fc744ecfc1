using FluentValidation;
using Governance.Domain.Kernel;

namespace Governance.Api.Associations;

// Once sealed, a text cannot be read any more: its length is checked before.
internal sealed class FoundAssociationShape : AbstractValidator<FoundAssociationRequest>
{
    public FoundAssociationShape() =>
        RuleFor(r => r.Secretariat!.Name).NotEmpty().MaximumLength(Texts.NameLength).When(r => r.Secretariat is not null);
}
