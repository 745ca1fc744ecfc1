using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Api.Tallies;

/// <summary>
/// Ranked ballots in the BLT format: a line of the number of candidates and of seats; withdrawn candidates as negative numbers; ballots, each its
/// weight, candidates by number from best to worst and 0; a 0 that ends them; the names in quotation marks, in order, and a title.
/// <c>#</c> starts a comment, <c>-</c> a rank left out, <c>1=3</c> joins equals.
/// </summary>
/// <remarks>A whole weight is so many papers; a fraction is one paper of that weight.</remarks>
internal sealed class BltFile
{
    private readonly record struct Token(string Text, long Line, bool Quoted);

    private readonly TallyFaults _faults;
    private readonly IEnumerator<Token> _tokens;
    private readonly Func<int, Method> _method;
    private long _line = 1;

    private BltFile(string text, Func<int, Method> method, TallyFaults faults) => (_tokens, _method, _faults) = (Tokens(text).GetEnumerator(), method, faults);

    /// <param name="method">The method for so many seats.</param>
    /// <returns>Null when something is wrong: <paramref name="faults"/> then says what.</returns>
    public static TallyOutcome? Judge(ReadOnlySpan<byte> blt, Func<int, Method> method, TallyFaults faults)
    {
        if (blt.StartsWith("\uFEFF"u8))
            blt = blt[3..];
        if (!Utf8.IsValid(blt))
        {
            faults.Add("", "not-utf8");
            return null;
        }

        var outcome = new BltFile(Encoding.UTF8.GetString(blt), method, faults).Judge();
        return faults.Any ? null : outcome;
    }

    private TallyOutcome? Judge()
    {
        if (Whole("blt-candidates", 1, Question.MostOptions) is not { } candidates || Whole("blt-seats", 1, Question.MostOptions) is not { } seats)
            return null;

        var withdrawn = new SortedSet<int>();
        var weights = new HashSet<Fraction>();
        var ballots = new List<(long Line, long Count, Fraction Weight, List<List<int>> Ranking)>();
        while (true)
        {
            if (Next() is not { } first)
                return null;
            if (ballots.Count == 0 && !first.Quoted && first.Text.StartsWith('-') && int.TryParse(first.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var gone))
            {
                if (gone < -candidates || gone == 0 || !withdrawn.Add(-gone))
                    return Fault("blt-withdrawn", first.Text, candidates);
                continue;
            }

            if (first is { Text: "0", Quoted: false })
                break;
            if (first.Quoted || !Fraction.TryParse(first.Text, out var weight))
                return Fault("blt-weight", first.Text);
            if (weight <= Fraction.Zero)
                return Fault(new PaperWithoutWeight(weight));
            var whole = weight.Denominator.IsOne;
            weights.Add(whole ? Fraction.One : weight);
            if (weights.Count > CastPapers.MostWeights)
                return Fault("too-many-weights", CastPapers.MostWeights);
            if (whole && weight > MethodCount.MostPapers)
                return Fault("blt-weight", first.Text);
            var line = _line;
            if (Ranking(candidates) is not { } ranking)
                return null;
            ballots.Add((line, whole ? (long)weight.Numerator : 1, whole ? Fraction.One : weight, ranking));
        }

        var names = new List<string>();
        while (names.Count < candidates)
        {
            if (Next() is not { } name)
                return null;
            if (!name.Quoted)
                return Fault("blt-name", name.Text, names.Count + 1);
            if (Texts.Name("name", name.Text) is { } unreadable)
                return Fault(unreadable);
            names.Add(name.Text);
        }

        string? title = null;
        if (_tokens.MoveNext())
        {
            _line = _tokens.Current.Line;
            title = _tokens.Current.Text;
            if (!_tokens.Current.Quoted)
                return Fault("blt-title", title);
            if (_tokens.MoveNext())
            {
                _line = _tokens.Current.Line;
                return Fault("blt-after-title", _tokens.Current.Text);
            }
        }

        var method = _method(seats);
        var question = new Question(method, names, withdrawn.Count == 0 ? null : [.. withdrawn.Select(w => names[w - 1])]);
        if (question.Fault() is { } fault)
            return Fault(fault);
        var count = question.Count();
        foreach (var ballot in ballots)
        {
            var ranking = new Paper.Ranking([.. ballot.Ranking.Select(group => (IReadOnlyList<string>)[.. group.Select(o => names[o - 1])])]);
            if (count.Add(new(ranking, ballot.Count, ballot.Weight)) is not { } wrong)
                continue;
            if (wrong is EqualRanks equal)
                _faults.AddLine(ballot.Line, "blt-equal", equal.Option, equal.Other);
            else
                _faults.AddLine(ballot.Line, wrong);
            return null;
        }

        var rules = TallyRules.Default(method);
        return TallyOutcome.Of(title, count.Result(rules.ForMethod()), rules);
    }

    /// <summary>Ranks up to the 0 that ends the ballot.</summary>
    private List<List<int>>? Ranking(int candidates)
    {
        var ranking = new List<List<int>>();
        while (true)
        {
            if (Next() is not { } token)
                return null;
            if (token is { Text: "0", Quoted: false })
                return ranking;
            if (token is { Text: "-", Quoted: false })
                continue;
            var group = new List<int>();
            foreach (var part in token.Text.Split('='))
            {
                if (token.Quoted || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var option) || option < 1 || option > candidates)
                {
                    Fault("blt-rank", token.Text, candidates);
                    return null;
                }

                group.Add(option);
            }

            ranking.Add(group);
        }
    }

    private int? Whole(string key, int least, int most)
    {
        if (Next() is not { } token)
            return null;
        if (!token.Quoted && int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole >= least && whole <= most)
            return whole;
        Fault(key, token.Text, least, most);
        return null;
    }

    /// <returns>Null at the end of the file, which is then a fault.</returns>
    private Token? Next()
    {
        if (_tokens.MoveNext())
        {
            _line = _tokens.Current.Line;
            return _tokens.Current;
        }

        Fault("blt-ends");
        return null;
    }

    private TallyOutcome? Fault(string key, params object[] arguments)
    {
        _faults.AddLine(_line, key, arguments);
        return null;
    }

    private TallyOutcome? Fault(Refusal refusal)
    {
        _faults.AddLine(_line, refusal);
        return null;
    }

    private static IEnumerable<Token> Tokens(string text)
    {
        var line = 1L;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '\n')
            {
                line++;
                i++;
            }
            else if (char.IsWhiteSpace(text[i]))
            {
                i++;
            }
            else if (text[i] == '#')
            {
                i = text.IndexOf('\n', i) is var end && end < 0 ? text.Length : end;
            }
            else if (text[i] == '"')
            {
                // Up to the mark on the same line: a name that is not closed must not swallow the rest of the file.
                var end = text.IndexOfAny(['"', '\n'], i + 1);
                var closed = end >= 0 && text[end] == '"';
                if (end < 0)
                    end = text.Length;
                yield return new(text[(closed ? i + 1 : i)..end], line, closed);
                i = closed ? end + 1 : end;
            }
            else
            {
                var end = i;
                while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('#' or '"'))
                    end++;
                yield return new(text[i..end], line, false);
                i = end;
            }
        }
    }
}
