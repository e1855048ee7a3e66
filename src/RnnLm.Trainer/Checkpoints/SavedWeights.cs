namespace RnnLm.Training;

/// <summary>The weights of a network in the state of a run.</summary>
internal static class SavedWeights
{
    public static void Save(this NetworkWeights weights, TrainingState state)
    {
        foreach (var parameter in weights.Parameters) state.Set(parameter.Name, parameter.Values);
    }

    /// <exception cref="InvalidDataException">They are of another shape.</exception>
    public static void Restore(this NetworkWeights weights, TrainingState state)
    {
        foreach (var parameter in weights.Parameters) state.Get(parameter.Name, parameter.Values);
    }
}
