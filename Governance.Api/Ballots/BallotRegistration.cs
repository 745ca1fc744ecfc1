namespace Governance.Api.Ballots;

public static class BallotRegistration
{
    /// <summary>What ballots do by themselves: they close at their time, and are told of facts recorded late.</summary>
    public static IServiceCollection AddBallots(this IServiceCollection services)
    {
        services.AddSingleton<BallotDeadlines>();
        services.AddHostedService(provider => provider.GetRequiredService<BallotDeadlines>());
        services.AddSingleton<LateFactsHost>();
        services.AddHostedService(provider => provider.GetRequiredService<LateFactsHost>());
        return services;
    }
}
