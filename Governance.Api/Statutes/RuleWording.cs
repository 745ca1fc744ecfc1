using System.Globalization;
using System.Resources;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Api.Statutes;

/// <summary>Rules of the statutes in plain words, in the language of the request (RuleWording.resx, RuleWording.en.resx).</summary>
public static class RuleWording
{
    private static readonly ResourceManager Texts = new(typeof(RuleWording).FullName!, typeof(RuleWording).Assembly);

    /// <summary>What a rule says, in one or more sentences.</summary>
    public static string Sentence(RuleContent content) => string.Join(' ', Sentences(content).Where(sentence => sentence is not null));

    /// <summary>Which decisions a rule is for: « conseil d'administration, élection », or all.</summary>
    public static string Scope(RuleScope scope) => scope is { Body: null, Decision: null }
        ? Say("Scope.All")
        : string.Join(", ", new[] { scope.Body is { } body ? Name(body) : null, scope.Decision is { } decision ? Name(decision) : null }.Where(part => part is not null));

    /// <summary>The word of a value of the domain: a kind of body, of decision, of rule.</summary>
    public static string Name(Enum value) =>
        Wording.Template("name." + EventCatalogue.NameOf(value.GetType()) + "." + value, CultureInfo.CurrentUICulture) ?? value.ToString();

    /// <summary>What a value of a rule says by itself: a sentence, or a word where it is part of one.</summary>
    public static string Word(Enum value) => Texts.GetString($"{value.GetType().Name}.{value}", CultureInfo.CurrentUICulture) is { } words ? Typography.Spaced(words) : Name(value);

