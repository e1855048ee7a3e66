using Orleans.Storage;

namespace RnnLm.Samples.Tests;

/// <summary>Storage in memory that outlives silos, as a database does. Writes can be made to fail.</summary>
internal sealed class HeldStorage : IGrainStorage
{
    private readonly Lock access = new();
    private readonly Dictionary<(string Name, GrainId Grain), (object? State, string ETag)> held = [];

    /// <summary>Whether a write fails, by the name of what is written: null where it does not, false before it is done, true behind it.</summary>
    public Func<string, bool?> Fault { get; set; } = _ => null;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (access)
        {
            grainState.RecordExists = held.TryGetValue((stateName, grainId), out var found);
            if (!grainState.RecordExists) return Task.CompletedTask;
            (grainState.State, grainState.ETag) = ((T)found.State!, found.ETag);
        }
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Change(stateName, grainId, grainState, () =>
    {
        grainState.ETag = Guid.NewGuid().ToString();
        grainState.RecordExists = true;
        held[(stateName, grainId)] = (grainState.State, grainState.ETag);
    });

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Change(stateName, grainId, grainState, () =>
    {
        grainState.ETag = null;
        grainState.RecordExists = false;
        held.Remove((stateName, grainId));
    });

    private Task Change<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Action change)
    {
        lock (access)
        {
            var etag = held.TryGetValue((stateName, grainId), out var found) ? found.ETag : null;
            if (etag != grainState.ETag) throw new InconsistentStateException("Another has written in the meantime.", etag, grainState.ETag);
            var fault = Fault(stateName);
            if (fault is false) throw new IOException("The write has failed.");
            change();
            if (fault is true) throw new IOException("The write is done, but its answer got lost.");
        }
        return Task.CompletedTask;
    }
}
