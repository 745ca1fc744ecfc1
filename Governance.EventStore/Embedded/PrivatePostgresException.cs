namespace Governance.EventStore.Embedded;

/// <summary>The private server cannot run on this machine. The message says why and what the operator can do about it.</summary>
public sealed class PrivatePostgresException : Exception
{
    public PrivatePostgresException(string message) : base(message)
    {
    }

    public PrivatePostgresException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public PrivatePostgresException()
    {
    }
}
