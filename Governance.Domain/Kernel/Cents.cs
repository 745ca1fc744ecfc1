namespace Governance.Domain.Kernel;

/// <summary>An amount of euros as sentences name it; events and requests carry whole cents.</summary>
public readonly record struct Cents(int Amount);
