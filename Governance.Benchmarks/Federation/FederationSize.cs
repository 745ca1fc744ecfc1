namespace Governance.Benchmarks.Federation;

/// <summary>How large a federation is.</summary>
/// <param name="Members">Of each association, at the end of its history.</param>
/// <param name="Years">Of the oldest association; the others were founded in the years since.</param>
/// <param name="Until">The day on which the history ends, the first of a month.</param>
/// <param name="Seed">The same seed and size give the same history, sealed texts apart, whose keys are made anew.</param>
internal sealed record FederationSize(int Associations, int Members, int Years, DateOnly Until, int Seed = 1)
{
    /// <summary>Enough for a board, its candidates and working groups.</summary>
    public const int FewestMembers = 60;

    /// <summary>How many years an association has: the first all of them, the others fewer, evenly from one on.</summary>
    public int AgeOf(int association) => association == 0 ? Years : 1 + (association * 7 % Math.Max(1, Years - 1));

    /// <summary>The association whose age is the median of all.</summary>
    public int MedianAssociation => Enumerable.Range(0, Associations).OrderBy(AgeOf).ThenBy(association => association).ElementAt(Associations / 2);

    public static string SlugOf(int association) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"association-{association + 1:000}");
}
