using System.Text.Json.Nodes;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;

namespace Governance.Api.Import;

/// <summary>A use case that a history may name.</summary>
/// <param name="Request">Its request's type, which leads the reading of an entry.</param>
/// <param name="RunAsync">Reads the request strictly and gives the command.</param>
public sealed record Importable(
    string Name, Type Request, Func<CommandRunner, JsonObject, CommandContext, CancellationToken, Task<CommandResult>> RunAsync)
{
    public static Importable Of<T>(UseCase<T> useCase) where T : class => new(
        useCase.Name,
        typeof(T),
        async (runner, json, context, ct) =>
        {
            var errors = new ShapeErrors();
            var request = JsonShape.Read<T>(json, errors);
            return request is null ? new CommandResult.Malformed(errors.ByField) : await runner.RunAsync(useCase, request, context, ct);
        });
}
