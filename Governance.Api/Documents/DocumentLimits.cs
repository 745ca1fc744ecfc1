namespace Governance.Api.Documents;

/// <summary>Bounds of what this installation keeps.</summary>
/// <param name="MostBytes">The largest content.</param>
public sealed record DocumentLimits(long MostBytes)
{
    private const long Mebibyte = 1024 * 1024, Least = 1, Most = 200;

    /// <summary>Time for which a content waits for the event that names it: longer than the slowest upload.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(6);

    /// <exception cref="InvalidOperationException">The setting is no number of its range.</exception>
    public static DocumentLimits Of(IConfiguration configuration)
    {
        var mebibytes = configuration.GetValue<long?>("Governance:DocumentMebibytes") ?? 20;
        return mebibytes is >= Least and <= Most
            ? new(mebibytes * Mebibyte)
            : throw new InvalidOperationException($"Governance:DocumentMebibytes is {mebibytes}; it lies between {Least} and {Most}.");
    }

    /// <summary>What a whole request may be: a file that is too large is read to its end, so that its sender hears why it was not taken.</summary>
    public long RequestBytes => (4 * MostBytes) + Mebibyte;
}
