using System.Net;
using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Projections.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Access;

/// <summary>A database of the operator's own may order texts by a language's rules.</summary>
public sealed class CollationTests
{
    [Fact]
    public async Task On_a_database_in_French_order_everybody_has_the_role_of_their_mandates()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = new Host { ConnectionString = await PostgreSql.FrenchConnectionStringAsync() };
        await host.InitializeAsync();
        await host.ShownAsync(await host.Log.LastPositionAsync(ct));

        var mandated = host.App.Services.GetRequiredService<Mandated>();
        foreach (var role in new[] { Role.Member, Role.BoardMember, Role.Secretariat, Role.Auditor })
        {
            Assert.Equal([role], await mandated.RolesOfAsync(host.Association, host.Person(role), ct));
            using var client = host.As(role);
            using var answer = await client.GetAsync(new Uri($"/api/{Host.Slug}/dashboard", UriKind.Relative), ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal([Host.Slug], (await host.App.Services.GetRequiredService<AssociationDirectory>().ListAsync(ct)).Select(a => a.Slug));
        // What is compared byte for byte has one order on every database.
        Assert.All(await host.App.Services.GetRequiredService<RebuildCheck>().RunAsync(ReadModels.All, ct), compared => Assert.True(compared.Equal, compared.Model));
    }
}
