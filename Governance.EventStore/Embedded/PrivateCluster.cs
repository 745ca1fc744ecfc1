using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Governance.EventStore.Embedded;

/// <summary>The files of one private server: data, socket, log and lock.</summary>
internal sealed class PrivateCluster
{
    public const string Role = "governance";
    private const string Administrator = "postgres";
    private const int Port = 5432; // only a part of the socket's file name: the server listens on no network
    private const int LongestSocketDirectory = 107 - 14; // sun_path holds 107 bytes and the socket is /.s.PGSQL.5432
    private const int LogBytesKept = 10 * 1024 * 1024;

    private readonly string _home;

    private PrivateCluster(string home)
    {
        _home = home;
        Owner = ClusterOwner.Of(Data);
        SocketDirectory = home.Length + "/socket".Length <= LongestSocketDirectory && home.All(IsPlain)
            ? Path.Combine(home, "socket")
            : $"/tmp/governance-{Fingerprint(home)}";
    }

    public ClusterOwner Owner { get; }

    /// <summary>PostgreSQL's data directory. It appears by one rename when it is whole, so what lies there is never half made.</summary>
    public string Data => Path.Combine(_home, "cluster");

    public string SocketDirectory { get; }

    public string Log => Path.Combine(_home, "server.log");

    private string Unfinished => Path.Combine(_home, "cluster.unfinished");

    private string LockFile => Path.Combine(_home, "host.lock");

    private string HostRules => Path.Combine(_home, "pg_hba.conf");

    private string UserMap => Path.Combine(_home, "pg_ident.conf");

    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = SocketDirectory,
        Port = Port,
        Username = Role,
        Database = Role,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    public static PrivateCluster In(string dataDirectory)
    {
        if (!OperatingSystem.IsLinux())
            throw new PrivatePostgresException(
                "The private PostgreSQL runs on Linux only; here give the connection string of a server of your own in ConnectionStrings__Governance.");

        var directory = Path.GetFullPath(dataDirectory);
        Directory.CreateDirectory(directory);
        // The server's working directory is compared with this path, and the kernel reports it without symbolic links.
        directory = Subprocess.Require("realpath", [directory]);
        return new PrivateCluster(Environment.IsPrivilegedProcess ? HomeWithinReach(directory) : directory);
    }

