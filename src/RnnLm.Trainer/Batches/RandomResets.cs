namespace RnnLm.Training;

/// <summary>
/// The line ends after which a stream goes on from the zero state, as a text does that a model is asked about: some of all, drawn anew
/// in every epoch. What is drawn for a place of the corpus follows from the seed and the epoch alone.
/// </summary>
/// <param name="probability">How likely a line end is to be drawn, from 0 to 1.</param>
/// <param name="seed">What is drawn follows from it.</param>
internal sealed class RandomResets(double probability, int seed)
{
    private CounterGenerator random;

    /// <summary>Begins an epoch.</summary>
    public void Begin(int epoch) => random = new CounterGenerator(seed, epoch, Places.Resets);

    /// <summary>Marks the resets of one stream.</summary>
    /// <param name="window">The window, whose inputs are written.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="start">The place in the corpus of the first target.</param>
    /// <param name="count">The number of targets.</param>
    /// <param name="firstStep">The step of the first target.</param>
    public void Mark(Window window, int stream, int start, int count, int firstStep)
    {
        if (probability == 0) return;
        var inputs = window.Inputs;
        for (int step = 0, position = firstStep * window.BatchSize + stream; step < count; step++, position += window.BatchSize)
        {
            if (inputs[position] == Vocabulary.EndOfLineId && IsDrawn(start + step)) window.Resets[position] = true;
        }
    }

    private bool IsDrawn(int place) => random.At((uint)place) < probability * 4294967296.0; // 2^32
}
