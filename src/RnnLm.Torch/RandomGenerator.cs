using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>libtorch's generator of random numbers on the CPU, of which a process has one, in the state of a training run.</summary>
internal static class RandomGenerator
{
    private const string Name = "random";

    public static void Save(TrainingState state)
    {
        using var generator = random.get_rng_state();
        state.Set(Name, generator.bytes);
    }

    /// <exception cref="InvalidDataException">It is missing, or of another length.</exception>
    public static void Restore(TrainingState state)
    {
        using var generator = random.get_rng_state();
        state.Get(Name, generator.bytes);
        random.set_rng_state(generator);
    }
}
