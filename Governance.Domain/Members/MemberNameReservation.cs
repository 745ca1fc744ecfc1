using System.Globalization;
using System.Text;
using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>Who has the name of an organisation: one stream a name, so that two members cannot both take it.</summary>
public abstract record MemberNameReservation : IState<MemberNameReservation>
{
    private MemberNameReservation() { }

    public sealed record Free : MemberNameReservation;

    public sealed record Taken(MemberId By) : MemberNameReservation;

    public static MemberNameReservation Initial { get; } = new Free();

    public static StreamId Stream(string organisation) => new($"member-name:{Slug(organisation)}");

    public MemberNameReservation Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Free, MemberNameReserved e) => new Taken(e.Member),
        (Taken taken, MemberNameReleased e) when taken.By == e.Member => new Free(),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    /// <summary>
    /// What makes two names the same: letters and digits of any script, without case or accents, « &amp; » read as « et ».
    /// </summary>
    /// <returns>Empty for a name without a letter or digit.</returns>
    public static string Slug(string organisation)
    {
        var slug = new StringBuilder();
        foreach (var letter in organisation.Replace("&", " et ", StringComparison.Ordinal).Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark)
                continue;
            if (char.IsLetterOrDigit(letter) || char.IsSurrogate(letter))
                slug.Append(char.ToLowerInvariant(letter));
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        return slug.ToString().TrimEnd('-');
    }
}
