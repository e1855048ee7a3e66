using Microsoft.Extensions.Logging;

namespace RnnLm.AspNetCore;

/// <summary>
/// The model that is served. It may be exchanged while it serves: a request that has begun ends with the model that it began with, and none waits. It may be used by any number of
/// threads at once.
/// </summary>
public sealed class ServedLanguageModel : IDisposable
{
    private readonly SemaphoreSlim loading = new(1);
    private readonly ILogger logger;
    private readonly ServerMetrics metrics;
    private volatile LoadedModel loaded;

    internal ServedLanguageModel(LanguageModel model, LanguageModelServerOptions options, ServerMetrics metrics, ILogger logger)
    {
        this.logger = logger;
        this.metrics = metrics;
        loaded = new LoadedModel(model, DateTimeOffset.UtcNow, Stamp: null);
        Id = options.ModelId ?? LanguageModelServerOptions.UsualModelId;
    }

    internal ServedLanguageModel(string path, LanguageModelServerOptions options, ServerMetrics metrics, ILogger logger)
    {
        this.logger = logger;
        this.metrics = metrics;
        Path = path;
        loaded = Load(path, CancellationToken.None);
        Id = options.ModelId ?? (System.IO.Path.GetFileNameWithoutExtension(path) is { Length: > 0 } name ? name : LanguageModelServerOptions.UsualModelId);
        ServerLog.Loaded(logger, Id, loaded.Model);
    }

    /// <summary>What the model is called.</summary>
    public string Id { get; }

    /// <summary>The file that the model comes from; null where it comes from none.</summary>
    public string? Path { get; }

    /// <summary>The model as it is now.</summary>
    public LanguageModel Model => loaded.Model;

    /// <summary>When it was loaded.</summary>
    public DateTimeOffset LoadedAt => loaded.At;

    /// <summary>What the file was like when it was loaded.</summary>
    internal FileStamp? LoadedStamp => loaded.Stamp;

    /// <summary>Loads the model anew from its file, and serves that from now on. Where it cannot be loaded, the old one stays.</summary>
    /// <param name="cancellationToken">Ends it early; the old model stays.</param>
    /// <exception cref="InvalidOperationException">The model comes from no file.</exception>
    /// <exception cref="ModelFormatException">The file is cut short, altered, of a newer version, or no model file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task ReloadAsync(CancellationToken cancellationToken = default)
    {
        if (Path is not { } path) throw new InvalidOperationException("The model comes from no file, so there is nothing to load anew.");
        await loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            loaded = await Task.Run(() => Load(path, cancellationToken), cancellationToken).ConfigureAwait(false);
            metrics.CountReload(isLoaded: true);
            ServerLog.Reloaded(logger, Id, loaded.Model);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            metrics.CountReload(isLoaded: false);
            ServerLog.NotReloaded(logger, fault.Message);
            throw;
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>Ends what belongs to it alone; models need no end.</summary>
    public void Dispose() => loading.Dispose();

    // The stamp comes first: a file that changes while it is read is another afterwards, and is loaded again.
    private static LoadedModel Load(string path, CancellationToken cancellation)
    {
        var stamp = FileStamp.Of(path);
        return new LoadedModel(LanguageModel.Load(path, cancellation), DateTimeOffset.UtcNow, stamp);
    }

    private sealed record LoadedModel(LanguageModel Model, DateTimeOffset At, FileStamp? Stamp);
}
