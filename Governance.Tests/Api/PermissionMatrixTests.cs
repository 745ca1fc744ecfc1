using System.Globalization;
using System.Net;
using System.Text;
using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Tests.Architecture;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>
/// Who gets in where. <c>permissions.txt</c> beside this file is the matrix as agreed; a new address is a new line in it, to be read and approved by a person.
/// </summary>
public sealed class PermissionMatrixTests(Host host) : IClassFixture<Host>
{
    private const string Approved = "Governance.Tests/Api/permissions.txt";

    // The framework adds it for a script that is not used here; naming no permission, it is closed to everybody.
    private const string Unused = "/_framework/opaque-redirect";

    private static readonly Role?[] Everybody = [null, Role.Member, Role.BoardMember, Role.Secretariat, Role.Auditor, Role.Administrator];

    [Fact]
    public void Every_address_names_its_permission() =>
        Assert.Equal([Unused], Endpoints().Where(endpoint => RequestScopes.PermissionOf(endpoint) is null).Select(endpoint => endpoint.RoutePattern.RawText));

    /// <summary>Beside it, routing keeps the tree of all addresses small: <see cref="SlugsApart"/>.</summary>
    [Fact]
    public void No_association_can_be_called_as_the_hosts_own_addresses_begin()
    {
        var firsts = Endpoints().Select(endpoint => endpoint.RoutePattern.PathSegments.FirstOrDefault()?.Parts[0])
            .OfType<Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart>().Select(part => part.Content).Where(first => first != "_framework");

        Assert.Empty(firsts.Except(AssociationDirectory.Reserved));
        Assert.All(
            Endpoints().Where(endpoint => endpoint.RoutePattern.GetParameter("slug") is not null),
            endpoint => Assert.Contains("slug", endpoint.RoutePattern.ParameterPolicies.Keys));
    }

    [Fact]
    public async Task Every_role_gets_in_where_it_was_agreed_and_nowhere_else()
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in Endpoints())
        {
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                lines.Add(await LineAsync(endpoint, method));
        }

        var actual = string.Join('\n', lines) + "\n";
        var file = Path.Combine(Checkout.Root, Approved);
        var expected = File.Exists(file) ? await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) : "";
        if (actual != expected)
            await File.WriteAllTextAsync(Path.ChangeExtension(file, ".received.txt"), actual, TestContext.Current.CancellationToken);
        Assert.Equal(expected, actual);
    }

    private async Task<string> LineAsync(RouteEndpoint endpoint, string method)
    {
        var line = new StringBuilder($"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}  {RequestScopes.PermissionOf(endpoint)} ");
        foreach (var role in Everybody)
        {
            using var client = host.As(role);
            using var request = new HttpRequestMessage(new HttpMethod(method), Address(endpoint));
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var outcome = answer.StatusCode switch
            {
                HttpStatusCode.Unauthorized => "401",
                HttpStatusCode.Forbidden => "403",
                _ => "in",
            };
            line.Append(CultureInfo.InvariantCulture, $" {role?.ToString() ?? "Visitor"}:{outcome}");
        }

        return line.ToString();
    }

    private static string Address(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "slug" } => Host.Slug,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart => "01900000-0000-7000-8000-000000000000",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            _ => throw new InvalidOperationException(),
        }))));

    private IEnumerable<RouteEndpoint> Endpoints()
    {
        var endpoints = ((IEndpointRouteBuilder)host.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        Assert.NotEmpty(endpoints);
        return endpoints;
    }
}
