using Governance.Api.Face.Wording;

namespace Governance.Api.Proofs.Witnesses;

/// <summary>Sentences of a witness, in the language of the process (WitnessText.resx French, WitnessText.en.resx English).</summary>
internal static class WitnessWording
{
    private static readonly TextResource Sentences = new("Governance.Api.Proofs.Witnesses.WitnessText");

    public static string Say(string key, params object?[] arguments) => Sentences.Say(key, arguments);
}
