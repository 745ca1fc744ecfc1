using Governance.Domain.Kernel;

namespace Governance.Projections.Runtime;

/// <summary>What the name of a stream says.</summary>
public static class StreamNames
{
    /// <summary>The thing that a stream such as <c>body:{id}</c> tells of.</summary>
    /// <exception cref="FormatException">The name carries no identifier.</exception>
    public static Guid Thing(this StreamId stream) => Guid.ParseExact(stream.Value.AsSpan(stream.Value.IndexOf(':', StringComparison.Ordinal) + 1), "D");
}
