using System.Text.Json;
using System.Text.Unicode;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Api.Tallies;

/// <summary>A vote as a JSON file tells it, judged: see docs/tally/README.md. Papers are read one by one, whatever their number.</summary>
internal sealed class TallyFile
{
    private static readonly string[] PaperFields = ["count", "weight", "college", "choice", "choices", "ranking", "grades", "points", "reason"];
    private static readonly string[] Said = ["choice", "choices", "ranking", "grades", "points"];

    // What is held as a tree takes many times its length in memory.
    private const int MostTreeBytes = 16 * 1024 * 1024;

    private readonly TallyFaults _faults;
    private readonly ReadOnlyMemory<byte> _json;

    private TallyFile(ReadOnlyMemory<byte> json, TallyFaults faults) => (_json, _faults) = (json, faults);

    /// <returns>Null when something is wrong: <paramref name="faults"/> then says what.</returns>
    public static TallyOutcome? Judge(ReadOnlyMemory<byte> json, TallyFaults faults)
    {
        if (json.Span.StartsWith("\uFEFF"u8))
            json = json[3..];
        if (!Utf8.IsValid(json.Span))
        {
            faults.AddLine(FirstBadLine(json.Span), "not-utf8");
            return null;
        }

        var outcome = new TallyFile(json, faults).Judge();
        return faults.Any ? null : outcome;
    }

    /// <summary>Fields of an object of which one may be too large to be held as a tree.</summary>
    private sealed record Envelope(JsonFields Fields, Range? Papers, Range? SecondRound);

    private TallyOutcome? Judge()
    {
        if (Open("", Range.All) is not { } file || _faults.Any)
            return null;
        var fields = file.Fields;
        if (!fields.Has("method"))
        {
            _faults.Add("method", "field-missing");
            return null;
        }

        var name = fields.Word(
            "method", "",
            ("motion", "motion"), ("consent", "consent"), ("plurality", "plurality"), ("approval", "approval"), ("points", "points"), ("schulze", "schulze"),
            ("majority-judgment", "majority-judgment"), ("stv", "stv"));
        if (_faults.Any)
            return null;
        fields.AllowOnly(["$schema", "title", "method", "rule", "papers", .. FieldsOf(name)]);
        if (file.Papers is null)
            _faults.Add("papers", "field-missing");
        var title = fields.Text("title");
        var method = MethodOf(name, fields);
        var rule = fields.Named("rule");
        var rules = TallyRules.Read(rule, method);
        var roll = new TallyRoll(rule);
        if (_faults.Any)
            return null;
        return method is null ? Motion(title, file.Papers!.Value, rules, roll) : Options(title, file, method, rules, roll);
    }

    private static string[] FieldsOf(string method) => method switch
    {
        "motion" => [],
        "consent" => ["options"],
        "plurality" => ["options", "seats", "rounds", "mostChoices", "withdrawn", "tieOrder", "secondRound"],
        "points" => ["options", "seats", "points", "withdrawn", "tieOrder"],
        "majority-judgment" => ["options", "seats", "grades", "withdrawn", "tieOrder"],
        _ => ["options", "seats", "withdrawn", "tieOrder"],
    };

    private static Method? MethodOf(string name, JsonFields fields)
    {
        var seats = fields.Whole("seats") ?? 1;
        switch (name)
        {
            case "motion":
                return null;
            case "consent":
                return new Consent();
            case "plurality":
                return new Plurality(seats, fields.Whole("rounds") ?? 1, fields.Whole("mostChoices"));
            case "approval":
                return new Approval(seats);
            case "points":
                if (!fields.Has("points"))
                    fields.Faults.Add("points", "field-missing");
                return new Points(fields.Whole("points") ?? 1, seats);
            case "schulze":
                return new Schulze(seats);
            case "majority-judgment":
                if (!fields.Has("grades"))
                    fields.Faults.Add("grades", "field-missing");
                return new MajorityJudgment(fields.Texts("grades") ?? [], seats);
            default:
                return new SingleTransferableVote(seats);
        }
    }

    private TallyOutcome? Motion(string? title, Range papers, TallyRules rules, TallyRoll roll)
    {
        var gathered = new MotionPapers();
        var cast = new CastPapers();
        ReadPapers("papers", papers, cast, paper =>
        {
            if (Said.FirstOrDefault(field => field != "choice" && paper.Fields.Has(field)) is { } other)
                _faults.Add(paper.Fields.At(other), new PaperOfAnotherMethod(other));
            if (!paper.Fields.Has("choice"))
                _faults.Add(paper.Fields.At("choice"), "field-missing");
            if (paper.Fields.Has("reason"))
                _faults.Add(paper.Fields.At("reason"), "reason-unasked");
            var choice = paper.Fields.Word("choice", Choice.Null, TallyRules.Choices);
            if (!_faults.Any)
                gathered.Add(choice, paper.Count, paper.Weight, paper.College);
        });
        if (_faults.Any)
            return null;
        var built = roll.Build(cast, rules, _faults) ?? TallyRoll.OfPapers(cast);
        CheckColleges(rules, built);
        return _faults.Any ? null : TallyOutcome.Of(title, Domain.Voting.Motion.Judge(rules.ForMotion(), built, gathered.Groups, rules.CastingVote), rules);
    }

