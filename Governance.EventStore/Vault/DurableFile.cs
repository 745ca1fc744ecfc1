using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Governance.EventStore.Vault;

/// <summary>Small files that appear whole or not at all, and are still there after the power was cut.</summary>
internal static class DurableFile
{
    /// <summary>Read and written by its owner alone.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a file, readable by its owner alone, and its directory when there is none; false when there is such a file already, which stays.</summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        var unfinished = Write(path, content);
        var made = true;
        try
        {
            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            made = false;
            Overwrite(unfinished, content.Length);
            File.Delete(unfinished);
        }

        FlushDirectory(directory);
        // The directory may be new itself.
        FlushDirectory(Path.GetDirectoryName(directory)!);
        return made;
    }

    /// <summary>Puts a file, readable by its owner alone, in the place of the one that there may be.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        File.Move(Write(path, content), path, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Adds to the end of a file, readable by its owner alone and made with its directory when there is none, by one write: processes may do it at once.</summary>
    /// <exception cref="IOException">Nothing, or a part, was added.</exception>
    public static void Append(string path, byte[] content)
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        var isNew = !File.Exists(path);
        // The runtime's own way to append seeks first: what another process wrote meanwhile would be written over.
        var descriptor = openToAppend(path, AppendTo, OwnReadWrite);
        if (descriptor < 0)
            throw new IOException($"{path} could not be opened: error {Marshal.GetLastPInvokeError()}.");
        try
        {
            if (write(descriptor, content, content.Length) != content.Length)
                throw new IOException($"{path} could not be added to: error {Marshal.GetLastPInvokeError()}.");
            if (fsync(descriptor) != 0)
                throw new IOException($"{path} could not be made durable: error {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            _ = close(descriptor);
        }

        if (!isNew)
            return;
        FlushDirectory(directory);
        // The directory may be new itself.
        FlushDirectory(Path.GetDirectoryName(directory)!);
    }

    /// <summary>Writes chance over a file, in place.</summary>
    public static void Overwrite(string path, int bytes)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Write, BufferSize = 0 });
        file.Write(RandomNumberGenerator.GetBytes(bytes));
        file.Flush(flushToDisk: true);
    }

    // A name is durable once its directory is: the runtime opens no directory, so the system is asked itself.
    public static void FlushDirectory(string directory)
    {
        var descriptor = open(directory, ReadOnlyDirectory);
        if (descriptor < 0)
            throw new IOException($"{directory} could not be opened: error {Marshal.GetLastPInvokeError()}.");
        try
        {
            if (fsync(descriptor) != 0)
                throw new IOException($"{directory} could not be made durable: error {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static string Write(string path, ReadOnlySpan<byte> content)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        using var file = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly, BufferSize = 0 });
        file.Write(content);
        file.Flush(flushToDisk: true);
        return unfinished;
    }

    // Linux: O_RDONLY and O_CLOEXEC.
    private const int ReadOnlyDirectory = 0x80000;

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressMessage("Globalization", "CA2101", Justification = "Paths are UTF-8 on Linux, as marshalled.")]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    // Linux: O_WRONLY, O_CREAT, O_APPEND and O_CLOEXEC; read and write for the owner.
    private const int AppendTo = 0x1 | 0x40 | 0x400 | 0x80000, OwnReadWrite = 0x180;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressMessage("Globalization", "CA2101", Justification = "Paths are UTF-8 on Linux, as marshalled.")]
    private static extern int openToAppend([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint write(int descriptor, byte[] content, nint count);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int descriptor);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);
}
