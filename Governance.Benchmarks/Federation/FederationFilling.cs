using System.Diagnostics;
using System.Text;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Documents;
using Governance.EventStore.Vault;
using Npgsql;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks.Federation;

/// <summary>What became of a federation in a database.</summary>
/// <param name="Events">In the log, in all.</param>
internal sealed record FederationFilled(IReadOnlyList<AssociationLife> Lives, long Events, TimeSpan Took);

/// <summary>
/// Fills a database with a federation, month by month over all its associations, so that in the log the events of one lie among those of the others as they do in
/// life. The log's clock goes along: what happened in a month was recorded at the end of it.
/// </summary>
internal static class FederationFilling
{
    private const int InHand = 24;

    public static async Task<FederationFilled> RunAsync(NpgsqlDataSource database, PersonVault vault, DocumentStore documents, FederationSize size, Action<DateOnly, long>? told = null)
    {
        var started = Stopwatch.GetTimestamp();
        var clock = new MonthClock();
        await using var log = new EventLog(database, new EventLogOptions(), clock);
        if (await log.LastPositionAsync() != 0)
            throw new InvalidOperationException("The database holds events already.");
        var positions = new Positions();
        // A group of appends is written association by association: they take their turns in that order.
        var lives = Enumerable.Range(0, size.Associations)
            .Select(number => new AssociationLife(size, number, positions, Seal(number), (association, document, text) => KeepAsync(documents, association, document, text)))
            .OrderBy(life => life.Id.ToString(), StringComparer.Ordinal).ToList();
        for (var month = size.Until.AddYears(-size.Years); month < size.Until; month = month.AddMonths(1))
        {
            clock.Now = new DateTimeOffset(month.AddMonths(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddHours(-3);
            var inHand = new Queue<(Task<AppendResult> Result, long First)>();
            foreach (var life in lives)
            {
                var first = positions.Last + 1;
                await life.LiveAsync(month);
                foreach (var request in life.Desk.Drain())
                {
                    while (inHand.Count >= InHand)
                        await AppendedAsync(inHand.Dequeue());
                    inHand.Enqueue((log.AppendAsync(request).AsTask(), first));
                    first += request.Events.Count;
                }
            }

            while (inHand.TryDequeue(out var one))
                await AppendedAsync(one);
            told?.Invoke(month, positions.Last);
        }

        return new(lives, positions.Last, Stopwatch.GetElapsedTime(started));

        SealText Seal(int number)
        {
            var tenant = Api.Kernel.Http.AssociationDirectory.IdOf(FederationSize.SlugOf(number)).ToString();
            return async (person, text) => (await vault.SealAsync(tenant, person.Value, text))!;
        }
    }

    private static async Task AppendedAsync((Task<AppendResult> Result, long First) one)
    {
        if (await one.Result is not AppendResult.Appended appended || appended.FirstPosition != one.First)
            throw new InvalidOperationException($"An append at {one.First} was answered {await one.Result}.");
    }

    private static async Task<DocumentContent> KeepAsync(DocumentStore documents, AssociationId association, DocumentId document, string text)
    {
        await using var writer = (await documents.BeginAsync(association.ToString(), null, default))!;
        await writer.WriteAsync(Encoding.UTF8.GetBytes(text), default);
        var stored = await writer.FinishAsync(document.Value, default);
        await documents.ConfirmAsync(association.ToString(), document.Value, stored.Sha256, default);
        return new(DocumentFormat.Text.MediaType, stored.Size, stored.Sha256);
    }

    private sealed class MonthClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