    /// <returns>The lock, held until disposed or the process ends however it ends; null while another host holds it.</returns>
    public FileStream? TryLock()
    {
        const int wouldBlock = 11;
        try
        {
            return new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult == wouldBlock)
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PrivatePostgresException(
                $"`{LockFile}` belongs to another user: start the host as the user who started it first, or choose another data directory.", e);
        }
    }

    /// <summary>Makes the cluster unless it is there; one that was interrupted is made afresh. Needs the lock.</summary>
    public PostgresBinaries Initialise()
    {
        if (!Directory.Exists(Data))
        {
            var newest = PostgresBinaries.Find(null);
            Create(newest);
            Directory.Move(Unfinished, Data);
        }

        Owner.MakePrivateDirectory(SocketDirectory);
        WriteAccessRules();
        if (File.Exists(Log) && new FileInfo(Log).Length > LogBytesKept)
            File.Move(Log, Log + ".1", overwrite: true);
        return PostgresBinaries.Find(ReadMajor());
    }

    /// <returns>Arguments of <c>postgres</c>. What durability and privacy rest on is said here and wins over the configuration file.</returns>
    public string[] ServerArguments() =>
    [
        "-D", Data, "-k", SocketDirectory, "-p", Port.ToString(CultureInfo.InvariantCulture),
        "-c", "listen_addresses=", "-c", "unix_socket_permissions=0700",
        "-c", $"hba_file={HostRules}", "-c", $"ident_file={UserMap}",
        "-c", "fsync=on", "-c", "full_page_writes=on", "-c", "synchronous_commit=on",
    ];

    /// <returns>What <c>postmaster.pid</c> says: the process and whether it takes connections; null when there is no such file.</returns>
    public (int ProcessId, bool Ready)? ReadServerState()
    {
        const int statusLine = 7;
        try
        {
            var lines = File.ReadAllLines(Path.Combine(Data, "postmaster.pid"));
            return lines.Length > 0 && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? (id, lines.Length > statusLine && lines[statusLine].Trim() == "ready")
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <returns>The last lines that the server wrote, for an error message.</returns>
    public string LogTail()
    {
        const int linesShown = 8;
        return File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(linesShown)) : "(the log is empty)";
    }

    private void Create(PostgresBinaries binaries)
    {
        if (Directory.Exists(Unfinished))
            Directory.Delete(Unfinished, recursive: true);
        Owner.MakePrivateDirectory(Unfinished);
        RunAsOwner(binaries.Initdb, null, "-D", Unfinished, "--username=" + Administrator, "--auth=reject",
            "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums");
        File.AppendAllText(Path.Combine(Unfinished, "postgresql.conf"), Tuning);
        RunAsOwner(binaries.Server,
            $"create role {Role} login createdb createrole\ncreate database {Role} owner {Role}\n",
            "--single", "-D", Unfinished, "postgres");
        foreach (var required in (string[])["PG_VERSION", "global/pg_control"])
            if (!File.Exists(Path.Combine(Unfinished, required)))
                throw new PrivatePostgresException($"initdb ended without writing `{required}` in `{Unfinished}`.");
    }

    // Modest memory, since the host shares the machine; an operator may change all of it in postgresql.conf.
    private const string Tuning = """

        # Set by Governance when the cluster was made; yours to change.
        max_connections = 300
        shared_buffers = 256MB
        effective_cache_size = 1GB
        work_mem = 16MB
        maintenance_work_mem = 128MB
        random_page_cost = 1.1
        jit = off
        log_checkpoints = off
        log_timezone = 'UTC'
        timezone = 'UTC'

        """;

    private void RunAsOwner(string program, string? input, params string[] arguments)
    {
        var command = (string[])[.. Owner.RunAs(), program, .. arguments];
        var (code, output) = Subprocess.Run(command[0], command[1..], input);
        // Single-user mode reports a failed statement on its output alone and exits with 0.
        if (code != 0 || output.Contains("ERROR:", StringComparison.Ordinal))
            throw new PrivatePostgresException($"The private PostgreSQL could not be made in `{_home}`. {Path.GetFileName(program)}: {output.Trim()}");
    }

    private void WriteAccessRules()
    {
        var users = ((string[])[Environment.UserName, Owner.Name, "root"]).Distinct();
        WriteReadable(HostRules, $"""
            # Written by Governance at each start: the socket only, and only the users of pg_ident.conf.
            local all {Role},{Administrator} peer map={Role}
            local replication {Administrator} peer map={Role}

            """);
        WriteReadable(UserMap, string.Concat(users.Select(user =>
            $"{Role} \"{user}\" {Role}\n{Role} \"{user}\" {Administrator}\n")));
    }

    private static void WriteReadable(string path, string content)
    {
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    private int ReadMajor()
    {
        var file = Path.Combine(Data, "PG_VERSION");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : throw new PrivatePostgresException(
                $"`{Data}` is not a PostgreSQL data directory (no readable PG_VERSION). Restore it from a backup, or move it away to start with an empty one.");
    }

    /// <summary>
    /// A server that drops to an unprivileged user cannot enter a directory under, say, /root. Its home then lies under /var/lib, and
    /// a file in the data directory says where, for ever: the choice must not change when a mode does.
    /// </summary>
    private static string HomeWithinReach(string directory)
    {
        var note = Path.Combine(directory, "location");
        if (File.Exists(note))
            return File.ReadAllText(note).Trim();

        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.OtherExecute);
        if (Directory.Exists(Path.Combine(directory, "cluster")) || Ancestors(directory).All(OthersMayEnter))
            return directory;

        var home = $"/var/lib/governance/{Fingerprint(directory)}";
        Directory.CreateDirectory(home);
        foreach (var made in (string[])["/var/lib/governance", home])
            File.SetUnixFileMode(made, File.GetUnixFileMode(made) | UnixFileMode.OtherExecute);
        File.WriteAllText(note, home + "\n");
        return home;
    }

    private static IEnumerable<string> Ancestors(string directory)
    {
        for (var parent = Path.GetDirectoryName(directory); parent is not null; parent = Path.GetDirectoryName(parent))
            yield return parent;
    }

    private static bool OthersMayEnter(string directory) => File.GetUnixFileMode(directory).HasFlag(UnixFileMode.OtherExecute);

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-';

    private static string Fingerprint(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..16];
}
