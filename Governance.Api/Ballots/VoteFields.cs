using Governance.Api.Face.Components;
using Governance.Api.Kernel.Http;
using Governance.Api.Voting;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Microsoft.Extensions.Localization;
using Choice = Governance.Domain.Voting.Choice;

namespace Governance.Api.Ballots;

/// <summary>The vote of one mandate before it is cast: a choice on a motion, a paper in a contest.</summary>
/// <param name="Code">Its tracking code, in a secret ballot; null until the form that casts it.</param>
public sealed record VoteToCast(MandateId Mandate, Choice? Choice = null, Paper? Paper = null, string? Code = null);

/// <summary>What a form says on the votes of a ballot.</summary>
/// <param name="Votes">Mandates for which nothing is said are left out.</param>
/// <param name="Errors">What is wrong, each beside its field; there is no vote then to go on with.</param>
/// <param name="Secret">They go into the box of a secret ballot.</param>
/// <param name="Contest">What is put to the vote; null for a motion.</param>
public sealed record VotesRead(IReadOnlyList<VoteToCast> Votes, IReadOnlyList<FieldError> Errors, bool Secret = false, Contest? Contest = null);

/// <summary>Votes as forms send them: for each mandate what is said for it alone, or else what is said for all.</summary>
public static class VoteFields
{
    /// <summary>Before the name of each field that holds a choice: the rest of the name is the mandate.</summary>
    public const string ChoiceField = "choice-";

    /// <summary>Before the name of each paper, see <see cref="PaperForm"/>: the rest of the name is the mandate.</summary>
    public const string PaperField = "paper-";

    /// <summary>Before the name of each field that holds a tracking code: the rest of the name is the mandate.</summary>
    public const string CodeField = "code-";

    /// <summary>The field of one choice, or the name of one paper, for every vote that has none of its own.</summary>
    public const string AllField = "all";

    /// <summary>The field of the choice, or the name of the paper, that is keyed from paper.</summary>
    public const string KeyedField = "keyed";

    /// <summary>The field that names the mandates that <see cref="AllField"/> is for, parted by spaces.</summary>
    public const string MandatesField = "mandates";

    /// <summary>Name of the field, or of the paper, of one mandate.</summary>
    public static string Of(MandateId mandate, Contest? contest) => (contest is null ? ChoiceField : PaperField) + mandate;

    /// <summary>Whether a form said something for this mandate alone.</summary>
    public static bool Says(IReadOnlyDictionary<string, string> values, MandateId mandate, Contest? contest) => contest is null
        ? values.ContainsKey(Of(mandate, contest))
        : values.Any(v => v.Key.StartsWith(Of(mandate, contest) + ".", StringComparison.Ordinal) && v.Value is not ("" or PaperForm.Marks));

    /// <param name="contest">What is put to the vote; null for a motion.</param>
    /// <param name="shown">Name of an option.</param>
    public static VotesRead Read(
        IReadOnlyDictionary<string, string> values, Contest? contest, Func<string, string> shown, IStringLocalizer<MethodText> t) =>
        contest is null ? new(Choices(values), []) : Papers(values, contest.Question, shown, t);

    /// <summary>What a form says that the paper of one elector says; no vote when it says nothing.</summary>
    public static VotesRead ReadKeyed(
        IReadOnlyDictionary<string, string> values, MandateId mandate, Contest? contest, Func<string, string> shown, IStringLocalizer<MethodText> t)
    {
        if (contest is null)
            return new(EnumNames.Read<Choice>(values.GetValueOrDefault(KeyedField)) is { } choice ? [new(mandate, choice)] : [], []);
        var read = PaperForm.Read(values, KeyedField, contest.Question, shown, t, keyed: true);
        return new(read.Paper is { } paper ? [new(mandate, Paper: paper)] : [], read.Errors);
    }

