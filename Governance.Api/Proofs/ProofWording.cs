using Governance.Api.Face.Wording;
using Governance.EventStore.Log;
using Governance.EventStore.Vault;

namespace Governance.Api.Proofs;

/// <summary>Words of the transparency log (ProofText.resx French, ProofText.en.resx English).</summary>
public static class ProofWording
{
    private static readonly TextResource Words = new("Governance.Api.Proofs.ProofText");

    public static string Say(string key, params object[] arguments) => Typography.Spaced(Words.Say(key, arguments));

    /// <summary>What is wrong with the file of a key, and what can be done.</summary>
    public static string Of(KeyFileException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return Say($"KeyFile.{fault.Kind}.{fault.Fault}", fault.Path);
    }

    /// <summary>What happened to a database that does not hold the log that was published, and what can be done.</summary>
    public static string Of(LogNotTheSameException difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        return Say("NotTheSame." + difference.Difference, difference.Association, difference.Published, difference.Held);
    }
}
