using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Documents;
using Governance.Api.Face;
using Governance.Api.History;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.Mail;
using Governance.Api.Proofs;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Documents;
using Governance.EventStore.Following;
using Governance.EventStore.Log;
using Governance.EventStore.Vault;
using Governance.Projections.Runtime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Npgsql;

namespace Governance.Api.Kernel.Hosting;

/// <summary>The host: its parts, the way of a request through them, and the addresses.</summary>
public static class GovernanceHost
{
    /// <summary>Opens and completes the database and puts the host together; <see cref="WebApplication.StartAsync"/> then serves.</summary>
    public static async Task<WebApplication> BuildAsync(HostSettings settings, Action<IServiceCollection>? replace = null, CancellationToken ct = default)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Governance.Api", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Configuration.AddInMemoryCollection(settings.Overrides);
        builder.WebHost.UseUrls(settings.Urls ?? builder.Configuration["URLS"] ?? HostSettings.DefaultUrls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.BodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 100;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        // Whoever votes for many on many options sends many fields in a body that is bounded.
        builder.Services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(form => form.ValueCountLimit = Limits.FormFields);
        // Addresses and queries of requests stay out of the log.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);

        var masterKeyFile = builder.Configuration["Governance:MasterKeyFile"] ?? Path.Combine(settings.DataDirectory, "keys", "master.key");
        var master = MasterKey.AtPath(masterKeyFile);
        var database = Database.Open(settings.ConnectionString ?? builder.Configuration.GetConnectionString("Governance"), settings.DataDirectory);
        try
        {
            return await PutTogetherAsync(builder, settings, database, masterKeyFile, master, replace, ct);
        }
        catch
        {
            // A private server that nobody came to use does not outlive the attempt.
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything that the host asks of its database before it serves: may be asked of one that has it already.</summary>
    public static async Task CompleteAsync(NpgsqlDataSource database, EventLog log, CancellationToken ct = default)
    {
        await log.MigrateAsync(ct);
        await AccessSchema.MigrateAsync(database, ct);
        await MailSchema.MigrateAsync(database, ct);
        await ReadModelTables.EnsureAsync(database, ReadModels.All, ct);
    }

    private static async Task<WebApplication> PutTogetherAsync(
        WebApplicationBuilder builder, HostSettings settings, Database database, string masterKeyFile, MasterKey master, Action<IServiceCollection>? replace,
        CancellationToken ct)
    {
        var time = TimeProvider.System;
        var options = new EventLogOptions();
        var log = new EventLog(database.Source, options, time);
        // The database starts and is completed while the host is put together.
        var completed = Task.Run(
            async () =>
            {
                await database.ReadyAsync(ct);
                await CompleteAsync(database.Source, log, ct);
            },
            ct);

        var services = builder.Services;
        services.AddSingleton(time);
        services.AddSingleton(_ => database);
        services.AddSingleton(database.Source);
        services.AddSingleton(options);
        services.AddSingleton(_ => log);
        services.AddSingleton(EventCatalogue.All);
        services.AddSingleton(new InstallationKey(master.Derive));
        var vault = new PersonVault(database.Source, master);
        services.AddSingleton(vault);
        services.AddSingleton(new ErasureJournal(builder.Configuration["Governance:ErasureJournalFile"] ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(masterKeyFile))!, "erasures.journal")));
        var documents = new DocumentStore(database.Source, vault, master);
        services.AddSingleton(documents);
        services.AddSingleton(DocumentLimits.Of(builder.Configuration));
        services.AddSingleton<DocumentReaders>();
        services.AddSingleton<DocumentIntake>();
        services.AddSingleton<DocumentDownload>();
        services.AddSingleton<DocumentShelf>();
        services.AddHostedService<DocumentUpkeep>();
        services.AddSingleton<People.PersonErasure>();
        services.AddSingleton<People.ErasureReplay>();
        var secrets = builder.Configuration["Governance:BallotSecretsDirectory"] ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(masterKeyFile))!, "ballots");
        services.AddSingleton(new BallotBoxes(new BallotSecrets(secrets), new SealedPapers(database.Source)));
        var logKeys = new LogKeys(builder.Configuration["Governance:LogKeysDirectory"] ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(masterKeyFile))!, "log"));
        var transparency = new TransparencyLog(database.Source, log, logKeys);
        services.AddSingleton(transparency);
        services.AddSingleton<Proofs.Bundles.BundleExport>();
        services.AddSingleton(provider => new FollowerHost(
            database.Source, log, [.. ReadModels.Followers(log, EventCatalogue.All), new TransparencyLogFollower(logKeys)], new FollowerOptions { OnFault = Faults(provider) }, time));
        var rebuild = new Rebuild(database.Source, log, options, EventCatalogue.All);
        services.AddSingleton(rebuild);
        services.AddSingleton(new RebuildCheck(database.Source, rebuild, options));
        services.AddSingleton(new ReadDatabase(database.Source, log, options, ReadModels.All));
        services.AddHostedService<Following>();
        services.AddHostedService<CommandKeyExpiry>();
        services.AddHostedService<People.Erasures>();
        services.AddSingleton<RecentStreams>();
        services.AddSingleton(provider => new CommandRunner(
            log, EventCatalogue.All, provider.GetRequiredService<PersonVault>(), provider.GetRequiredService<People.PersonErasure>(), documents, provider.GetRequiredService<BallotBoxes>(), provider.GetRequiredService<RecentStreams>(), time, provider.GetRequiredService<InstallationKey>().Requests, provider.GetRequiredService<TransparencyLog>()));
        services.AddSingleton<CommandEntrance>();
        services.AddSingleton<Import.ImportsUnderWay>();
        services.AddSingleton<Registers.RegisterImports>();
        services.AddSingleton<Registers.RegisterExports>();
        services.AddSingleton<AssociationDirectory>();
        services.AddScoped(provider => provider.GetRequiredService<IHttpContextAccessor>().HttpContext!.Features.GetRequiredFeature<RequestScope>());
        services.AddSingleton<People.PersonNames>();
        services.AddSingleton<Members.MemberNames>();
        services.AddSingleton<DuesCampaigns.DuesReader>();
        services.AddSingleton<Mandates.MandateLines>();
        services.AddSingleton<Elections.ElectionDossiers>();
        services.AddSingleton<Meetings.MeetingReader>();
        services.AddSingleton<Meetings.Live.MeetingLive>();
        services.AddSingleton<Meetings.Live.Roster>();
        services.AddSingleton<Minutes.MinutesReader>();
        services.AddSingleton<Minutes.WeasyPrint>();
        services.AddSingleton<Minutes.MakePdf>(provider => provider.GetRequiredService<Minutes.WeasyPrint>().MakeAsync);
        services.AddSingleton<Minutes.PdfJobs>();
        services.AddTransient<Minutes.MinutesTexts>();
        services.AddScoped<Conventions.ConventionReports>();
        services.AddScoped<Minutes.PrintedHtml>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<Changes.ChangesReader>();
        services.AddSingleton<Search.SearchReader>();
        services.AddSingleton<People.PersonalDataReader>();
        services.AddSingleton<People.LegalHolds>();
        services.AddSingleton<People.ErasurePreviews>();
        services.ConfigureHttpJsonOptions(json => JsonForms.Configure(json.SerializerOptions));
        services.AddAccess(builder.Configuration);
        services.AddCosignatures(builder.Configuration);
        services.AddFace();
        services.AddBallots();
        services.AddMail(MailSettings.Read(builder.Configuration));
        services.AddApiDescription();
        replace?.Invoke(services);

        // Behind a proxy of one's own: whose word on scheme and client address is taken. Nobody's, unless the configuration names them.
        var proxies = (builder.Configuration.GetSection("Governance:Proxies").Get<string[]>() ?? []).Select(System.Net.IPAddress.Parse).ToList();
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in proxies)
                forwarded.KnownProxies.Add(proxy);
        });

        var app = builder.Build();
        // Made first, so disposed of last: the log after its users, the database after the log.
        app.Services.GetRequiredService<Database>();
        app.Services.GetRequiredService<EventLog>();
        app.UseForwardingWarning(proxies);
        if (proxies.Count > 0)
            app.UseForwardedHeaders();
        app.UseFace();
        app.UseProblems();
        app.UseHsts();
        app.UseAuthentication();
        app.UseMiddleware<RequestScopes>();
        app.UseRateLimiter();
        app.MapFace();
        Addresses.Map(app);
        var addresses = ((IEndpointRouteBuilder)app).DataSources;
        EndpointDataSource apart = new SlugsApart([.. addresses]);
        addresses.Clear();
        addresses.Add(apart);
        // Made while the database starts, not while the first who asks waits.
        _ = apart.Endpoints;
        try
        {
            await completed;
            await vault.DemandMasterKeyAsync(ct);
            if (settings.DemandsSameLog)
            {
                await transparency.DemandSameAsync(ct);
                // Before anybody is answered, and only in a log that goes on as it was: what a restored backup brought back goes again.
                await app.Services.GetRequiredService<People.ErasureReplay>().RunAsync(ct);
            }
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return app;
    }

    private static Action<string, Exception> Faults(IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger("Governance.Following");
        return (follower, fault) => logger.LogError(fault, "{Follower} met a fault", follower);
    }

    /// <summary>Followers run as long as the host, beside it: nobody's first answer waits until all of them have looked.</summary>
    private sealed class Following(FollowerHost followers, Rebuild rebuild) : IHostedLifecycleService
    {
        // A read model that is new here is built whole: following the log from its first event would take longer.
        public Task StartingAsync(CancellationToken ct) => rebuild.NewAsync(ReadModels.All, ct);

        public Task StartAsync(CancellationToken ct) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken ct)
        {
            followers.Start();
            return Task.CompletedTask;
        }

        public Task StoppingAsync(CancellationToken ct) => Task.CompletedTask;

        public Task StopAsync(CancellationToken ct) => followers.StopAsync();

        public Task StoppedAsync(CancellationToken ct) => Task.CompletedTask;
    }
}