    /// <summary>The fields that say these votes, each for its mandate alone.</summary>
    public static IReadOnlyDictionary<string, string> Values(IEnumerable<VoteToCast> votes, Contest? contest) => votes
        .SelectMany(v => v.Paper is { } paper && contest is not null
            ? PaperForm.Values(paper, Of(v.Mandate, contest), contest.Question)
            : new Dictionary<string, string> { [Of(v.Mandate, null)] = v.Choice is { } choice ? EnumNames.Of(choice) : "" })
        .ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);

    /// <summary>What fills a form up to the length of the fullest votes of the same mandates, so that the length of what is sent tells nothing of these.</summary>
    public static string Padding(IReadOnlyCollection<VoteToCast> votes, Contest? contest)
    {
        var most = votes.Sum(v => contest is null
            ? MostSent(Of(v.Mandate, null), null)
            : PaperForm.MostCharacters(Of(v.Mandate, contest), contest.Question));
        return new('-', most - Values(votes, contest).Sum(v => v.Key.Length + v.Value.Length + 2));
    }

    /// <summary>How many characters what one chooses under a name takes at most in the body of the form where it is chosen.</summary>
    public static int MostSent(string name, Contest? contest) => contest is null
        ? name.Length + Enum.GetValues<Choice>().Max(choice => EnumNames.Of(choice).Length) + 2
        : PaperForm.MostSent(name, contest.Question);

    /// <summary>The field in which a form begins to say something: of the only mandate that it is for, or of all of them at once.</summary>
    public static string First(IReadOnlyDictionary<string, string> values, Contest? contest) =>
        Mandates(values.GetValueOrDefault(MandatesField, "").Split(' ')).ToList() is [var only] ? Of(only, contest) : AllField;

    private static IReadOnlyList<VoteToCast> Choices(IReadOnlyDictionary<string, string> values)
    {
        List<VoteToCast> each =
        [
            .. Mandates(values.Keys.Where(k => k.StartsWith(ChoiceField, StringComparison.Ordinal)).Select(k => k[ChoiceField.Length..]))
                .Select(m => new VoteToCast(m, EnumNames.Read<Choice>(values.GetValueOrDefault(ChoiceField + m))))
                .Where(v => v.Choice is not null),
        ];
        return EnumNames.Read<Choice>(values.GetValueOrDefault(AllField)) is { } all ? [.. each, .. Rest(values, each).Select(m => new VoteToCast(m, all))] : each;
    }

    private static VotesRead Papers(IReadOnlyDictionary<string, string> values, Question question, Func<string, string> shown, IStringLocalizer<MethodText> t)
    {
        var votes = new List<VoteToCast>();
        var errors = new List<FieldError>();
        foreach (var mandate in Mandates(values.Keys.Where(k => k.StartsWith(PaperField, StringComparison.Ordinal)).Select(k => k[PaperField.Length..].Split('.')[0])))
        {
            var read = PaperForm.Read(values, PaperField + mandate, question, shown, t);
            errors.AddRange(read.Errors);
            if (read.Paper is not null)
                votes.Add(new(mandate, Paper: read.Paper));
        }

        var all = PaperForm.Read(values, AllField, question, shown, t);
        errors.AddRange(all.Errors);
        if (all.Paper is not null)
            votes.AddRange(Rest(values, votes).Select(m => new VoteToCast(m, Paper: all.Paper)).ToList());
        return new(errors.Count > 0 ? [] : votes, errors);
    }

    private static IEnumerable<MandateId> Rest(IReadOnlyDictionary<string, string> values, IEnumerable<VoteToCast> each) =>
        Mandates(values.GetValueOrDefault(MandatesField, "").Split(' ')).Except(each.Select(v => v.Mandate));

    // As they are written in fields, so that the field of a mandate is found again.
    private static IEnumerable<MandateId> Mandates(IEnumerable<string> texts) =>
        texts.Where(text => Guid.TryParseExact(text, "D", out _)).Select(text => MandateId.Of(Guid.Parse(text))).Distinct();
}