    private TallyOutcome? Options(string? title, Envelope file, Method method, TallyRules rules, TallyRoll roll)
    {
        var fields = file.Fields;
        if (method is not Consent && !fields.Has("options"))
            _faults.Add("options", "field-missing");
        var question = new Question(method, fields.Texts("options") ?? ["proposal"], fields.Texts("withdrawn"), fields.Texts("tieOrder"));
        if (_faults.Any)
            return null;
        if (question.Fault() is { } fault)
        {
            _faults.Add(PlaceOf(fault), fault);
            return null;
        }

        var outcome = Count(question, "papers", file.Papers!.Value, rules, roll);
        if (outcome is not null && file.SecondRound is { } second)
            outcome = SecondRound(question, outcome, second, rules, roll);
        return outcome is null ? null : TallyOutcome.Of(title, outcome, rules);
    }

    private MethodOutcome? SecondRound(Question first, MethodOutcome outcome, Range range, TallyRules rules, TallyRoll roll)
    {
        if (Open("secondRound", range) is not { } file || _faults.Any)
            return null;
        file.Fields.AllowOnly(["members", "presence", "papers"]);
        if (file.Papers is null)
            _faults.Add("secondRound.papers", "field-missing");
        if (Plurality.SecondRound(first, outcome) is not { } question)
        {
            _faults.Add("secondRound", "second-round-not-called");
            return null;
        }

        var own = new TallyRoll(file.Fields);
        return _faults.Any || Count(question, "secondRound.papers", file.Papers!.Value, rules, own.IsGiven ? own : roll) is not { } second
            ? null
            : Plurality.Together(outcome, second);
    }

    private MethodOutcome? Count(Question question, string place, Range papers, TallyRules rules, TallyRoll roll)
    {
        var count = question.Count();
        var cast = new CastPapers();
        ReadPapers(place, papers, cast, paper =>
        {
            var (said, field) = PaperOf(paper.Fields, question.Method is Consent);
            if (!_faults.Any && count.Add(new(said, paper.Count, paper.Weight, paper.College)) is { } wrong)
                _faults.Add(paper.Fields.At(wrong is ObjectionWithoutReason ? "reason" : field), wrong);
        });
        if (_faults.Any)
            return null;
        var built = roll.Build(cast, rules, _faults);
        CheckColleges(rules, built);
        return _faults.Any ? null : count.Result(rules.ForMethod(), built);
    }

    /// <summary>A college that is misspelt in the rule would be one that nobody votes in.</summary>
    private void CheckColleges(TallyRules rules, IReadOnlyList<RollGroup>? roll)
    {
        if (roll is null)
            return;
        bool Unknown(string college) => roll.All(g => g.College != college);
        if (rules.Colleges.Content.Weights.FirstOrDefault(w => Unknown(w.College)) is { } weighed)
            _faults.Add($"rule.colleges.weights.{weighed.College}", "college-not-on-roll", weighed.College);
        if (rules.Colleges.Content.VetoOf is { } holder && Unknown(holder))
            _faults.Add("rule.colleges.vetoOf", "college-not-on-roll", holder);
    }

    private readonly record struct PaperRead(JsonFields Fields, long Count, Fraction Weight, string? College);

