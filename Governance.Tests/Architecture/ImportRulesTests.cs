using System.Xml.Linq;
using Xunit;

namespace Governance.Tests.Architecture;

public sealed class ImportRulesTests
{
    [Fact]
    public void The_domain_imports_the_base_class_library_only() =>
        AssertImportsOnly("Governance.Domain", []);

    [Fact]
    public void The_event_store_imports_the_database_driver_and_knows_no_domain() =>
        AssertImportsOnly("Governance.EventStore", ["Npgsql"]);

    [Fact]
    public void The_projections_import_the_domain_and_the_event_store() =>
        AssertImportsOnly("Governance.Projections", ["Governance.Domain", "Governance.EventStore", "Npgsql"]);

    [Theory]
    [InlineData("Governance.Domain")]
    [InlineData("Governance.EventStore")]
    [InlineData("Governance.Projections")]
    public void Only_the_host_knows_the_web_framework(string project)
    {
        using var assembly = new CompiledAssembly(project);
        Assert.DoesNotContain(assembly.ReferencedAssemblies(), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.Equal("Microsoft.NET.Sdk", Project(project).Root!.Attribute("Sdk")!.Value);
        Assert.Empty(Project(project).Descendants("FrameworkReference"));
    }

    [Theory]
    [InlineData("Governance.Domain", "")]
    [InlineData("Governance.EventStore", "Npgsql")]
    [InlineData("Governance.Projections", "")]
    public void A_project_declares_no_package_beyond_what_it_may_import(string project, string packages) =>
        Assert.Equal(packages, string.Join(' ', Project(project).Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value)));

    [Fact]
    public void The_host_does_import_the_web_framework()
    {
        using var assembly = new CompiledAssembly("Governance.Api");
        Assert.Contains("Microsoft.AspNetCore", assembly.ReferencedAssemblies());
    }

    private static void AssertImportsOnly(string project, string[] allowed)
    {
        using var assembly = new CompiledAssembly(project);
        var referenced = assembly.ReferencedAssemblies().ToList();
        Assert.NotEmpty(referenced);
        Assert.Empty(referenced.Where(name => !allowed.Contains(name) && !IsBaseClassLibrary(name)).Distinct());
    }

    // Win32Exception, which tells on any system why a program cannot be run, lives in an assembly of an old name.
    private static bool IsBaseClassLibrary(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name == "Microsoft.Win32.Primitives";

    private static XDocument Project(string name) => XDocument.Parse(Checkout.Read($"{name}/{name}.csproj"));
}
