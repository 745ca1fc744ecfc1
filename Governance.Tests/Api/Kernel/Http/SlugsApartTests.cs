using Governance.Api.Kernel.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Xunit;

namespace Governance.Tests.Api.Kernel.Http;

/// <summary>Addresses of associations are kept apart from the host's own, and lose nothing by it.</summary>
public sealed class SlugsApartTests
{
    private static SlugsApart Of(string template, object? defaults = null) => new(
        [new DefaultEndpointDataSource(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(template, defaults, null), 0, EndpointMetadataCollection.Empty, template))]);

    [Fact]
    public void What_a_template_says_itself_is_kept()
    {
        var route = Assert.IsType<RouteEndpoint>(Assert.Single(Of("/{slug}/roadmap/{page=first}").Endpoints));
        Assert.Equal("first", route.RoutePattern.Defaults["page"]);
        Assert.Contains("slug", route.RoutePattern.ParameterPolicies.Keys);
    }

    [Fact]
    public void Defaults_beside_a_template_are_a_fault_where_they_would_be_lost() =>
        Assert.Contains("page", Assert.Throws<InvalidOperationException>(() => Of("/{slug}/roadmap", new { page = "first" }).Endpoints).Message, StringComparison.Ordinal);

    [Fact]
    public void Addresses_of_the_host_are_left_as_they_are() =>
        Assert.Equal("first", Assert.IsType<RouteEndpoint>(Assert.Single(Of("/accounts", new { page = "first" }).Endpoints)).RoutePattern.Defaults["page"]);
}
