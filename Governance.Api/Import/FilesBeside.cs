using System.Text.Json.Nodes;
using Governance.Api.Documents;
using Governance.Api.Kernel;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;

namespace Governance.Api.Import;

/// <summary>The files that a history names by their paths, which begin where the history lies and never lead out of there.</summary>
public sealed class FilesBeside(string directory, DocumentIntake intake)
{
    /// <summary>The field of an entry that names a file.</summary>
    public const string Field = "file";

    private readonly string _directory = Path.GetFullPath(directory) + Path.DirectorySeparatorChar;

    /// <summary>Stores the file that an entry names, and puts its content in the place of its path.</summary>
    /// <returns>Why it could not be; null when it was, or the entry names none.</returns>
    public async Task<string?> TakeInAsync(AssociationId association, JsonObject entry, CancellationToken ct)
    {
        if (entry[Field]?.ToString() is not { Length: > 0 } named || !Guid.TryParse(entry["document"]?.ToString(), out var document))
            return null;
        var path = Path.GetFullPath(Path.Combine(_directory, named));
        if (!path.StartsWith(_directory, StringComparison.Ordinal) || !File.Exists(path) || new FileInfo(path).LinkTarget is not null)
            return ImportWording.Say("no-file-beside", named);
        await using var bytes = File.OpenRead(path);
        var about = Guid.TryParse(entry["about"]?.ToString(), out var person) ? person : (Guid?)null;
        var format = DocumentFormat.Declared(named, null);
        var (stored, refusal) = await intake.StoreAsync(association, bytes, format, about, DocumentId.Of(document), ct);
        if (refusal is not null)
            return Wording.Sentence(refusal);
        entry.Remove(Field);
        entry["content"] = new JsonObject { ["mediaType"] = format!.MediaType, ["size"] = stored!.Size, ["sha256"] = stored.Sha256 };
        return null;
    }
}
