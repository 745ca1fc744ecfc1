using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>
/// The short form of a paper, in which many are kept and counted: a byte that tells what it is, then what the method asks, options by their
/// place in <see cref="Question.Options"/>. Two papers that say the same have the same form.
/// </summary>
/// <remarks>
/// After the first byte (0 said, 1 abstains, 2 blank, 3 null): choices are places in ascending order; a ranking is groups of places in
/// ascending order with 255 between groups; grades are one byte for each option, the place of the grade or 255; points are a place and
/// four bytes, the least significant first, for each option with points, in ascending order; consent is a byte (0 consents, 1 stands aside,
/// 2 objects) and the reason in UTF-8.
/// </remarks>
public sealed class PackedPaper
{
    internal const byte Said = 0, Abstains = 1, Blank = 2, Null = 3;
    internal const byte Separator = 255, NoGrade = 255;
    internal const byte Consents = 0, StandsAside = 1, Objects = 2;

    private readonly Question _question;
    private readonly Dictionary<string, byte> _places;

    /// <exception cref="ArgumentException">The question has a <see cref="Question.Fault"/>.</exception>
    public PackedPaper(Question question)
    {
        if (question.Fault() is { } fault)
            throw new ArgumentException(fault.Code, nameof(question));
        _question = question;
        _places = question.Options.Select((option, i) => (option, i)).ToDictionary(o => o.option, o => (byte)o.i, StringComparer.Ordinal);
    }

    /// <summary>Checks a paper against the question and packs it.</summary>
    /// <returns>What is wrong with the paper; null when it is packed.</returns>
    public Refusal? TryPack(Paper paper, out byte[] packed)
    {
        packed = [];
        switch (paper)
        {
            case Paper.Abstains:
                packed = [Abstains];
                return null;
            case Paper.Blank:
                packed = [Blank];
                return null;
            case Paper.Null:
                packed = [Null];
                return null;
        }

        List<byte> into = [Said];
        if (Pack(paper, into) is { } wrong)
            return wrong;
        // Nothing on it.
        packed = into.Count == 1 ? [Blank] : [.. into];
        return null;
    }

    /// <summary>The paper that has this packed form; points and ranks left out on it stay out.</summary>
    /// <exception cref="ArgumentException">It is no paper on this question: it was never packed so.</exception>
    public Paper Unpack(ReadOnlySpan<byte> packed)
    {
        if (packed.IsEmpty)
            throw NoPaper();
        var said = packed[1..];
        var paper = packed[0] switch
        {
            Abstains => new Paper.Abstains(),
            Blank => new Paper.Blank(),
            Null => new Paper.Null(),
            Said => _question.Method switch
            {
                Plurality or Approval => new Paper.Choices([.. said.ToArray().Select(Option)]),
                Voting.Points => Points(said),
                Schulze or SingleTransferableVote => Ranking(said),
                MajorityJudgment method => Grades(said, method),
                _ => Answer(said),
            },
            _ => throw NoPaper(),
        };
        return TryPack(paper, out var again) is null && packed.SequenceEqual(again) ? paper : throw NoPaper();
    }

    private Paper.Points Points(ReadOnlySpan<byte> said)
    {
        var given = new List<OptionPoints>();
        for (; said.Length >= 5; said = said[5..])
            given.Add(new(Option(said[0]), BinaryPrimitives.ReadInt32LittleEndian(said[1..])));
        return new(given);
    }

    private Paper.Ranking Ranking(ReadOnlySpan<byte> said)
    {
        var groups = new List<IReadOnlyList<string>>();
        var group = new List<string>();
        foreach (var place in said)
        {
            if (place != Separator)
            {
                group.Add(Option(place));
                continue;
            }

            groups.Add(group);
            group = [];
        }

        return new([.. groups, group]);
    }

    private Paper.Grades Grades(ReadOnlySpan<byte> said, MajorityJudgment method)
    {
        var given = new List<OptionGrade>();
        for (var place = 0; place < said.Length; place++)
        {
            if (said[place] != NoGrade)
                given.Add(new(Option((byte)place), said[place] < method.Grades.Count ? method.Grades[said[place]] : throw NoPaper()));
        }

        return new(given);
    }

    private static Paper Answer(ReadOnlySpan<byte> said) => said switch
    {
        [Consents] => new Paper.Consents(),
        [StandsAside] => new Paper.StandsAside(),
        [Objects, _, ..] => new Paper.Objects(Encoding.UTF8.GetString(said[1..])),
        _ => throw NoPaper(),
    };

