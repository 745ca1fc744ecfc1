using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Associations;
using Governance.Domain.Kernel;
using Governance.Domain.Registers;
using Governance.Domain.Statutes;
using Governance.EventStore;

namespace Governance.Api.Registers;

/// <summary>What is wrong with a table keeps all of it from being recorded.</summary>
/// <param name="Line">The first line that is at fault.</param>
public sealed record TableUnfit(int Faults, int Line) : Refusal
{
    public override string Code => "register.unfit";
    public override IReadOnlyList<object> Arguments => [Faults, Line];
}

/// <summary>What was confirmed is not what would be recorded now: the table is another one, or the register has changed.</summary>
public sealed record TableNotAsSeen : Refusal
{
    public override string Code => "register.not-as-seen";
}

/// <param name="Subject">By what its reader recognises it.</param>
public sealed record SummaryLine(int Line, string Subject, LineOutcome Outcome);

/// <summary>What came, or would come, of an import.</summary>
/// <param name="New">Lines that tell of what is not in the register.</param>
/// <param name="Changed">Lines of which something is not in the register.</param>
/// <param name="Unchanged">Lines that the register says already.</param>
/// <param name="LeftOut">Lines of people who were erased.</param>
/// <param name="Facts">How many facts.</param>
/// <param name="Lines">Those that record something, in the order of the file.</param>
/// <param name="Faults">All that is wrong with it, by line; with any, nothing is recorded.</param>
/// <param name="Digest">Of the table and of each fact that it would record, with its place: the same when the very same is recorded. Hexadecimal.</param>
/// <param name="People">The people of the register of whom the answer tells.</param>
public sealed record ImportSummary(
    int New, int Changed, int Unchanged, int LeftOut, int Facts, IReadOnlyList<TableFault> Faults, IReadOnlyList<SummaryLine> Lines, string Digest, IReadOnlySet<PersonId> People)
{
    public bool ChangesNothing => Facts == 0;
}

/// <summary>Brings tables into the registers: decided by the same rules as everybody's commands, recorded wholly or not at all.</summary>
public sealed class RegisterImports(CommandRunner runner, EventLogOptions options)
{
    /// <param name="context">With when it is given, by whom, under which key, and the document that the lines come from.</param>
    /// <param name="slug">Short name of the association.</param>
    /// <param name="preview">True to record nothing.</param>
    /// <param name="seen">The digest of what was looked at: anything else is refused. Null where nothing was.</param>
    /// <returns>What comes of each line, and what the command was answered; null for a preview of what would be recorded.</returns>
    public async Task<(ImportSummary Summary, CommandResult? Result)> RunAsync(
        RegisterTable register, string text, MeetingId? meeting, string slug, CommandContext context, bool preview, CancellationToken ct, string? seen = null)
    {
        var summary = new ImportSummary(0, 0, 0, 0, 0, [], [], "", new HashSet<PersonId>());
        var useCase = new UseCase<ImportRegisterRequest>(register.Command, register.Keeps, async (request, deciding, token) =>
        {
            (summary, var decision) = await DecideAsync(register, request, slug, context.Source, seen, deciding, token);
            return decision;
        });
        var asked = new ImportRegisterRequest(register.Key, text, meeting);
        var result = preview ? await runner.PreviewAsync(useCase, asked, context, ct) : await runner.RunAsync(useCase, asked, context, ct);
        return (summary, result);
    }

