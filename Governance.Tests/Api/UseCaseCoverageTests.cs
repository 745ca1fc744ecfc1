using Governance.Api.Kernel.Http;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>Whatever the domain can decide can be asked for over HTTP.</summary>
public sealed class UseCaseCoverageTests(Host host) : IClassFixture<Host>
{
    private static readonly string[] WithoutAnAddress =
    [
        nameof(Governance.Domain.People.ErasePersonAgain), // the system's own, after a backup was restored
        nameof(RaiseIrregularity), // the system's own, after a fact that was recorded late
        nameof(Governance.Domain.Meetings.RetractAttendance), // the part of RetractFact that knows of who came and of proxies
        nameof(Governance.Domain.Conventions.RetractConventionFact), // the part of RetractFact that knows of filed reports
        nameof(Governance.Domain.Elections.RetractElectionFact), // the part of RetractFact that takes a whole election back
        nameof(Governance.Domain.Gatherings.RetractGatheringFact), // the part of RetractFact that knows of waiting lists and editions
        nameof(Governance.Domain.Meetings.RetractMeetingFact), // the part of RetractFact that knows of acts in meetings
        nameof(RetractMemberFact), // the part of RetractFact that knows of names
        nameof(Governance.Domain.Roadmaps.RetractWorkstreamFact), // the part of RetractFact that knows of dependencies and expenses
    ];

    [Fact]
    public void Every_command_of_the_domain_has_an_address_save_those_that_are_not_for_people()
    {
        var commands = typeof(Decision).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsVisible: true } && type.GetMethods().Any(m => m.Name == "Decide" && m.ReturnType == typeof(Decision)))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal)
            .ToList();
        var addressed = ((IEndpointRouteBuilder)host.App).DataSources.SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<CommandMetadata>()?.Name)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);

        Assert.Contains(nameof(Governance.Domain.People.ErasePerson), commands);
        Assert.Equal(WithoutAnAddress, commands.Where(command => !addressed.Contains(command)));
    }
}
