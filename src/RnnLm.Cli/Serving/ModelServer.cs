using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RnnLm.AspNetCore;
using RnnLm.Cli.Answers;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Serving;

/// <summary>The application of ASP.NET Core that serves a model. Neither environment nor files set anything of it: what is not on the command line is as it always is.</summary>
static class ModelServer
{
    // What has begun has time to end by itself, or by its own time limit, before it is broken off.
    private static readonly TimeSpan GreatestPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MorePatience = TimeSpan.FromSeconds(5);

    /// <summary>Serves until it is cancelled, and then ends the requests that have begun. Nothing of this is looked at before it is called, so that what it needs can be loaded before.</summary>
    /// <exception cref="IOException">It cannot listen, or the model cannot be read.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task RunAsync(ServeSettings settings, LanguageModelServerOptions options, Terminal terminal, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "rnnlm", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddProvider(new TerminalLogger(terminal)).SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning)
            // What keeps it from starting is told by the command.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseUrls([.. settings.Addresses.All.Select(address => address.GetLeftPart(UriPartial.Authority))]);
        builder.Services.Configure<HostOptions>(
            host => host.ShutdownTimeout = (options.RequestTimeout < GreatestPatience ? options.RequestTimeout : GreatestPatience) + MorePatience);
        builder.Services.AddLanguageModel(settings.ModelPath, options);
        // Without a key, a page in a browser on this machine could ask under a name that leads here.
        var isLocal = options.ApiKey is null && settings.Addresses.AreLoopback;
        if (isLocal) builder.Services.AddHostFiltering(filter => filter.AllowedHosts = [.. settings.Addresses.Hosts]);

        await using var application = builder.Build();
        if (isLocal) application.UseHostFiltering();
        application.MapLanguageModel();
        application.MapLanguageModelFallback();
        using var export = settings.Collector is { } collector ? MetricsExport.Start(collector) : null;
        await application.StartAsync(cancellation);
        Tell(application, settings, terminal);
        await application.WaitForShutdownAsync(cancellation);
    }

    private static void Tell(WebApplication application, ServeSettings settings, Terminal terminal)
    {
        var served = application.Services.GetRequiredService<ServedLanguageModel>();
        if (settings.Json) terminal.Out.WriteJson(new ServedLine(application.Urls, served.Id, $"{served.Model}"));
        else foreach (var url in application.Urls) terminal.Out.WriteLine(url);
        terminal.Out.Flush();
    }
}
