using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Documents;
using Governance.Projections.Runtime;

namespace Governance.Api.Documents;

/// <summary>
/// Brings to its end what a host that stopped left half done: contents of documents that were destroyed, or whose person was erased, and contents that were stored for a
/// document that was never filed. Any number of hosts may do it at once.
/// </summary>
public sealed partial class DocumentUpkeep(
    ReadDatabase reads, DocumentStore store, CommandRunner runner, EventLog log, EventCatalogue catalogue, TimeProvider time, ILogger<DocumentUpkeep> logger)
    : PeriodicWork(Every, time, logger)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private const int AtOnce = 500;

    public override async Task<int> RoundAsync(CancellationToken ct)
    {
        var done = 0;
        foreach (var (association, document) in await Projections.Documents.OfErasedPeopleAsync(reads, ct))
        {
            var context = CommandContext.OfSystem(association, $"document of somebody erased {document}", Time);
            var result = await runner.RunAsync(DocumentUseCases.Destroy, new(document, DestructionReason.PersonErased), context, ct);
            if (result is CommandResult.Done)
                done++;
            else if (result is not CommandResult.Unchanged)
                LogNotDestroyed(Logger, document.Value, result.ToString());
        }

        foreach (var (association, document) in await Projections.Documents.DestroyedWithAContentAsync(reads, ct))
            done += await store.ReleaseAsync(association.ToString(), document.Value, null, ct);
        return done + await CollectAsync(Time.GetUtcNow() - DocumentLimits.Grace, ct);
    }

    /// <summary>Removes what was stored before an instant and is named by no event; what is named is confirmed.</summary>
    /// <returns>How many contents were removed.</returns>
    public async Task<int> CollectAsync(DateTimeOffset before, CancellationToken ct)
    {
        var removed = await store.RemoveUnfinishedAsync(before, ct);
        foreach (var claim in await store.UnconfirmedAsync(before, AtOnce, ct))
        {
            var stream = Document.Stream(DocumentId.Of(claim.Document));
            var recorded = (await log.ReadStreamAsync(claim.Tenant, stream.Value, ct: ct)).Select(catalogue.Recorded).ToList();
            if (new Timeline<Document>(stream, recorded.Count, recorded).Latest is Document.Kept kept && kept.Versions.Any(v => v.Sha256 == claim.Sha256))
                await store.ConfirmAsync(claim.Tenant, claim.Document, claim.Sha256, ct);
            else
                removed += await store.CollectAsync(claim.Tenant, claim.Document, claim.Sha256, before, ct);
        }

        return removed;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Document {Document}, about somebody erased, is not recorded as destroyed yet: {Result}. Its content is unreadable")]
    private static partial void LogNotDestroyed(ILogger logger, Guid document, string result);
}