    private string Option(byte place) => place < _question.Options.Count ? _question.Options[place] : throw NoPaper();

    private static ArgumentException NoPaper() => new("The packed form is no paper on this question.");

    private Refusal? Pack(Paper paper, List<byte> into) => (_question.Method, paper) switch
    {
        (Plurality method, Paper.Choices said) => Pack(said, method.MostChoices ?? method.Seats, into),
        (Approval, Paper.Choices said) => Pack(said, Question.MostOptions, into),
        (Voting.Points method, Paper.Points said) => Pack(said, method.Each, into),
        (Schulze, Paper.Ranking said) => Pack(said, true, into),
        (SingleTransferableVote, Paper.Ranking said) => Pack(said, false, into),
        (MajorityJudgment method, Paper.Grades said) => Pack(said, method, into),
        (Consent, Paper.Consents) => Pack(Consents, "", into),
        (Consent, Paper.StandsAside) => Pack(StandsAside, "", into),
        (Consent, Paper.Objects { Reason: null }) => new ObjectionWithoutReason(),
        (Consent, Paper.Objects said) when string.IsNullOrWhiteSpace(said.Reason) => new ObjectionWithoutReason(),
        (Consent, Paper.Objects said) => Texts.Text("reason", said.Reason) ?? Pack(Objects, said.Reason!, into),
        _ => new PaperOfAnotherMethod(JsonNamingPolicy.KebabCaseLower.ConvertName(paper.GetType().Name)),
    };

    private Refusal? Pack(Paper.Choices said, int most, List<byte> into)
    {
        if (said.Options.Count > most)
            return new TooManyChoices(said.Options.Count, most);
        var places = new SortedSet<byte>();
        foreach (var option in said.Options)
        {
            if (!Take(option, places, out _, out var wrong))
                return wrong;
        }

        into.AddRange(places);
        return null;
    }

    private Refusal? Pack(Paper.Ranking said, bool equals, List<byte> into)
    {
        var taken = new SortedSet<byte>();
        var group = new List<byte>();
        foreach (var options in said.Groups)
        {
            group.Clear();
            foreach (var option in options)
            {
                if (!Take(option, taken, out var place, out var wrong))
                    return wrong;
                group.Add(place);
            }

            if (group.Count > 1 && !equals)
                return new EqualRanks(options[0], options[1]);
            if (group.Count == 0)
                continue;
            group.Sort();
            if (into.Count > 1)
                into.Add(Separator);
            into.AddRange(group);
        }

        return null;
    }

    private Refusal? Pack(Paper.Grades said, MajorityJudgment method, List<byte> into)
    {
        if (said.Given.Count == 0)
            return null;
        var taken = new SortedSet<byte>();
        var grades = new byte[_question.Options.Count];
        Array.Fill(grades, NoGrade);
        foreach (var (option, grade) in said.Given)
        {
            if (!Take(option, taken, out var place, out var wrong))
                return wrong;
            var at = method.Grades.ToList().FindIndex(g => string.Equals(g, grade, StringComparison.Ordinal));
            if (at < 0)
                return new UnknownGrade(grade);
            grades[place] = (byte)at;
        }

        into.AddRange(grades);
        return null;
    }

    private Refusal? Pack(Paper.Points said, int each, List<byte> into)
    {
        var taken = new SortedSet<byte>();
        var points = new int[_question.Options.Count];
        var sum = 0L;
        foreach (var (option, given) in said.Given)
        {
            if (!Take(option, taken, out var place, out var wrong))
                return wrong;
            if (Texts.Number("points", given, 0, each) is { } beyond)
                return beyond;
            points[place] = given;
            sum += given;
        }

        if (said.Given.Count > 0 && sum != each)
            return new PointsNotShared(sum, each);
        foreach (var place in taken)
        {
            if (points[place] > 0)
                Append(place, points[place], into);
        }

        return null;
    }

    private static void Append(byte place, int points, List<byte> into)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, points);
        into.Add(place);
        into.AddRange(bytes);
    }

    private static Refusal? Pack(byte answer, string reason, List<byte> into)
    {
        into.Add(answer);
        into.AddRange(Encoding.UTF8.GetBytes(reason.Trim()));
        return null;
    }

    private bool Take(string option, SortedSet<byte> taken, out byte place, [NotNullWhen(false)] out Refusal? wrong)
    {
        wrong = !_places.TryGetValue(option, out place) ? new PaperNamesUnknownOption(option)
            : taken.Add(place) ? null
            : new PaperNamesOptionTwice(option);
        return wrong is null;
    }
}
