using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Governance.Api.Proofs;

/// <summary>
/// <c>verify.html</c>: one page without a network that checks an evidence bundle in a browser, on code of its own. Its parts stand in
/// <c>Verifier/</c>, one a subject, and are put one behind the other; the same parts give the same bytes.
/// </summary>
public static partial class VerifierPage
{
    // In the order of use: a class or constant stands before whoever needs it while the page loads.
    private static readonly string[] Scripts =
    [
        "bytes", "sha256", "canonical", "tree", "note", "zip", "bundle", "fraction", "tallies/roll", "tallies/motion", "tallies/paper", "tallies/contest",
        "tallies/consent", "tallies/totals", "tallies/schulze", "tallies/majority-judgment", "tallies/stv", "standing", "proxies", "ballots", "documents", "checks", "words.fr", "words.en", "page",
    ];

    private static readonly Lazy<string> Page = new(Assemble);

    /// <summary>The whole page, UTF-8 without a byte order mark.</summary>
    public static byte[] Bytes => Encoding.UTF8.GetBytes(Page.Value);

    private static string Assemble()
    {
        // What a part gives the others is marked; together they are one scope, and nothing is left to mark.
        var script = $"\n(() => {{\n\"use strict\";\n{string.Concat(Scripts.Select(name => Export().Replace(Resource($"verifier/{name}.js"), "")))}}})();\n";
        var style = $"\n{Tokens(Resource("face/site.css"))}{Resource("verifier/verify.css")}";
        return Resource("verifier/verify.template.html")
            .Replace("{{script-hash}}", Source(script), StringComparison.Ordinal)
            .Replace("{{style-hash}}", Source(style), StringComparison.Ordinal)
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal);
    }

    // The colours and sizes of the face, so that there is one place for them.
    private static string Tokens(string stylesheet)
    {
        var from = stylesheet.IndexOf("/* Tokens.", StringComparison.Ordinal);
        return stylesheet[from..stylesheet.IndexOf("/* Ground */", from, StringComparison.Ordinal)];
    }

    // As a content security policy names what may run.
    private static string Source(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var stream = typeof(VerifierPage).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is no part of the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex("^export ", RegexOptions.Multiline)]
    private static partial Regex Export();
}
