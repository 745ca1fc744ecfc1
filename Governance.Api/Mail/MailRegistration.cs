namespace Governance.Api.Mail;

public static class MailRegistration
{
    /// <summary>Convocations by mail: what follows the log, what sends, what records.</summary>
    /// <param name="settings">Null where no server is named: nothing is sent.</param>
    public static IServiceCollection AddMail(this IServiceCollection services, MailSettings? settings)
    {
        services.AddSingleton(new SmtpRelay(settings));
        services.AddSingleton<Outbox>();
        services.AddSingleton<BounceAddresses>();
        services.AddSingleton<ConvocationLinks>();
        services.AddSingleton<ConvocationLetters>();
        services.AddSingleton<LetterWords>();
        services.AddSingleton<ConvocationMessages>();
        services.AddSingleton<ReminderLetters>();
        services.AddSingleton<ReminderMessages>();
        services.AddSingleton<Sendings>();
        services.AddSingleton<MailFates>();
        services.AddSingleton<MailSending>();
        services.AddHostedService(provider => provider.GetRequiredService<MailSending>());
        services.AddSingleton<OutboxFollowerHost>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxFollowerHost>());
        return services;
    }
}