    private void ReadPapers(string place, Range range, CastPapers cast, Action<PaperRead> add)
    {
        var reader = new Utf8JsonReader(_json[range].Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            _faults.Add(place, "not-a-list");
            return;
        }

        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray && !_faults.Any; i++)
        {
            if (!FitsTree(reader, $"{place}[{i}]"))
                return;
            using var document = JsonDocument.ParseValue(ref reader);
            var fields = JsonFields.Open($"{place}[{i}]", document.RootElement, _faults, PaperFields);
            var count = fields.Long("count") ?? 1;
            var weight = fields.Fraction("weight") ?? Fraction.One;
            var college = fields.Text("college");
            if (fields.Has("college") && Texts.Name("college", college) is { } nameless)
                _faults.Add(fields.At("college"), nameless);
            if (weight <= Fraction.Zero)
                _faults.Add(fields.At("weight"), new PaperWithoutWeight(weight));
            else if (!cast.Fits(count))
                _faults.Add(fields.At("count"), new PaperCountOutOfRange(count, MethodCount.MostPapers));
            else if (!cast.Add(college, weight, count))
                _faults.Add(fields.At("weight"), "too-many-weights", CastPapers.MostWeights);
            if (!_faults.Any)
                add(new(fields, count, weight, college));
        }
    }

    private (Paper Paper, string Field) PaperOf(JsonFields fields, bool consent)
    {
        string[] said = [.. Said.Where(fields.Has)];
        if (said.Length != 1)
        {
            _faults.Add(fields.At(said.Length == 0 ? "choice" : said[1]), "says-one-thing", string.Join(", ", Said));
            return (new Paper.Null(), "choice");
        }

        if (fields.Has("reason") && (!consent || said[0] != "choice"))
            _faults.Add(fields.At("reason"), "reason-unasked");
        return (said[0] switch
        {
            "choices" => new Paper.Choices(fields.Texts("choices") ?? []),
            "ranking" => new Paper.Ranking(fields.List("ranking", (at, group) => fields.ListOf(at, group, (one, option) => fields.TextOf(one, option) ?? "")) ?? []),
            "grades" => new Paper.Grades(
                fields.Named("grades") is { } grades ? [.. grades.Values.Select(g => new OptionGrade(g.Key, grades.TextOf(grades.At(g.Key), g.Value) ?? ""))] : []),
            "points" => new Paper.Points(
                fields.Named("points") is { } points ? [.. points.Values.Select(p => new OptionPoints(p.Key, points.WholeOf(points.At(p.Key), p.Value) ?? 0))] : []),
            _ when consent => Answer(fields),
            _ => fields.Word<Paper>("choice", new Paper.Null(), ("abstain", new Paper.Abstains()), ("blank", new Paper.Blank()), ("null", new Paper.Null())),
        }, said[0]);
    }

    private static Paper Answer(JsonFields fields)
    {
        var reason = fields.Text("reason");
        var answer = fields.Word<Paper>(
            "choice",
            new Paper.Null(),
            ("consent", new Paper.Consents()), ("stand-aside", new Paper.StandsAside()), ("object", new Paper.Objects(reason)), ("abstain", new Paper.Abstains()),
            ("blank", new Paper.Blank()), ("null", new Paper.Null()));
        if (answer is not Paper.Objects && reason is not null)
            fields.Faults.Add(fields.At("reason"), "reason-unasked");
        return answer;
    }

    private static string PlaceOf(Refusal fault) => fault switch
    {
        NumberOutOfBounds bounds => bounds.Field,
        TextOutOfBounds bounds => bounds.Field,
        TextUnreadable unreadable => unreadable.Field,
        UnknownOption unknown => unknown.Field,
        GradeTwice => "grades",
        NoOptionStands => "withdrawn",
        _ => "options",
    };

    /// <returns>Null when it is no well-formed object.</returns>
    private Envelope? Open(string place, Range range)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var fields = new JsonFields(place, values, _faults);
        Range? papers = null, second = null;
        var offset = range.GetOffsetAndLength(_json.Length).Offset;
        try
        {
            var reader = new Utf8JsonReader(_json[range].Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                _faults.Add(place, "not-an-object");
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                // Half of a surrogate pair is no name of a field, and does not decode.
                var name = reader.ValueIsEscaped ? null : reader.GetString();
                reader.Read();
                if (name is null)
                {
                    _faults.Add(place, "escaped-name");
                    return null;
                }

                if (values.ContainsKey(name) || (name == "papers" && papers is not null) || (name == "secondRound" && second is not null))
                    _faults.Add(fields.At(name), "field-twice");
                if (name is not ("papers" or "secondRound"))
                {
                    if (!FitsTree(reader, fields.At(name)))
                        return null;
                    values[name] = JsonElement.ParseValue(ref reader);
                    continue;
                }

                var start = offset + (int)reader.TokenStartIndex;
                reader.Skip();
                var whole = start..(offset + (int)reader.BytesConsumed);
                if (name == "papers")
                    papers = whole;
                else
                    second = whole;
            }

            // Whatever follows the object is no JSON, and said so.
            reader.Read();
            return new(fields, papers, second);
        }
        catch (JsonException wrong)
        {
            _faults.AddLine((wrong.LineNumber ?? 0) + 1, "not-json", (wrong.BytePositionInLine ?? 0) + 1);
            return null;
        }
    }

    /// <param name="reader">At the start of a value; a copy, so that the value is read after it.</param>
    private bool FitsTree(Utf8JsonReader reader, string place)
    {
        var start = reader.TokenStartIndex;
        reader.Skip();
        if (reader.BytesConsumed - start <= MostTreeBytes)
            return true;
        _faults.Add(place, "field-too-large", MostTreeBytes / (1024 * 1024));
        return false;
    }

    private static int FirstBadLine(ReadOnlySpan<byte> bytes)
    {
        var line = 1;
        foreach (var range in bytes.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(bytes[range]))
                break;
            line++;
        }

        return line;
    }
}