    private async ValueTask<(ImportSummary, Decision)> DecideAsync(
        RegisterTable register, ImportRegisterRequest request, string slug, string? source, string? seen, Deciding deciding, CancellationToken ct)
    {
        // What a repeat is answered by; a table at fault may name no other stream.
        await deciding.ReadAsync<Association>(Association.Stream, ct);
        var table = CsvTable.Read(request.Table, register.Headings, [], RegisterTable.MostLines);
        var told = new HashSet<PersonId>();
        var plan = await register.PlanAsync(table, slug, request.Meeting, deciding, told, ct);
        var rows = table.Rows.ToDictionary(row => row.Line);
        var faults = table.Faults.Concat(plan.Faults.Select(f => new TableFault(f.Line, table.Heading(f.Column), table.Text(rows[f.Line], f.Column) ?? "", Wording.Sentence(f.Refusal)))).ToList();
        if (faults.Count == 0 && plan.Facts.Count > options.EventsPerAppend)
            faults.Add(new(1, "", "", Wording.Shape("table.too-many-facts", plan.Facts.Count, options.EventsPerAppend)));
        foreach (var line in plan.Lines)
        {
            if (table.Text(rows[line.Line], RegisterTable.SourceColumn) is not { } own)
                continue;
            if (Texts.Name(RegisterTable.SourceColumn, own) is { } wrong)
                faults.Add(new(line.Line, table.Heading(RegisterTable.SourceColumn), own, Wording.Sentence(wrong)));
            foreach (var fact in line.Facts)
                deciding.Sources[fact] = own;
        }

        await JudgeAsync(register, table, plan, deciding, faults, ct);

        int Of(LineOutcome outcome) => plan.Lines.Count(line => line.Outcome == outcome);
        var summary = new ImportSummary(
            Of(LineOutcome.New), Of(LineOutcome.Changed), Of(LineOutcome.Unchanged), Of(LineOutcome.LeftOut), plan.Facts.Count, [.. faults.DistinctBy(f => (f.Line, f.Column, f.Sentence)).OrderBy(f => f.Line)],
            [.. plan.Lines.Where(l => l.Facts.Count > 0).Select(l => new SummaryLine(l.Line, string.Join(" · ", register.Subject.Select(c => table.Text(rows[l.Line], c)).OfType<string>()), l.Outcome))],
            Digest(request, source, plan, deciding), told);
        return (summary, summary.Faults.Count > 0 ? new TableUnfit(summary.Faults.Count, summary.Faults[0].Line)
            : plan.Facts.Count == 0 ? Decision.NoChange
            : seen is not null && seen != summary.Digest ? new TableNotAsSeen()
            : Decision.Accept(plan.Facts));
    }

    /// <summary>Each fact that a decision may carry is judged by the statutes of its own day, and said to be at fault on its line.</summary>
    private static async ValueTask JudgeAsync(RegisterTable register, CsvTable table, RegisterPlan plan, Deciding deciding, List<TableFault> faults, CancellationToken ct)
    {
        if (!plan.Facts.Any(f => f.Event is IDecided))
            return;
        var statutes = await deciding.ReadAsync<StatutesVersions>(StatutesVersions.Stream, ct);
        foreach (var fact in plan.Facts.Where(f => f.Event is IDecided))
            deciding.JudgedUnder[fact] = statutes.At(fact.On).InForceAt(fact.On.Instant)?.Id;
        var lines = new Dictionary<Fact, int>(ReferenceEqualityComparer.Instance);
        foreach (var line in plan.Lines)
        {
            foreach (var fact in line.Facts)
                lines[fact] = line.Line;
        }

        var rows = table.Rows.ToDictionary(row => row.Line);
        foreach (var (fact, why) in await deciding.UnfoundedAsync(plan.Facts, ct))
        {
            var column = register.ColumnOfDecision(fact.Event);
            faults.Add(new(lines[fact], column is null ? "" : table.Heading(column), (column is null ? null : table.Text(rows[lines[fact]], column)) ?? "", Wording.Sentence(why)));
        }
    }

    // What is made anew each time (identifiers, sealed texts, the present instant) stands in it by its name: the table has the texts themselves.
    private static string Digest(ImportRegisterRequest request, string? source, RegisterPlan plan, Deciding deciding)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string? text) => digest.AppendData(Encoding.UTF8.GetBytes($"{text?.Length ?? -1}:{text}\n"));
        var made = deciding.Made.ToDictionary(m => m.Value, m => m.Key);
        string Steady(string text) => deciding.SealedAnew.Contains(text) ? "-" : Guid.TryParse(text, out var id) && made.TryGetValue(id, out var name) ? name : text;
        JsonNode? Walk(JsonNode? node) => node switch
        {
            JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Walk(p.Value)))),
            JsonArray a => new JsonArray([.. a.Select(Walk)]),
            JsonValue v when v.TryGetValue<string>(out var text) => JsonValue.Create(Steady(text)),
            _ => node?.DeepClone(),
        };
        foreach (var text in new[] { request.Register, request.Meeting?.ToString(), source, request.Table.ReplaceLineEndings("\n") })
            Add(text);
        foreach (var fact in plan.Facts)
        {
            var (kind, thing) = (fact.Stream.Kind, fact.Stream.Value[Math.Min(fact.Stream.Value.Length, fact.Stream.Kind.Length + 1)..]);
            Add($"{kind}:{Steady(thing)}@{deciding.VersionOf(fact.Stream)}");
            Add(fact.On == EffectiveTime.At(deciding.Now) ? "now" : $"{Instants.Write(fact.On.Instant)} {fact.On.Precision}");
            Add(fact.Event.GetType().Name);
            Add(Walk(JsonSerializer.SerializeToNode(fact.Event, fact.Event.GetType(), EventCatalogue.Json))?.ToJsonString());
            Add(deciding.Sources.GetValueOrDefault(fact));
            Add(deciding.JudgedUnder.GetValueOrDefault(fact)?.ToString());
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}
