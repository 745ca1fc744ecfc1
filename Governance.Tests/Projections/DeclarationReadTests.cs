using Governance.Domain.Associations;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Projections;
using Xunit;
using static Governance.Tests.Domain.Story;
using Told = Governance.Domain.Associations.Association;

namespace Governance.Tests.Projections;

/// <summary>What the prefecture must be told, and whether it was.</summary>
public sealed class DeclarationReadTests : ReadModelTest
{
    [Fact]
    public async Task A_change_of_seat_is_awaited_for_three_months_then_overdue_then_filed_and_acknowledged()
    {
        await GivenAsync(Founded);
        var (moved, _) = await RecordAsync(Ours, On("2024-01-10", Told.Stream, new SeatMoved("Marseille")));
        await GivenAsync(
            On("2024-06-01", Told.Stream, new DeclarationFiled(moved, "W 42")),
            On("2024-06-20", Told.Stream, new DeclarationReceiptRecorded(moved, "Receipt 7")));
        await WhenFollowedAsync();

        async Task<DeclarationStanding> StandingAsync(string day) => Assert.Single(await Declarations.ListAsync(await ThenAsync(day), Ct)).Standing;
        Assert.Empty(await Declarations.ListAsync(await ThenAsync("2024-01-09"), Ct));
        Assert.Equal(DeclarationStanding.Awaited, await StandingAsync("2024-04-10"));
        Assert.Equal(DeclarationStanding.Overdue, await StandingAsync("2024-04-11"));
        Assert.Equal(DeclarationStanding.Filed, await StandingAsync("2024-06-01"));
        Assert.Equal(DeclarationStanding.Acknowledged, await StandingAsync("2024-06-20"));
        var told = Assert.Single(await Declarations.ListAsync(await ThenAsync("2024-07-01"), Ct));
        Assert.Equal((moved, new DateOnly(2024, 4, 10), "W 42", "Receipt 7"), (told.Due, told.DueOn, told.Reference, told.Receipt));
        await ThenRebuiltEqualAsync();
    }

    [Fact]
    public async Task Officers_of_the_board_are_declared_members_of_a_college_are_not_and_statutes_come_with_their_transformation()
    {
        var (board, college) = (Named<BodyId>("board"), Named<BodyId>("college"));
        var (first, second, third) = (Named<StatutesVersionId>("1"), Named<StatutesVersionId>("2"), Named<StatutesVersionId>("3"));
        var statutes = Governance.Domain.Statutes.StatutesVersions.Stream;
        await GivenAsync(
            Founded,
            On("2020-01-01", Body.Stream(board), new BodyConstituted(board, "Board", BodyKind.Board, [])),
            On("2020-01-01", Body.Stream(college), new BodyConstituted(college, "Assembly", BodyKind.GeneralAssembly, [])),
            On("2021-01-01", Body.Stream(board), new MandateAppointed(Named<MandateId>("a"), Named<PersonId>("a"), Office.President)),
            On("2021-01-01", Body.Stream(college), new MandateAppointed(Named<MandateId>("b"), Named<PersonId>("b"), Office.Seat)),
            On("2020-02-01", statutes, new StatutesDrafted(first, "1", [], [])), On("2020-02-01", statutes, new StatutesAdopted(first, Time("2020-02-01"))),
            On("2022-02-01", statutes, new StatutesDrafted(second, "2", [], [])), On("2022-02-01", statutes, new StatutesAdopted(second, Time("2022-02-01"))),
            On("2023-02-01", statutes, new StatutesDrafted(third, "3", [], [])), On("2023-02-01", statutes, new StatutesAdopted(third, Time("2023-02-01"))),
            On("2023-02-01", Told.Stream, new AssociationTransformed("New", "new", "New purpose", third)));
        await WhenFollowedAsync();

        Assert.Equal(
            [
                [DeclarationMatter.Title, DeclarationMatter.Purpose, DeclarationMatter.Statutes],
                [DeclarationMatter.Statutes],
                [DeclarationMatter.Officers],
            ],
            (await Declarations.ListAsync(await ThenAsync("2024-01-01"), Ct)).Select(d => d.Matters));
        await ThenRebuiltEqualAsync();
    }

    private static Fact Founded =>
        On("2020-01-01", Told.Stream, new AssociationFounded(Ours, "network", "Network", "network", "Purpose", "Lille", "Europe/Paris"));
}
