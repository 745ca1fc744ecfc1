using Governance.Api.Face.Wording;

namespace Governance.Api.Tallies;

/// <summary>Sentences of the tally command, in the language of the process.</summary>
internal static class TallyWording
{
    private static readonly TextResource Sentences = new("Governance.Api.Tallies.Tallies");

    public static string Say(string key, params object[] arguments) => Sentences.Say(key, arguments);
}
