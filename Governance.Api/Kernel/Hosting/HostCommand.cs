using Governance.Api.Access;
using Governance.Api.Mail;
using Governance.Api.Proofs;
using Governance.EventStore.Log;
using Governance.EventStore.Vault;

namespace Governance.Api.Kernel.Hosting;

/// <summary>What commands that need the whole host have in common.</summary>
public static class HostCommand
{
    /// <summary>Puts the host together for a command; where the database is not the one whose log was published, or a key cannot be used, says so instead.</summary>
    /// <returns>What the command came to, 1 when it was not begun.</returns>
    public static async Task<int> RunAsync(HostSettings settings, Func<WebApplication, Task<int>> command, CancellationToken ct)
    {
        WebApplication app;
        try
        {
            app = await GovernanceHost.BuildAsync(settings, ct: ct);
        }
        catch (LogNotTheSameException difference)
        {
            await Console.Error.WriteLineAsync(ProofWording.Of(difference));
            return 1;
        }
        catch (MasterKeyNotTheSameException difference)
        {
            await Console.Error.WriteLineAsync(AccessWording.Say(difference.Missing ? "start.master-key.missing" : "start.master-key.other", difference.Place));
            return 1;
        }
        catch (KeyFileException fault)
        {
            await Console.Error.WriteLineAsync(ProofWording.Of(fault));
            return 1;
        }
        catch (MailSettingsException fault)
        {
            await Console.Error.WriteLineAsync(MailWording.Say("Settings", fault.Setting));
            return 1;
        }
        catch (PlatformNotSupportedException)
        {
            await Console.Error.WriteLineAsync(ProofWording.Say("NoOpenSsl"));
            return 1;
        }

        await using (app)
            return await command(app);
    }
}
