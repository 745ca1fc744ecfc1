using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Chronicles;

namespace Governance.Api.Chronicles;

public sealed record RecordChronicleEntryRequest(string Title, ChronicleTheme Theme, string? Text = null);

/// <summary>What can be asked of the chronicle.</summary>
public static class ChronicleUseCases
{
    public static UseCase<RecordChronicleEntryRequest> Record { get; } = new(
        nameof(RecordChronicleEntry),
        Permission.KeepAssociation,
        async (request, deciding, ct) => new RecordChronicleEntry(request.Title, request.Theme, request.Text, deciding.On)
            .Decide(await deciding.ReadAsync<Chronicle>(Chronicle.Stream, ct)))
    { Dating = Dating.Happened };

    public static IReadOnlyList<Importable> Importable { get; } = [Import.Importable.Of(Record)];
}
