using System.Text;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Vault;

namespace Governance.Api.Registers;

/// <summary>Registers as tables, as the log has them.</summary>
public sealed class RegisterExports(EventLog log, EventCatalogue catalogue, PersonVault vault)
{
    /// <param name="position">Position of the log up to which is known; null says the latest.</param>
    /// <returns>The headings and the rows; null when what is asked for is not there.</returns>
    public async ValueTask<string?> TextAsync(RegisterTable register, AssociationId association, TableAsked asked, long? position, CancellationToken ct)
    {
        if (await register.RowsAsync(new StreamsAsKnown(log, catalogue, vault, association, position ?? long.MaxValue, asked.Reveal), asked, ct) is not { } rows)
            return null;
        var between = RegisterWording.Between;
        var text = new StringBuilder(Csv.Row(between, register.Columns.Select(c => RegisterWording.Column(c).Name)));
        foreach (var row in rows)
            text.Append(Csv.Row(between, row));
        return text.ToString();
    }
}
