using System.Security.Cryptography;

namespace Governance.EventStore.Vault;

/// <summary>
/// The secrets of ballots under way, one file each (mode 0600), in a directory beside the master key and outside of the database and its backups.
/// Hosts of one database share the directory. A secret is durable before its ballot opens, and destroyed once its papers are published: from
/// then on nothing that any database, log or backup of one still holds can be opened.
/// </summary>
/// <remarks>
/// Read from its file each time and kept nowhere: what one host destroys no other goes on using. Destroying overwrites the file in place; a file
/// system that writes elsewhere, and copies taken of the directory, are outside of what this can reach.
/// </remarks>
public sealed class BallotSecrets(string directory)
{
    private const string Ending = ".secret";

    private readonly string _directory = Path.GetFullPath(directory);

    /// <summary>Makes the secret of a ballot, durably, or leaves the one that there is: hosts that open a ballot together end with the same.</summary>
    public void Make(Guid association, Guid ballot)
    {
        var path = PathOf(association, ballot);
        if (File.Exists(path))
        {
            // Whoever made it may have died before its name was durable.
            DurableFile.FlushDirectory(_directory);
            return;
        }

        var secret = RandomNumberGenerator.GetBytes(BallotSecret.Bytes);
        KeyFile.TryCreate(path, KeyKind.BallotSecret, secret);
        CryptographicOperations.ZeroMemory(secret);
    }

    /// <summary>The secret of a ballot; null where this host has none, because it was destroyed or was made where this host does not look.</summary>
    /// <exception cref="KeyFileException">The file does not hold a secret, or others than its owner may read it.</exception>
    public BallotSecret? Find(Guid association, Guid ballot)
    {
        return KeyFile.Find(PathOf(association, ballot), KeyKind.BallotSecret) is { } secret ? new BallotSecret(secret, association, ballot) : null;
    }

    /// <summary>The ballots that have a secret here.</summary>
    public IReadOnlyList<(Guid Association, Guid Ballot)> All()
    {
        if (!Directory.Exists(_directory))
            return [];
        var found = new List<(Guid, Guid)>();
        foreach (var path in Directory.EnumerateFiles(_directory, "*" + Ending))
        {
            if (Path.GetFileName(path)[..^Ending.Length].Split('.') is [var association, var ballot]
                && Guid.TryParseExact(association, "D", out var of) && Guid.TryParseExact(ballot, "D", out var id))
                found.Add((of, id));
        }

        return found;
    }

    /// <summary>Destroys the secret of a ballot; false when there was none left here. Another host may do it at the same time.</summary>
    public bool Destroy(Guid association, Guid ballot)
    {
        var path = PathOf(association, ballot);
        try
        {
            DurableFile.Overwrite(path, BallotSecret.Bytes);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }

        File.Delete(path);
        DurableFile.FlushDirectory(_directory);
        return true;
    }

    private string PathOf(Guid association, Guid ballot) => Path.Combine(_directory, $"{association:D}.{ballot:D}{Ending}");
}
