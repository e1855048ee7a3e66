namespace RnnLm.Training;

/// <summary>
/// Where each stream begins to read its piece of the corpus, drawn anew in every epoch (partial shuffle, Press 2019). What is drawn follows from the seed and the
/// epoch alone.
/// </summary>
/// <param name="seed">What is drawn follows from it.</param>
internal sealed class RandomRotation(int seed)
{
    private CounterGenerator random;

    /// <summary>Begins an epoch.</summary>
    public void Begin(int epoch) => random = new CounterGenerator(seed, epoch, Places.Rotation);

    /// <summary>The place in its piece at which a stream begins.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="length">The number of words of its piece.</param>
    public int BeginOf(int stream, int length) => (int)((ulong)random.At((uint)stream) * (ulong)length >> 32);
}
