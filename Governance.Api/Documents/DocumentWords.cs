using Governance.Api.Face.Wording;
using Governance.Domain.Documents;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Documents;

/// <summary>What pages say of documents.</summary>
public static class DocumentWords
{
    private const long Kibibyte = 1024, Mebibyte = Kibibyte * Kibibyte;

    /// <summary>« 1,4 Mo », « 312 Ko », rounded up.</summary>
    public static string Size(long bytes, IStringLocalizer<DocumentText> t)
    {
        if (bytes < Mebibyte)
            return t["Size.Kib", CountWording.Number((int)((bytes + Kibibyte - 1) / Kibibyte))];
        var tenths = ((bytes * 10) + Mebibyte - 1) / Mebibyte;
        return t["Size.Mib", string.Create(System.Globalization.CultureInfo.CurrentUICulture, $"{tenths / 10}{System.Globalization.CultureInfo.CurrentUICulture.NumberFormat.NumberDecimalSeparator}{tenths % 10}")];
    }

    /// <summary>« PDF », « DOCX ».</summary>
    public static string Format(string mediaType) => DocumentFormat.Of(mediaType)?.Extension.ToUpperInvariant() ?? mediaType;

    public static string Kept(Retention retention, IStringLocalizer<DocumentText> t) =>
        retention.Until is { } until ? t["KeptUntil", DateWording.Full(until)] : t["KeptForEver"];
}
