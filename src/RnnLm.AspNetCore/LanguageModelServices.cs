using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace RnnLm.AspNetCore;

/// <summary>Registers a language model to be served.</summary>
public static class LanguageModelServices
{
    /// <summary>Registers the model of a file. The file is loaded when <see cref="LanguageModelEndpoints.MapLanguageModel"/> is called, and anew when it changes.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The file, named <c>*.rnnlm</c> by custom.</param>
    /// <param name="configure">Sets options; null leaves the defaults.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">A language model is registered already.</exception>
    public static IServiceCollection AddLanguageModel(this IServiceCollection services, string path, Action<LanguageModelServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return services.Add(configure, (options, metrics, logger) => new ServedLanguageModel(path, options, metrics, logger));
    }

    /// <summary>Registers a model that comes from no file, and stays the same.</summary>
    /// <param name="services">The services.</param>
    /// <param name="model">The model.</param>
    /// <param name="configure">Sets options; null leaves the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">A language model is registered already.</exception>
    public static IServiceCollection AddLanguageModel(this IServiceCollection services, LanguageModel model, Action<LanguageModelServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(model);
        return services.Add(configure, (options, metrics, logger) => new ServedLanguageModel(model, options, metrics, logger));
    }

    /// <summary>Registers the model of a file, as the other overload does, with options that are there already. They are copied.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The file, named <c>*.rnnlm</c> by custom.</param>
    /// <param name="options">The options.</param>
    /// <inheritdoc cref="AddLanguageModel(IServiceCollection, string, Action{LanguageModelServerOptions})" path="/*[not(self::param)]"/>
    public static IServiceCollection AddLanguageModel(this IServiceCollection services, string path, LanguageModelServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        return services.Add(options, (copy, metrics, logger) => new ServedLanguageModel(path, copy, metrics, logger));
    }

    private static IServiceCollection Add(
        this IServiceCollection services, Action<LanguageModelServerOptions>? configure, Func<LanguageModelServerOptions, ServerMetrics, ILogger, ServedLanguageModel> create)
    {
        var options = new LanguageModelServerOptions();
        configure?.Invoke(options);
        return services.Add(options, create);
    }

    private static IServiceCollection Add(
        this IServiceCollection services, LanguageModelServerOptions options, Func<LanguageModelServerOptions, ServerMetrics, ILogger, ServedLanguageModel> create)
    {
        if (services.Any(service => service.ServiceType == typeof(ServedLanguageModel)))
            throw new InvalidOperationException("A language model is registered already; an application serves one. Serve another by another application.");
        options.Validate();
        options = options.Clone();

        services.AddRouting();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<ProcessorTurns>();
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<RequestGate>();
        services.AddSingleton(provider =>
            create(options, provider.GetRequiredService<ServerMetrics>(), provider.GetRequiredService<ILoggerFactory>().CreateLogger(ServerMetrics.MeterName)));
        services.AddHostedService<ModelReloader>();
        return services;
    }
}
