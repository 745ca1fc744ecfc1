using System.CommandLine;
using Governance.Domain.Voting;

namespace Governance.Api.Tallies;

/// <summary>
/// <c>tally FILE</c>: judges the vote that a file tells and prints the outcome with its working, so that anyone can judge a published vote again. Needs
/// no database. Exit code 0, or 2 and one sentence on standard error when the file cannot be judged.
/// </summary>
public static class TallyCommand
{
    /// <summary>Greatest size of a file in bytes: 512 MiB.</summary>
    public const int MostBytes = 512 * 1024 * 1024;

    private const int Refused = 2;

    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "A vote in JSON, or ranked ballots in .blt; - for standard input." };
        var method = new Option<string?>("--method") { Description = "How a .blt file is counted: stv (unless said otherwise) or schulze." };
        var command = new Command("tally", "Judge the vote in a file again, by itself.") { file, method };
        command.SetAction(arguments =>
        {
            var faults = new TallyFaults();
            var outcome = Judge(arguments.GetValue(file)!, arguments.GetValue(method), faults);
            if (outcome is null)
            {
                arguments.InvocationConfiguration.Error.WriteLine(faults.First);
                return Refused;
            }

            arguments.InvocationConfiguration.Output.WriteLine(outcome.Written());
            return 0;
        });
        return command;
    }

    private static TallyOutcome? Judge(string path, string? method, TallyFaults faults)
    {
        if (Read(path, faults) is not { } bytes)
            return null;
        var first = bytes.Span.TrimStart("\uFEFF \t\r\n"u8);
        if (first.IsEmpty)
        {
            faults.Add("", "empty");
            return null;
        }

        var blt = path == "-" ? char.IsAsciiDigit((char)first[0]) || first[0] == '#' : path.EndsWith(".blt", StringComparison.OrdinalIgnoreCase);
        switch (method)
        {
            case null or "stv" when blt:
                return BltFile.Judge(bytes.Span, seats => new SingleTransferableVote(seats), faults);
            case "schulze" when blt:
                return BltFile.Judge(bytes.Span, seats => new Schulze(seats), faults);
            case null:
                return TallyFile.Judge(bytes, faults);
            default:
                faults.Add("--method", blt ? "method-of-blt" : "method-in-file", method);
                return null;
        }
    }

    private static ReadOnlyMemory<byte>? Read(string path, TallyFaults faults)
    {
        try
        {
            using var stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            using var bytes = new MemoryStream();
            if (stream.CanSeek)
            {
                if (stream.Length > MostBytes)
                    return TooLarge(faults);
                bytes.Capacity = (int)stream.Length;
            }

            var block = new byte[1 << 16];
            for (int read; (read = stream.Read(block)) > 0;)
            {
                if (bytes.Length + read > MostBytes)
                    return TooLarge(faults);
                bytes.Write(block, 0, read);
            }

            return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            faults.Add("", File.Exists(path) || Directory.Exists(path) ? "no-reading" : "no-file", path);
            return null;
        }
    }

    private static ReadOnlyMemory<byte>? TooLarge(TallyFaults faults)
    {
        faults.Add("", "too-large", MostBytes / (1024 * 1024));
        return null;
    }
}
