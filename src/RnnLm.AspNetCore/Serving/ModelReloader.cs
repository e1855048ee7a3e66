using Microsoft.Extensions.Hosting;

namespace RnnLm.AspNetCore;

/// <summary>
/// Looks again and again whether the model's file has changed, and loads it then. It looks by itself rather than being told by the system, which does not tell of every file: not
/// of those on other machines, nor of those that a link leads to.
/// </summary>
internal sealed class ModelReloader(ServedLanguageModel served, LanguageModelServerOptions options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (served.Path is not { } path || options.ReloadInterval is not { } interval) return;
        using var timer = new PeriodicTimer(interval, time);
        FileStamp? before = null;
        var tried = served.LoadedStamp;
        while (await WaitAsync(timer, stoppingToken).ConfigureAwait(false))
        {
            var now = FileStamp.Of(path);
            // One that was not the same twice is still being written.
            var isStill = now is not null && now == before;
            before = now;
            if (!isStill || now == tried) continue;
            tried = now; // one that is broken is not tried again until it is another
            await TryReloadAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task TryReloadAsync(CancellationToken stoppingToken)
    {
        try
        {
            await served.ReloadAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It was logged, and the old model stays.
        }
    }
}
