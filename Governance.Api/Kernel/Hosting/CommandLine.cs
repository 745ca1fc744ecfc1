using System.CommandLine;
using Governance.Api.Import;
using Governance.Api.Mail;
using Governance.Api.Proofs;
using Governance.Api.Proofs.Bundles;
using Governance.Api.Proofs.Witnesses;
using Governance.Api.Tallies;

namespace Governance.Api.Kernel.Hosting;

/// <summary>What can be asked of the host on the command line: each command is a line here.</summary>
public static class CommandLine
{
    /// <summary>Where the private database and the keys lie.</summary>
    public static Option<string> Data { get; } = new("--data")
    {
        Description = "Directory of the private database and the master key.",
        DefaultValueFactory = _ => ".data",
        Recursive = true,
    };

    public static RootCommand Make() => new("Governance: the system of record for how associations govern themselves.")
    {
        Data,
        ServeCommand.Make(),
        ImportCommand.Make(),
        RebuildCommand.Make(),
        LogCommand.Make(),
        TallyCommand.Make(),
        ExportCommand.Make(),
        VerifyCommand.Make(),
        WitnessCommand.Make(),
        BounceCommand.Make(),
    };
}
