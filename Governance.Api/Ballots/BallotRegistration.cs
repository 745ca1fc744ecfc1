namespace Governance.Api.Ballots;

public static class BallotRegistration
{
    /// <summary>What ballots do by themselves: they close at their time, their papers come out of the box, and they are told of facts recorded late.</summary>
    public static IServiceCollection AddBallots(this IServiceCollection services)
    {
        services.AddSingleton<LiveTurnout>();
        services.AddSingleton<PaperPublication>();
        services.AddHostedService(provider => provider.GetRequiredService<PaperPublication>());
        services.AddSingleton<BallotDeadlines>();
        services.AddHostedService(provider => provider.GetRequiredService<BallotDeadlines>());
        services.AddSingleton<LateFactsHost>();
        services.AddHostedService(provider => provider.GetRequiredService<LateFactsHost>());
        return services;
    }
}
