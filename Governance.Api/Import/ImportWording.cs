using Governance.Api.Face.Wording;

namespace Governance.Api.Import;

/// <summary>Sentences of the importer, in the language of the process.</summary>
internal static class ImportWording
{
    private static readonly TextResource Sentences = new("Governance.Api.Import.Import");

    public static string Say(string key, params object[] arguments) => Sentences.Say(key, arguments);
}
