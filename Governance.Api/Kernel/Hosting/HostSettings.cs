namespace Governance.Api.Kernel.Hosting;

/// <summary>How the host was started.</summary>
/// <param name="DataDirectory">Private database, master key: what belongs to this machine.</param>
/// <param name="Urls">Where to listen, as ASP.NET Core takes it; null takes the configuration's, else http://localhost:5080.</param>
/// <param name="SampleFile">A history to load when the database is empty; null loads none.</param>
public sealed record HostSettings(string DataDirectory = ".data", string? Urls = null, string? SampleFile = null)
{
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>The history that comes with the product.</summary>
    public const string DefaultSample = "samples/rncrpv/history.yaml";

    /// <summary>Replaces the connection string of the configuration.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>False lets a database in that does not hold the logs that were published: to look into it, and to begin anew.</summary>
    public bool DemandsSameLog { get; init; } = true;

    /// <summary>Settings over those of files and environment.</summary>
    public IReadOnlyDictionary<string, string?> Overrides { get; init; } = new Dictionary<string, string?>();
}
