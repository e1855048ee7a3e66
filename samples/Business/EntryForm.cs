using Microsoft.ML;
using RnnLm;

namespace Business;

/// <summary>
/// A form that suggests how an entry goes on, as it would serve many people at once: the model of the pipeline is immutable and used by all threads alike, and is exchanged for another as soon
/// as another file is in its place.
/// </summary>
sealed class EntryForm : IDisposable
{
    private readonly string path;
    private readonly FileSystemWatcher watcher;
    private readonly SemaphoreSlim reloads = new(0);
    private volatile LanguageModel model;
    private int version = 1;

    public EntryForm(string path)
    {
        this.path = path;
        model = Load();
        watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        watcher.Created += (_, _) => Reload();
        watcher.Changed += (_, _) => Reload();
        watcher.Renamed += (_, renamed) => { if (renamed.FullPath == path) Reload(); };
        watcher.EnableRaisingEvents = true;
    }

    /// <summary>Shows what is suggested for an entry as typed so far.</summary>
    public void Show(string typed)
    {
        var suggestions = model.Suggest(typed, new SuggestionOptions { Count = 3 });
        Console.WriteLine($"{typed}… {(suggestions.Count > 0 ? string.Join("  ", suggestions) : "nothing to suggest")}");
    }

    /// <summary>Waits until so many models have been served, the first one included.</summary>
    /// <exception cref="TimeoutException">Half a minute has passed.</exception>
    public async Task Reloaded(int version)
    {
        while (Volatile.Read(ref this.version) < version)
            if (!await reloads.WaitAsync(TimeSpan.FromSeconds(30))) throw new TimeoutException($"{path} has not been exchanged.");
        Console.WriteLine("The form has the new model.");
    }

    public void Dispose() => watcher.Dispose();

    private LanguageModel Load() => new MLContext().Model.Load(path, out _).GetLanguageModel().Model;

    private void Reload()
    {
        try
        {
            model = Load();
            Interlocked.Increment(ref version);
            reloads.Release();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            // The model of before goes on serving; another event comes when the file is whole.
            Console.Error.WriteLine($"{path}: {fault.Message}");
        }
    }
}
