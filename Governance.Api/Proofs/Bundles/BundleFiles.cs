using System.Globalization;
using System.Text.Json.Serialization;

namespace Governance.Api.Proofs.Bundles;

/// <summary>What stands in a bundle of evidence, by its path in the zip (docs/guides/bundle.md).</summary>
public static class BundleFiles
{
    public const string Format = "governance-bundle/1";
    public const string Manifest = "manifest.json";
    public const string Checkpoint = "checkpoint.txt";
    public const string Keys = "keys.txt";
    public const string Readme = "README.txt";
    public const string Verifier = "verify.html";
    public const string Earlier = "earlier/";
    public const string Statutes = "statutes/";
    public const string Documents = "documents/";
    public const string EventsDirectory = "events/";
    public const string HeldBack = "held-back.txt";
    public const string WitnessKeys = "witnesses.txt";
    public const string Cosigned = "cosigned/";

    /// <summary>Events of a file at most.</summary>
    public const int EventsPerFile = 10_000;

    /// <summary>The file of events with a number, from 1.</summary>
    public static string Events(int number) => EventsDirectory + number.ToString("000000", CultureInfo.InvariantCulture) + ".jsonl";
}

/// <summary>The file of a bundle as its manifest names it.</summary>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record BundledFile(long Bytes, [property: JsonPropertyName("sha256")] string Sha256);

/// <summary>What a bundle holds.</summary>
/// <param name="Association">Its id.</param>
/// <param name="Size">Events of the log, from the first: the size of the checkpoint's tree.</param>
/// <param name="Files">Every other file by its path.</param>
public sealed record BundleManifest(
    string Format,
    Guid Association,
    string Origin,
    string Name,
    long Size,
    long First,
    long Last,
    DateTimeOffset Made,
    int EventsPerFile,
    IReadOnlyDictionary<string, BundledFile> Files);
