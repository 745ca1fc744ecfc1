using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Members;
using Microsoft.Extensions.Localization;

namespace Governance.Api.DuesCampaigns;

/// <summary>Dues in words.</summary>
public static class DuesWords
{
    public static StateKind Kind(DuesState state) => state switch
    {
        DuesState.Paid => StateKind.Done,
        DuesState.Waived => StateKind.Ended,
        DuesState.Late => StateKind.Late,
        DuesState.InGrace => StateKind.Open,
        _ => StateKind.Planned,
    };

    /// <summary>« payée le 12 mars 2024 », « en retard », « délai de grâce jusqu'au 30 avril 2024 ».</summary>
    public static string Word(Dues dues, DuesState state, DateOnly graceEnds, TimeZoneInfo zone, IStringLocalizer<DuesText> t) => state switch
    {
        DuesState.Paid => t["State.Paid", DateWording.Known(dues.PaidOn!.Value, zone)],
        DuesState.InGrace => t["State.InGrace", DateWording.Full(graceEnds)],
        _ => t["State." + state],
    };

    /// <summary>« de 100 000 à moins de 200 000 », « association », or nothing where the amount is for all.</summary>
    public static string? Who(DuesBracket bracket, IStringLocalizer<DuesText> t) => bracket switch
    {
        { Category: { } category } => category,
        { From: { } from, Below: { } below } => t["Bracket.Between", CountWording.Number(from), CountWording.Number(below)],
        { From: { } from } => t["Bracket.From", CountWording.Number(from)],
        { Below: { } below } => t["Bracket.Below", CountWording.Number(below)],
        _ => null,
    };

    /// <summary>An amount as a cell of a table has it, in whole cents: « 1250,50 », "1250.50".</summary>
    public static string Cell(long cents) => (cents < 0 ? "-" : "") + (Math.Abs(cents) / 100).ToString(System.Globalization.CultureInfo.InvariantCulture)
        + (Typography.IsFrench ? "," : ".") + (Math.Abs(cents) % 100).ToString("00", System.Globalization.CultureInfo.InvariantCulture);
}
