using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Colleges;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Api.Colleges;

public sealed record ConstituteCollegeRequest(string Name, Fraction Weight, int? Seats = null, DecisionReference? Decision = null, BodyId? College = null);

public sealed record ReviewCollegeRequest(BodyId College, string Findings, bool RefinementWanted);

public sealed record RefineCollegeRequest(BodyId College, Fraction Weight, string Remark, int? Seats = null, DecisionReference? Decision = null);

/// <summary>What can be asked of colleges.</summary>
public static class CollegeUseCases
{
    public static UseCase<ConstituteCollegeRequest> Constitute { get; } = new(
        nameof(ConstituteCollege),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var id = request.College ?? deciding.NewId<BodyId>("college");
            var (college, register) = await deciding.ReadAsync<Body, RegisterOfBodies>(Body.Stream(id), RegisterOfBodies.Stream, ct);
            return new ConstituteCollege(id, request.Name, request.Seats, request.Weight, request.Decision, deciding.On).Decide(college, register);
        });

    public static UseCase<ReviewCollegeRequest> Review { get; } = UseCase.On<ReviewCollegeRequest, Body>(
        nameof(ReviewCollege),
        Permission.KeepMandates,
        r => Body.Stream(r.College),
        (r, college, on) => new ReviewCollege(r.Findings, r.RefinementWanted, on).Decide(college));

    public static UseCase<RefineCollegeRequest> Refine { get; } = UseCase.On<RefineCollegeRequest, Body>(
        nameof(RefineCollege),
        Permission.KeepMandates,
        r => Body.Stream(r.College),
        (r, college, on) => new RefineCollege(r.Seats, r.Weight, r.Remark, r.Decision, on).Decide(college));

    public static IReadOnlyList<Importable> Importable { get; } = [Import.Importable.Of(Constitute), Import.Importable.Of(Review), Import.Importable.Of(Refine)];
}
