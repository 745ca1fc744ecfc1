using Governance.Api.Kernel.Http;

namespace Governance.Api.SharedTools;

public static class SharedToolForms
{
    private const string Tools = "/{slug}/shared-tools";
    private const string Tool = Tools + "/{tool}";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["history.before-beginning"] = "effective",
        ["history.impossible"] = "effective",
        ["shared-tool.not-on-duty"] = "week",
        ["shared-tool.several-swaps-proposed"] = "their",
        ["shared-tool.source-watched"] = "sources",
        ["shared-tool.still-on-rota"] = "centre",
    };

    /// <summary>Forms of the pages of shared tools.</summary>
    public static void MapSharedToolForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<LaunchSharedToolRequest, ToolActPage>(Tools + "/new", SharedToolUseCases.Launch, then: Tools, fields: Fields);
        app.MapForm<ReworkSharedToolRequest, ToolActPage>(Tool + "/reworks", SharedToolUseCases.Rework, then: Tools, fields: Fields);
        app.MapForm<ReleaseSharedToolRequest, ToolActPage>(Tool + "/releases", SharedToolUseCases.Release, then: Tools, fields: Fields);
        app.MapForm<ToolCentreRequest, ToolActPage>(Tool + "/joining", SharedToolUseCases.Join, then: Tools, fields: Fields);
        app.MapForm<ToolCentreRequest, ToolActPage>(Tool + "/leaving", SharedToolUseCases.Leave, then: Tools, fields: Fields);
        app.MapForm<CountSharedToolCentresRequest, ToolActPage>(Tool + "/centres/count", SharedToolUseCases.CountCentres, then: Tools, fields: Fields);
        app.MapForm<SetRotaRequest, ToolActPage>(Tool + "/rota", SharedToolUseCases.SetRota, then: Tools, fields: Fields);
        app.MapForm<ProposeDutySwapRequest, ToolActPage>(Tool + "/swaps", SharedToolUseCases.ProposeSwap, then: Tools, fields: Fields);
        app.MapForm<AnswerDutySwapRequest, ToolActPage>(Tool + "/swaps/answer", SharedToolUseCases.AnswerSwap, then: Tools, fields: Fields);
        app.MapForm<EntrustSourcesRequest, ToolActPage>(Tool + "/sources", SharedToolUseCases.Entrust, then: Tools, fields: Fields);
        app.MapForm<MergeSharedToolRequest, ToolActPage>(Tool + "/merger", SharedToolUseCases.Merge, then: Tools, fields: Fields);
        app.MapForm<RetireSharedToolRequest, ToolActPage>(Tool + "/retirement", SharedToolUseCases.Retire, then: Tools, fields: Fields);
    }
}