    private static IEnumerable<string?> Sentences(RuleContent content) => content switch
    {
        NoticeRule r =>
        [
            Say("Notice", Days(r.Days, r.Count)),
            r.Conveners.Count > 0 ? Say("Notice.Conveners", List(r.Conveners, "Or")) : null,
            r.Channels.Count > 0 ? Say("Notice.Channels", List(r.Channels, "Or")) : null,
            r.MembersShare is { } share ? Say("Notice.Members", Share(share)) : null,
            Say(r.AgendaFrozen ? "Notice.Frozen" : "Notice.Open"),
            r.ItemsBy is { } authors ? Say("Notice.ItemsBy", List(authors, "Or")) : null,
            r.ItemsShare is { } items ? Say("Notice.Items", Share(items)) : null,
            r.ItemsUntilDays is { } until ? Say("Notice.ItemsUntil", Days(until)) : null,
        ],
        EligibilityRule r =>
        [
            Of(r.Voice),
            r.Dues == DuesPaidBy.RecordDate ? Say("DuesPaidBy.RecordDate", Days(r.RecordDateDays ?? 0)) : Of(r.Dues),
            r.GraceDays > 0 ? Say("Eligibility.Grace", Days(r.GraceDays)) : null,
            r.SeniorityDays > 0 ? Say("Eligibility.Seniority", Days(r.SeniorityDays)) : null,
            r.SuspensionProposed ? Say("Eligibility.Suspension") : null,
        ],
        QuorumRule { Extent: QuorumExtent.None } => [Say("Quorum.None")],
        QuorumRule r =>
        [
            Say("Quorum." + r.Extent, Threshold(r.Comparison, r.Share, Of(r.Measure), r.PlusOne), r.Colleges ?? 0),
            r.Rounding == Rounding.None ? null : Of(r.Rounding),
            r.Counted.Count > 0 ? Say("Quorum.Counted", List(r.Counted, "And")) : null,
            Of(r.Check),
        ],
        SecondConvocationRule { Allowed: false } => [Say("Second.No")],
        SecondConvocationRule r =>
        [
            Say("Second", Days(r.MinimumGapDays)),
            Say(r.SameAgenda ? "Second.Same" : "Second.Other"),
            r.Quorum is { } quorum ? Say("Second.Quorum", Sentence(quorum)) : Say("Second.NoQuorum"),
        ],
        ProxiesRule { Allowed: false } => [Say("Proxies.No")],
        ProxiesRule r =>
        [
            Say("Proxies"),
            r.MostPerHolder is { } most ? Say("Proxies.Most." + Plural(most), most) : Say("Proxies.NoCap"),
            r.MostShareOfVotes is { } share ? Say("Proxies.Share", Share(share)) : null,
            r.SameCollege ? Say("Proxies.College") : null,
            r.MembersOnly ? Say("Proxies.Members") : null,
            r.Written ? Say("Proxies.Written") : null,
            r.DeadlineHours is { } hours ? Say("Proxies.Deadline", Say("Hours." + Plural(hours), hours)) : null,
            Of(r.Blank),
            Of(r.HolderLeaves),
            r.MostPerHolder is null && r.MostShareOfVotes is null ? null : Of(r.OverCap),
        ],
        MajorityRule r =>
        [
            r.Form switch
            {
                MajorityForm.Fraction => Say("Majority.Fraction", Threshold(r.Comparison, r.Share, Of(r.Base), plusOne: false)),
                MajorityForm.HalfPlusOne => Say("Majority.HalfPlusOne", Of(r.Base)),
                _ => Say("Majority.Relative"),
            },
            r.WithAbstentions || r.WithBlanks || r.WithNulls
                ? Say("Majority.With", Join(
                    "And",
                    [
                        .. r.WithAbstentions ? [Say("Papers.Abstentions")] : Array.Empty<string>(),
                        .. r.WithBlanks ? [Say("Papers.Blanks")] : Array.Empty<string>(),
                        .. r.WithNulls ? [Say("Papers.Nulls")] : Array.Empty<string>(),
                    ]))
                : null,
        ],
        CollegesRule r =>
        [
            Say("CollegeMode." + r.Mode, r.AtLeast ?? 0),
            r.Mode == CollegeMode.Veto ? Of(r.VetoWhen) : null,
            r.Mode == CollegeMode.Pooled ? null : Of(r.Missing),
            r.Within is { } within ? Say("Colleges.Within", Sentence(within)) : null,
        ],
        TieRule r =>
        [
            Of(r.Break),
            r.Break == TieBreak.SecondRound ? Say("Tie.Rounds." + Plural(r.Rounds ?? 1), r.Rounds ?? 1) : null,
            r.Break == TieBreak.SecondRound ? Say("Tie.Then." + (r.Then ?? TieBreak.Rejected)) : null,
        ],
        SecrecyRule r =>
        [
            Of(r.Form),
            r.OnDemandOf is not { } demand ? null : demand == Fraction.Zero ? Say("Secrecy.DemandAny") : Say("Secrecy.Demand", Share(demand)),
            r.OnDemandOfChair ? Say("Secrecy.DemandChair") : null,
            r.SmallestGroup > 1 ? Say("Secrecy.Group", r.SmallestGroup) : null,
        ],
        TermsRule r =>
        [
            r.LengthMonths is { } months ? Say("Terms", Say("Months." + Plural(months), months)) : Say("Terms.None"),
            r.MostConsecutive is { } most ? Say("Terms.Most", most) : null,
            Of(r.Renewal),
            Say(r.Holdover ? "Terms.Holdover" : "Terms.NoHoldover"),
            Of(r.CoOption),
            r.Seats is { } seats ? Say("Terms.Seats", seats) : null,
            r.SeveralMandatesAPerson ? Say("Terms.Several") : null,
            r.RepresentativesOnly ? Say("Terms.Representatives") : null,
            r.NextElected == true ? Say("Terms.Next") : null,
            r.RevokedBy is { Count: > 0 } by ? Say("Terms.RevokedBy", Join("And", [.. by.Select(kind => Name(kind))])) : null,
            r.NoticeMonths is { } notice ? Say("Terms.Notice", Say("Months." + Plural(notice), notice)) : null,
            r.Incompatible.Count > 0
                ? Say("Terms.Incompatible", Join("And", [.. r.Incompatible.Select(pair => $"{Name(pair.One)} – {Name(pair.Other)}")]))
                : null,
        ],
        AuthorityRule r =>
        [
            Say("Authority", Join("Or", [.. r.Bodies.Select(kind => Name(kind))])),
            r.Meeting is { } asked ? Of(asked) : null,
        ],
        RemoteVotingRule r =>
        [
            Say(r.Electronic ? "Remote.Electronic" : "Remote.NoElectronic"), Say(r.Correspondence ? "Remote.Correspondence" : "Remote.NoCorrespondence"),
        ],
        VoteChangeRule r => [Say(r.Allowed ? "VoteChange.Yes" : "VoteChange.No")],
        ClosingRule r => [Of(r.Mode)],
        InterestRule r =>
        [
            Say("Interest"), Say(r.InBase ? "Interest.InBase" : "Interest.OutOfBase"),
            r.InBase ? Say(r.InQuorum ? "Interest.InQuorum" : "Interest.OutOfQuorum") : null,
            Say(r.ProxiesToo ? "Interest.ProxiesToo" : "Interest.NotProxies"),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(content), content.Kind, "A rule without words."),
    };

    private static string Threshold(Comparison comparison, Fraction? share, string ofWhat, bool plusOne) =>
        Say($"Share.{comparison}{(plusOne ? ".PlusOne" : "")}", Share(share ?? Fraction.Zero), ofWhat);

    private static string Share(Fraction share) => share.Denominator <= long.MaxValue && share.Numerator <= long.MaxValue
        ? FractionWording.InWords((long)share.Numerator, (long)share.Denominator)
        : share.ToString();

    private static string Days(int days, DayCount count = DayCount.Calendar) => Say($"Days.{count}.{Plural(days)}", days);

    private static string Plural(int count) => CountWording.IsSingular(count) ? "One" : "Other";

    private static string Of(Enum value) => Say($"{value.GetType().Name}.{value}");

    private static string List<T>(IReadOnlyList<T> values, string last) where T : struct, Enum => Join(last, [.. values.Select(value => Of(value))]);

    private static string Join(string last, IReadOnlyList<string> words) => words.Count switch
    {
        0 => "–",
        1 => words[0],
        _ => string.Join(", ", words.Take(words.Count - 1)) + " " + Say(last) + " " + words[^1],
    };

    private static string Say(string key, params object[] arguments)
    {
        var culture = CultureInfo.CurrentUICulture;
        var text = Texts.GetString(key, culture) ?? throw new MissingManifestResourceException($"No words for {key}.");
        return Typography.Spaced(arguments.Length == 0 ? text : string.Format(culture, text, arguments));
    }
}
