using System.Globalization;

namespace Governance.EventStore.Embedded;

/// <summary>The operating-system user whom the server runs as: PostgreSQL refuses to run as root.</summary>
/// <param name="Name">Login name.</param>
/// <param name="Drop">User and group id to drop to; null when the host itself is unprivileged and nothing changes.</param>
internal sealed record ClusterOwner(string Name, (int User, int Group)? Drop)
{
    /// <param name="cluster">Existing data, whose owner is kept, or a path where nothing lies yet.</param>
    public static ClusterOwner Of(string cluster)
    {
        if (!Environment.IsPrivilegedProcess)
            return new ClusterOwner(Environment.UserName, null);

        if (Directory.Exists(cluster))
        {
            var owner = Subprocess.Require("stat", ["-c", "%U %u %g", cluster]).Split(' ');
            if (owner[1] != "0")
                return new ClusterOwner(owner[0], (Number(owner[1]), Number(owner[2])));
        }

        var entry = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == "postgres")
            ?? throw new PrivatePostgresException(
                "The host runs as root, and PostgreSQL refuses to: the user `postgres`, whom the server would run as, does not exist. "
                + "Create it (useradd --system postgres) or run the host as an ordinary user.");
        return new ClusterOwner(entry[0], (Number(entry[2]), Number(entry[3])));
    }

    /// <returns>The start of a command line that continues as this user, never to gain a privilege again.</returns>
    public string[] RunAs() => Drop is var (user, group)
        ? ["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups", "--no-new-privs"]
        : ["setpriv", "--no-new-privs"];

    /// <summary>Makes a directory that only this user may enter; one that exists keeps its content.</summary>
    public void MakePrivateDirectory(string path)
    {
        string[] owner = Drop is var (user, group)
            ? [$"--owner={user}", $"--group={group}"]
            : [];
        Subprocess.Require("install", ["--directory", "--mode=0700", .. owner, path]);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
