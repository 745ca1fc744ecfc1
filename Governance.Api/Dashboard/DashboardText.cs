namespace Governance.Api.Dashboard;

/// <summary>The words of the dashboard (DashboardText.resx, DashboardText.en.resx).</summary>
public sealed class DashboardText;
