using System.CommandLine;
using System.Globalization;
using System.Text;
using Governance.Api.Kernel.Hosting;
using Governance.Tests.Architecture;

namespace Governance.Tests.Api.Tallies;

/// <summary>The tally command, run as from the command line on a file.</summary>
internal sealed record TallyRun(int ExitCode, string Output, string Error)
{
    public static string Examples { get; } = Path.Combine(Checkout.Root, "docs", "tally", "examples");

    /// <summary>Names of the files of votes.</summary>
    public static IEnumerable<string> Inputs => Directory.EnumerateFiles(Examples).Select(path => Path.GetFileName(path)!)
        .Where(name => !name.EndsWith(".outcome.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public static TallyRun Of(string path, string language = "en-GB", params string[] more)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            var exit = CommandLine.Make().Parse(["tally", path, .. more])
                .Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
            return new(exit, output.ToString(), error.ToString());
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    public static TallyRun OfText(string text, string extension = ".json", string language = "en-GB", params string[] more) =>
        OfBytes(Encoding.UTF8.GetBytes(text), extension, language, more);

    public static TallyRun OfBytes(byte[] bytes, string extension = ".json", string language = "en-GB", params string[] more)
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + extension);
        File.WriteAllBytes(path, bytes);
        try
        {
            return Of(path, language, more);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
