using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Elections;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.Mandates;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Mandates;

/// <summary>A decision about all bodies misses none that is constituted between its reading and its append.</summary>
public sealed class AppointmentRaceTests(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task Offices_that_exclude_each_other_are_not_both_given_when_the_second_body_is_constituted_meanwhile()
    {
        // Given statutes by which the president is not the treasurer of anything
        var version = StatutesVersionId.Of(Guid.CreateVersion7());
        var terms = new TermsRule(Renewal.Whole, false, CoOption.NotAllowed, [new(Office.President, Office.Treasurer)], SeveralMandatesAPerson: true);
        await host.RecordAsync(
            Host.Slug, StatutesVersions.Stream,
            new StatutesDrafted(version, "Statuts", [new("11", "Cumul", "Nul ne cumule.")], [new Rule("art. 11", new(), terms)]),
            new StatutesAdopted(version, EffectiveTime.At(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero))));
        var person = host.Person(Role.BoardMember);
        var board = Assert.IsType<CommandResult.Done>(await RunAsync(MandateUseCases.Constitute, new("Conseil", BodyKind.Board))).Ids["body"];

        // When somebody is made treasurer of the board while a bureau is constituted and the same person made its president
        var meanwhile = Task.FromResult<CommandResult?>(null);
        var interrupted = MandateUseCases.Appoint with
        {
            Decide = async (request, deciding, ct) =>
            {
                var decision = await MandateUseCases.Appoint.Decide(request, deciding, ct);
                if (meanwhile.IsCompleted && await meanwhile is null)
                    await (meanwhile = BureauAsync(person));
                return decision;
            },
        };
        var treasurer = await RunAsync(interrupted, new(BodyId.Of(board), person, Office.Treasurer));

        // Then the second is decided again on what the first made, and refused with the article
        Assert.IsType<CommandResult.Done>(await meanwhile);
        Assert.Equal(new OfficesIncompatible(Office.Treasurer, Office.President, "art. 11"), Assert.IsType<CommandResult.Refused>(treasurer).Refusal);
    }

    [Fact]
    public async Task Two_secretaries_who_install_those_elected_at_once_give_one_mandate_each()
    {
        // Given an election of one seat, which an assembly has decided
        var (board, person) = (await MadeAsync(MandateUseCases.Constitute, new("Comité", BodyKind.Board), "body"), host.Person(Role.Member));
        var assembly = BodyId.Of(await MadeAsync(MandateUseCases.Constitute, new("Assemblée", BodyKind.GeneralAssembly), "body"));
        var election = ElectionId.Of(await MadeAsync(
            ElectionUseCases.Call, new(assembly, BodyId.Of(board), "Comité", EffectiveTime.At(DateTimeOffset.UtcNow)), "election"));
        Assert.IsType<CommandResult.Done>(await RunAsync(ElectionUseCases.Stand, new(election, person)));
        var ballot = Assert.IsType<CommandResult.Done>(await RunAsync(
            BallotUseCases.Transcribe, new(DecisionKind.Election, "Comité", Verdict.Elected, assembly, Election: election, Elected: [person]))).Ids["ballot"];
        await host.DocumentAsync(Host.Slug, BallotId.Of(ballot));

        // When the second installs between the reading of the first and its append
        var meanwhile = Task.FromResult<CommandResult?>(null);
        var interrupted = ElectionUseCases.Install with
        {
            Decide = async (request, deciding, ct) =>
            {
                var decision = await ElectionUseCases.Install.Decide(request, deciding, ct);
                if (meanwhile.IsCompleted && await meanwhile is null)
                    await (meanwhile = Task.Run(async () => (CommandResult?)await RunAsync(ElectionUseCases.Install, new(election)), ct));
                return decision;
            },
        };
        var first = await RunAsync(interrupted, new(election));

        // Then one installs, and the other finds it done
        Assert.IsType<CommandResult.Done>(await meanwhile);
        Assert.IsType<CommandResult.Unchanged>(first);
        var recorded = await host.Log.ReadStreamAsync(host.Association.ToString(), Body.Stream(BodyId.Of(board)).Value, ct: TestContext.Current.CancellationToken);
        Assert.Single(recorded, e => e.Type == EventCatalogue.NameOf(typeof(MandateAppointed)));
    }

    private async Task<Guid> MadeAsync<T>(UseCase<T> useCase, T request, string made) where T : class =>
        Assert.IsType<CommandResult.Done>(await RunAsync(useCase, request)).Ids[made];

    private async Task<CommandResult?> BureauAsync(PersonId person)
    {
        var bureau = Assert.IsType<CommandResult.Done>(await RunAsync(MandateUseCases.Constitute, new("Bureau", BodyKind.Bureau))).Ids["body"];
        return await RunAsync(MandateUseCases.Appoint, new(BodyId.Of(bureau), person, Office.President));
    }

    private Task<CommandResult> RunAsync<T>(UseCase<T> useCase, T request) where T : class =>
        host.App.Services.GetRequiredService<CommandRunner>().RunAsync(
            useCase,
            request,
            new CommandContext
            {
                Association = AssociationDirectory.IdOf(Host.Slug),
                Zone = TimeZoneInfo.Utc,
                Actor = Actor.System,
                Now = DateTimeOffset.UtcNow,
                IdempotencyKey = Guid.NewGuid().ToString("N"),
                Ids = IdSource.Fresh(TimeProvider.System),
            },
            TestContext.Current.CancellationToken);
}
