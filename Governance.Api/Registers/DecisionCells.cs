using Governance.Api.Import;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;

namespace Governance.Api.Registers;

/// <summary>The decisions that cells of a table name: by their identifier, by words of the author's own of which it is made, or by the title of the vote.</summary>
internal sealed class DecisionCells
{
    private readonly string _slug;
    private readonly NameBook _ballots;

    private DecisionCells(string slug, IReadOnlyList<Timeline<Ballot>> read)
    {
        Ballots = [.. read.Where(b => b.Version > 0)];
        (_slug, _ballots) = (slug, new(slug, nameof(BallotId), [.. Ballots.Select(b => (NameBook.IdOf(b.Stream), b.Latest.Title))]));
    }

    /// <summary>Those that were read.</summary>
    public IReadOnlyList<Timeline<Ballot>> Ballots { get; }

    /// <param name="texts">What the cells say; null where one says nothing.</param>
    public static async ValueTask<DecisionCells> ReadAsync(IEnumerable<string?> texts, string slug, Deciding deciding, CancellationToken ct)
    {
        var named = texts.OfType<string>().ToHashSet(StringComparer.Ordinal);
        // A title is sought among all of them; identifiers are those of their own streams.
        return new(slug, named.All(text => Guid.TryParse(text, out _))
            ? await deciding.ReadAllAsync<Ballot>([.. named.Select(text => Ballot.Stream(BallotId.Of(Guid.Parse(text))))], ct)
            : await deciding.ReadKindAsync<Ballot>("ballot", ct));
    }

    /// <summary>The ballot that a text names; null, with a fault, when it names none or several.</summary>
    public BallotId? Find(CsvTable table, CsvRow row, string column, string? text)
    {
        if (text is null)
            return null;
        if (Guid.TryParse(text, out var id) && _ballots.Knows(id))
            return BallotId.Of(id);
        if (text.Length <= NameBook.IdLength && KeyedIdentifiers.Derive(_slug, nameof(BallotId), text) is var derived && _ballots.Knows(derived))
            return BallotId.Of(derived);
        var called = _ballots.Called(text);
        if (called is [var one])
            return BallotId.Of(one);
        table.Fault(row, column, Wording.Shape(called.Count == 0 ? "table.no-decision" : "table.several"));
        return null;
    }

    /// <summary>As <see cref="Find(CsvTable, CsvRow, string, string?)"/>, of a whole cell.</summary>
    public BallotId? Find(CsvTable table, CsvRow row, string column) => Find(table, row, column, table.Text(row, column));
}
