using Governance.Domain.Kernel;

namespace Governance.Projections.Runtime;

/// <summary>
/// A moment on both timelines: what held at <paramref name="Instant"/>, as the log told it up to <paramref name="Position"/>.
/// Today is (now, the last position that every read model has reached): there is no other way to ask.
/// </summary>
/// <param name="Instant">Effective time, UTC; what takes effect at this very instant is included.</param>
/// <param name="Position">Position of the last event known; 0 knows nothing.</param>
public readonly record struct AsOf(DateTimeOffset Instant, long Position)
{
    /// <summary>The condition on one table of a query, whose parameters <see cref="ReadView"/> fills.</summary>
    /// <param name="alias">The table's alias in the query, such as <c>m</c>.</param>
    public static string Of(string alias) =>
        $"{alias}.tenant = @tenant and {alias}.effective @> @instant and {alias}.recorded @> @position";

    /// <summary>As <see cref="Of"/>, at any instant: all that is known of the past, the present and the foreseen.</summary>
    public static string KnownOf(string alias) => $"{alias}.tenant = @tenant and {alias}.recorded @> @position";
}

/// <summary>One association at one moment: what a query is asked of.</summary>
public sealed record ReadView(ReadDatabase Database, AssociationId Association, AsOf AsOf);
