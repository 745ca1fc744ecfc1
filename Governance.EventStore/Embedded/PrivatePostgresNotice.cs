namespace Governance.EventStore.Embedded;

/// <summary>What became of the private server, for the host's log.</summary>
public enum PrivatePostgresChange
{
    /// <summary>This host started the server.</summary>
    Started,

    /// <summary>Another host runs the server; this one uses it and stands by.</summary>
    Adopted,

    /// <summary>The host that ran the server is gone; this one started it again.</summary>
    TookOver,

    /// <summary>The server ended without being asked to; this host starts it again.</summary>
    Died,

    /// <summary>The server could not be started again; another attempt follows.</summary>
    StartFailed,
}

/// <param name="Change">What happened.</param>
/// <param name="ServerProcessId">Process id of the server concerned, 0 when there is none.</param>
/// <param name="Message">One English sentence for a log.</param>
public sealed record PrivatePostgresNotice(PrivatePostgresChange Change, int ServerProcessId, string Message);
