using System.Security.Cryptography;
using System.Text.Json;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;

namespace Governance.Api.DuesCampaigns;

/// <summary>What one form asks and takes several commands, such as a call of more members than one command takes.</summary>
public static class CommandsInTurn
{
    /// <summary>
    /// Gives a command for each part, up to the first that is refused. Each has a key of what is in it, so that the same part is the same command whatever was
    /// done of the others before.
    /// </summary>
    /// <param name="parts">At least one.</param>
    /// <param name="passes">Which refusals are of one part alone: the others are done all the same. Null for none.</param>
    /// <returns>The last that was done, or what stopped it; the refusal where every part was passed over.</returns>
    public static async Task<CommandResult> RunAsync<T>(
        IEnumerable<T> parts, string key, Func<T, string, Task<CommandResult>> act, Func<Refusal, bool>? passes = null)
    {
        CommandResult? done = null, passed = null;
        foreach (var part in parts)
        {
            var result = await act(part, KeyOf(key, part));
            if (Problems.Of(result) is null)
                done = result is CommandResult.Done || done is null ? result : done;
            else if (result is CommandResult.Refused { Refusal: var refusal } && passes?.Invoke(refusal) == true)
                passed = result;
            else
                return result;
        }

        return done ?? passed ?? throw new ArgumentException("There is no part.", nameof(parts));
    }

    private static string KeyOf<T>(string key, T part) =>
        $"{key} {Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(part, EventCatalogue.Json)).AsSpan(0, 8))}";
}
