using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Governance.Api.Import;

/// <summary>YAML of bounded size and depth without anchors and aliases: a few lines of those spell gigabytes, or themselves.</summary>
internal static class PlainYaml
{
    /// <summary>Characters of a file.</summary>
    public const int FileCharacters = 16 * 1024 * 1024;

    /// <summary>Characters of one entry of a list at the depth of entries.</summary>
    public const int EntryCharacters = 256 * 1024;

    /// <summary>Lists and mappings inside each other.</summary>
    public const int Depth = 32;

    // An entry is an item of a list that is a value of the document's mapping.
    private const int EntryDepth = 2;

    /// <summary>Reads a text.</summary>
    /// <returns>Its documents, or the line and sentence of what keeps it from being read.</returns>
    public static (IReadOnlyList<YamlDocument> Documents, ImportFault? Fault) Read(TextReader text)
    {
        var read = new StringBuilder();
        var part = new char[64 * 1024];
        while (text.ReadBlock(part) is > 0 and var length)
        {
            if (read.Append(part, 0, length).Length > FileCharacters)
                return ([], new ImportFault(1, ImportWording.Say("file-too-large", FileCharacters)));
        }

        var content = read.ToString();
        try
        {
            // Looked through before anything is built of it.
            if (FaultIn(new Parser(new StringReader(content))) is { } fault)
                return ([], fault);
            var yaml = new YamlStream();
            yaml.Load(new StringReader(content));
            return ([.. yaml.Documents], null);
        }
        catch (YamlException fault)
        {
            return ([], new ImportFault((int)fault.Start.Line, ImportWording.Say("not-yaml", fault.InnerException?.Message ?? fault.Message)));
        }
    }

    private static ImportFault? FaultIn(Parser parser)
    {
        var depth = 0;
        var entry = Mark.Empty;
        while (parser.MoveNext())
        {
            var node = parser.Current!;
            if (node is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
                return new ImportFault((int)node.Start.Line, ImportWording.Say("anchor"));
            if (depth == EntryDepth && node is NodeEvent)
                entry = node.Start;
            if (depth >= EntryDepth && node.End.Index - entry.Index > EntryCharacters)
                return new ImportFault((int)entry.Line, ImportWording.Say("entry-too-large", EntryCharacters));
            if (node is MappingStart or SequenceStart && ++depth > Depth)
                return new ImportFault((int)node.Start.Line, ImportWording.Say("too-deep", Depth));
            if (node is MappingEnd or SequenceEnd)
                depth--;
        }

        return null;
    }
}
