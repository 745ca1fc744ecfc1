using System.Globalization;
using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

public sealed record ConventionNotFound : Refusal
{
    public override string Code => "convention.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record ConventionAlreadyDrafted(string Title) : Refusal
{
    public override string Code => "convention.already-drafted";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>A convention covers 1 day to 20 years, the first day before the last.</summary>
public sealed record ConventionDaysUnfit(DateOnly FirstDay, DateOnly LastDay) : Refusal
{
    public override string Code => "convention.days";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [FirstDay, LastDay];
}

public sealed record ConventionAlreadySigned(string Title) : Refusal
{
    public override string Code => "convention.already-signed";
    public override IReadOnlyList<object> Arguments => [Title];
}

public sealed record ConventionNotSigned(string Title) : Refusal
{
    public override string Code => "convention.not-signed";
    public override IReadOnlyList<object> Arguments => [Title];
}

public sealed record ConventionHasEnded(string Title) : Refusal
{
    public override string Code => "convention.ended";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>What is signed says what it commits to: at least one objective with its indicator.</summary>
public sealed record ConventionCommitsToNothing : Refusal
{
    public override string Code => "convention.commits-to-nothing";
}

/// <summary>Terms are changed in a version that is prepared: the convention before its signature, or an amendment.</summary>
public sealed record NoVersionInPreparation(string Title) : Refusal
{
    public override string Code => "convention.no-version-in-preparation";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>One amendment is prepared at a time.</summary>
public sealed record AmendmentInPreparation(string Title) : Refusal
{
    public override string Code => "convention.amendment-in-preparation";
    public override IReadOnlyList<object> Arguments => [Title];
}

public sealed record AmendmentNotFound : Refusal
{
    public override string Code => "convention.amendment-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>An amendment changes what is signed, and the convention never was.</summary>
public sealed record AmendmentWithoutSignature(string Title) : Refusal
{
    public override string Code => "convention.amendment-without-signature";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>An amendment is neither prepared nor signed before its convention is signed.</summary>
public sealed record AmendmentBeforeSignature(string Title, EffectiveTime Signed) : Refusal
{
    public override string Code => "convention.amendment-before-signature";
    public override IReadOnlyList<object> Arguments => [Title, Signed];
}

public sealed record ObjectiveNotFound : Refusal
{
    public override string Code => "convention.objective-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>An objective of an amendment funds nothing before the amendment is signed.</summary>
public sealed record FundedByUnsigned(string Title) : Refusal
{
    public override string Code => "convention.funded-by-unsigned";
    public override IReadOnlyList<object> Arguments => [Title];
}

public sealed record IndicatorNotFound : Refusal
{
    public override string Code => "convention.indicator-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record TrancheNotFound : Refusal
{
    public override string Code => "convention.tranche-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>Tranches together come to no more than the amount agreed, and receipts to no more than their tranche.</summary>
/// <param name="Agreed">What may not be passed.</param>
/// <param name="Reached">What it would come to.</param>
public sealed record TrancheAboveAgreed(string Title, Cents Agreed, Cents Reached) : Refusal
{
    public override string Code => "convention.tranche-above-agreed";
    public override IReadOnlyList<object> Arguments => [Title, Agreed, Reached];
}

/// <summary>A day that the convention does not cover.</summary>
public sealed record DateOutsideConvention(DateOnly Day, DateOnly FirstDay, DateOnly LastDay) : Refusal
{
    public override string Code => "convention.date-outside";
    public override IReadOnlyList<object> Arguments => [Day, FirstDay, LastDay];
}

/// <summary>A year that the convention does not touch: it has no target and no report.</summary>
public sealed record YearOutsideConvention(int Year, int FirstYear, int LastYear) : Refusal
{
    public override string Code => "convention.year-outside";
    public override IReadOnlyList<object> Arguments => [Written(Year), Written(FirstYear), Written(LastYear)];

    private static string Written(int year) => year.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A report says what was planned and what was spent.</summary>
public sealed record ReportWithoutLines(int Year) : Refusal
{
    public override string Code => "convention.report-without-lines";
    public override IReadOnlyList<object> Arguments => [Year.ToString(CultureInfo.InvariantCulture)];
}

public sealed record ReportAlreadyFiled(int Year, EffectiveTime Filed) : Refusal
{
    public override string Code => "convention.report-already-filed";
    public override IReadOnlyList<object> Arguments => [Year.ToString(CultureInfo.InvariantCulture), Filed];
}

/// <summary>A report is of a year that is over.</summary>
public sealed record ReportOfAYearThatRuns(int Year) : Refusal
{
    public override string Code => "convention.report-of-a-year-that-runs";
    public override IReadOnlyList<object> Arguments => [Year.ToString(CultureInfo.InvariantCulture)];
}

/// <summary>The document named is not kept here.</summary>
public sealed record DocumentNotKeptHere : Refusal
{
    public override string Code => "convention.document-not-kept";
}

public sealed record DeliveryNotFound : Refusal
{
    public override string Code => "delivery.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record DeliveryAlreadyPlanned(string Title) : Refusal
{
    public override string Code => "delivery.already-planned";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>A delivery counts once: neither again, nor under another name of the same day, nor by evidence that shows another.</summary>
/// <param name="Title">The delivery that counts already.</param>
public sealed record DeliveryCountedTwice(string Title, EffectiveTime On) : Refusal
{
    public override string Code => "delivery.counted-twice";
    public override IReadOnlyList<object> Arguments => [Title, On];
}

public sealed record DeliveryIsCancelled(string Title) : Refusal
{
    public override string Code => "delivery.cancelled";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>A pair is two different centres.</summary>
public sealed record PairOfOneCentre : Refusal
{
    public override string Code => "delivery.pair-of-one";
}

/// <summary>A webinar is carried by a pair; no delivery by more than one.</summary>
public sealed record PairOfTwoCentres(int Given) : Refusal
{
    public override string Code => "delivery.pair-of-two";
    public override IReadOnlyList<object> Arguments => [Given];
}

/// <summary>Deliveries are done by members of the association.</summary>
public sealed record CentreNotAMember : Refusal
{
    public override string Code => "delivery.centre-not-a-member";
}

internal static class ConventionChecks
{
    /// <summary>Why nothing is amended while the convention is a draft.</summary>
    public static Refusal NotAmended(this Timeline<Convention> convention, ConventionFile draft) =>
        convention.Latest is Convention.Known { File.Versions: [{ Signed: { } signed }, ..] } ? new AmendmentBeforeSignature(draft.Title, signed) : new AmendmentWithoutSignature(draft.Title);

    /// <summary>Why nothing of the kind can be done with a convention that is not signed, or not any more.</summary>
    public static Refusal NotSigned(this Timeline<Convention> convention, EffectiveTime on) => (convention.Latest, convention.At(on)) switch
    {
        (Convention.Undrafted, _) => new ConventionNotFound(),
        (_, Convention.Undrafted) => BeforeItsBeginning.Of(BegunThing.Convention, convention, on),
        (_, Convention.Draft c) => new ConventionNotSigned(c.File.Title),
        (_, Convention.Ended c) => new ConventionHasEnded(c.File.Title),
        _ => throw new InvalidOperationException("The convention is signed."),
    };

    /// <summary>Why the terms of a convention cannot be changed at an instant.</summary>
    public static Refusal NotPrepared(this Timeline<Convention> convention, EffectiveTime on) => convention.At(on) switch
    {
        Convention.Signed c => new NoVersionInPreparation(c.File.Title),
        _ => convention.NotSigned(on),
    };

    /// <summary>A change to the terms in preparation, which are no longer once their version is signed, whatever the day that the change is given.</summary>
    public static Decision Revise(this Timeline<Convention> convention, EffectiveTime on, Func<ConventionTerms, ConventionFile, Refusal?> check, IEvent @event) =>
        convention.At(on) switch
        {
            Convention.Known { File: { Prepared: { } prepared } file } and not Convention.Ended when !convention.Prepares(prepared.Number)
                => new NoVersionInPreparation(file.Title),
            Convention.Known { File: { Prepared: { } prepared } file } and not Convention.Ended
                => check(prepared.Terms, file) is { } wrong ? wrong : convention.Accept(on, @event),
            _ => convention.NotPrepared(on),
        };

    /// <summary>Null when no more came in of a tranche than it foresees.</summary>
    public static Refusal? BelowReceived(this ConventionFile file, TrancheId tranche, string title, int cents) =>
        file.Received(tranche) is var received && received > cents ? new TrancheAboveAgreed(title, Cents(cents), Cents(received)) : null;

    /// <summary>When the report of a year was filed, by all that is known; null when it was not.</summary>
    public static EffectiveTime? Filed(this Timeline<Convention> convention, int year) => (convention.Latest as Convention.Known)?.File.Report(year)?.Filed;

    private static bool Prepares(this Timeline<Convention> convention, int number) =>
        convention.Latest is Convention.Known { File.Prepared: { } latest } and not Convention.Ended && latest.Number == number;

    public static Refusal? Days(DateOnly first, DateOnly last) =>
        last < first || last >= first.AddYears(20) ? new ConventionDaysUnfit(first, last) : null;

    public static Refusal? Amount(string field, int cents, int minimum) => Texts.Number(field, cents, minimum, int.MaxValue);

    public static Refusal? Year(ConventionTerms terms, int year) =>
        terms.Covers(year) ? null : new YearOutsideConvention(year, terms.FirstDay.Year, terms.LastDay.Year);

    /// <summary>Null when the whole period that a time names is covered.</summary>
    public static Refusal? Within(this ConventionTerms terms, EffectiveTime when, int days, TimeZoneInfo zone)
    {
        var first = LocalTime.DayOf(when.Instant, zone);
        // Of what takes several days from a known day on the last one counts too.
        var last = when.Precision is Precision.Day or Precision.Instant ? first.AddDays(days - 1) : LocalTime.LastDayOf(when, zone);
        return !terms.Covers(first) ? new DateOutsideConvention(first, terms.FirstDay, terms.LastDay)
            : !terms.Covers(last) ? new DateOutsideConvention(last, terms.FirstDay, terms.LastDay)
            : null;
    }

    /// <summary>Null when the centres are members who may do it.</summary>
    /// <param name="members">Those of the centres, each once, in any order.</param>
    public static Refusal? Centres(DeliveryKind kind, IReadOnlyList<DeliveryCentre> centres, IReadOnlyList<Timeline<Members.Member>> members, EffectiveTime on)
    {
        var pair = centres.Where(c => c.Role == DeliveryRole.Pair).Select(c => c.Centre).ToList();
        if (pair.Count == 2 && pair[0] == pair[1])
            return new PairOfOneCentre();
        if (pair.Count is not (0 or 2) || (kind == DeliveryKind.Webinar && pair.Count == 0))
            return new PairOfTwoCentres(pair.Count);
        return members.All(m => m.At(on).IsMember) ? null : new CentreNotAMember();
    }

    public static Cents Cents(long amount) => new((int)Math.Min(amount, int.MaxValue));
}
