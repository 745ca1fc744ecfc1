using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Associations;
using Governance.Domain.Kernel;
using Governance.Domain.Registers;
using Governance.EventStore;

namespace Governance.Api.Registers;

/// <summary>What is wrong with a table keeps all of it from being recorded.</summary>
/// <param name="Line">The first line that is at fault.</param>
public sealed record TableUnfit(int Faults, int Line) : Refusal
{
    public override string Code => "register.unfit";
    public override IReadOnlyList<object> Arguments => [Faults, Line];
}

/// <summary>What came, or would come, of an import.</summary>
/// <param name="New">Lines that tell of what is not in the register.</param>
/// <param name="Changed">Lines of which something is not in the register.</param>
/// <param name="Unchanged">Lines that the register says already.</param>
/// <param name="LeftOut">Lines of people who were erased.</param>
/// <param name="Facts">How many facts.</param>
/// <param name="Faults">All that is wrong with it, by line; with any, nothing is recorded.</param>
public sealed record ImportSummary(int New, int Changed, int Unchanged, int LeftOut, int Facts, IReadOnlyList<TableFault> Faults)
{
    /// <summary>What makes two previews of one table the same.</summary>
    public string Digest => $"{New}-{Changed}-{Unchanged}-{LeftOut}-{Facts}";

    public bool ChangesNothing => Facts == 0;
}

/// <summary>Brings tables into the registers: decided by the same rules as everybody's commands, recorded wholly or not at all.</summary>
public sealed class RegisterImports(CommandRunner runner, EventLogOptions options)
{
    /// <param name="context">With when it is given, by whom, under which key, and the document that the lines come from.</param>
    /// <param name="slug">Short name of the association.</param>
    /// <param name="preview">True to record nothing.</param>
    /// <returns>What comes of each line, and what the command was answered; null for a preview of what would be recorded.</returns>
    public async Task<(ImportSummary Summary, CommandResult? Result)> RunAsync(
        RegisterTable register, string text, MeetingId? meeting, string slug, CommandContext context, bool preview, CancellationToken ct)
    {
        var summary = new ImportSummary(0, 0, 0, 0, 0, []);
        var useCase = new UseCase<ImportRegisterRequest>(register.Command, register.Keeps, async (request, deciding, token) =>
        {
            (summary, var decision) = await DecideAsync(register, request, slug, deciding, token);
            return decision;
        });
        var asked = new ImportRegisterRequest(register.Key, text, meeting);
        var result = preview ? await runner.PreviewAsync(useCase, asked, context, ct) : await runner.RunAsync(useCase, asked, context, ct);
        return (summary, result);
    }

    private async ValueTask<(ImportSummary, Decision)> DecideAsync(RegisterTable register, ImportRegisterRequest request, string slug, Deciding deciding, CancellationToken ct)
    {
        // What a repeat is answered by; a table at fault may name no other stream.
        await deciding.ReadAsync<Association>(Association.Stream, ct);
        var table = CsvTable.Read(request.Table, register.Headings, register.Needed, RegisterTable.MostLines);
        var plan = await register.PlanAsync(table, slug, request.Meeting, deciding, ct);
        var rows = table.Rows.ToDictionary(row => row.Line);
        var faults = table.Faults.Concat(plan.Faults.Select(f => new TableFault(f.Line, table.Heading(f.Column), table.Text(rows[f.Line], f.Column) ?? "", Wording.Sentence(f.Refusal)))).ToList();
        if (faults.Count == 0 && plan.Facts.Count > options.EventsPerAppend)
            faults.Add(new(1, "", "", Wording.Shape("table.too-many-facts", plan.Facts.Count, options.EventsPerAppend)));
        foreach (var line in plan.Lines)
        {
            if (table.Text(rows[line.Line], RegisterTable.SourceColumn) is not { } source)
                continue;
            if (Texts.Name(RegisterTable.SourceColumn, source) is { } wrong)
                faults.Add(new(line.Line, table.Heading(RegisterTable.SourceColumn), source, Wording.Sentence(wrong)));
            foreach (var fact in line.Facts)
                deciding.Sources[fact] = source;
        }

        int Of(LineOutcome outcome) => plan.Lines.Count(line => line.Outcome == outcome);
        var summary = new ImportSummary(
            Of(LineOutcome.New), Of(LineOutcome.Changed), Of(LineOutcome.Unchanged), Of(LineOutcome.LeftOut), plan.Facts.Count, [.. faults.DistinctBy(f => (f.Line, f.Column, f.Sentence)).OrderBy(f => f.Line)]);
        return (summary, summary.Faults.Count > 0 ? new TableUnfit(summary.Faults.Count, summary.Faults[0].Line) : plan.Facts.Count == 0 ? Decision.NoChange : Decision.Accept(plan.Facts));
    }
}
