using System.Diagnostics.CodeAnalysis;

namespace Governance.Api.Kernel.Http;

/// <summary>
/// Handlers that are bound to their requests when the first one comes. ASP.NET Core binds all of an application's handlers, each by an expression that it
/// compiles, before it answers anything: with some two hundred of them the first answer after a start waits longer for that than for the database.
/// </summary>
public static class LateHandlers
{
    /// <summary>As <c>MapGet</c>, bound at the first request.</summary>
    public static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Delegate handler) =>
        routes.MapLate(HttpMethods.Get, pattern, handler);

    /// <summary>As <c>MapPost</c>, bound at the first request.</summary>
    /// <param name="admit">What a request must pass before it is bound; null admits all. The answer is given in place of the handler's, null lets it pass.</param>
    public static RouteHandlerBuilder MapWrite(
        this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Delegate handler, Func<HttpContext, Task<IResult?>>? admit = null) =>
        routes.MapLate(HttpMethods.Post, pattern, handler, admit);

    private static RouteHandlerBuilder MapLate(
        this IEndpointRouteBuilder routes, string method, string pattern, Delegate handler, Func<HttpContext, Task<IResult?>>? admit = null)
    {
        var bound = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(handler, new() { ServiceProvider = routes.ServiceProvider }).RequestDelegate);
        var builder = routes.MapMethods(pattern, [method], async http =>
        {
            if (admit is not null && await admit(http) is { } instead)
                await instead.ExecuteAsync(http);
            else
                await bound.Value(http);
        });
        // What the API's description reads of a handler: its method, what it takes and what it answers.
        builder.Add(endpoint =>
        {
            endpoint.Metadata.Insert(0, handler.Method);
            RequestDelegateFactory.InferMetadata(handler.Method, new() { ServiceProvider = routes.ServiceProvider, EndpointBuilder = endpoint });
        });
        return new RouteHandlerBuilder([builder]);
    }
}
