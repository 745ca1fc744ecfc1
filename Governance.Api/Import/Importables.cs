using Governance.Api.Chronicles;
using Governance.Api.SharedTools;
using Governance.Api.WorkingGroups;

namespace Governance.Api.Import;

/// <summary>Every use case that a history may name: an area adds its line here.</summary>
public static class Importables
{
    public static IReadOnlyDictionary<string, Importable> All { get; } = new[]
    {
        ChronicleUseCases.Importable,
        SharedToolUseCases.Importable,
        WorkingGroupUseCases.Importable,
    }.SelectMany(area => area).ToDictionary(importable => importable.Name, StringComparer.Ordinal);
}
