using RnnLm.Training;
using RnnLm.Wording;

namespace RnnLm;

/// <summary>
/// A corpus as parallel streams. The corpus, read from an end-of-line word on, is cut into <c>B</c> pieces that follow one another
/// in the text; stream <c>b</c> reads piece <c>b</c>, and its recurrent state is carried from window to window until the epoch ends, but
/// for the places at which it is reset: line ends that are drawn, and the end of the piece, where a stream that does not begin at the piece's beginning goes on there.
/// </summary>
/// <remarks>
/// No word is lost: where <c>B</c> does not divide the <c>N</c> words, the first <c>N mod B</c> pieces are one word longer, and in
/// the last step of the epoch the other streams are padded. The last window of an epoch may have fewer steps than the others.
/// </remarks>
public sealed class StreamBatches : IWindowSource
{
    // With fewer no other number of streams is worth a thought.
    private const int FewestWords = 10;

    private readonly ReadOnlyMemory<int> ids;
    private readonly int batchSize;
    private readonly int shorter;
    private readonly int longerStreams;
    private readonly RandomResets resets;
    private readonly RandomWindowLengths? lengths; // null: as many steps as there is room for
    private readonly RandomRotation? rotation; // null: every stream begins at the beginning of its piece
    private int position;

    /// <summary>Cuts a corpus into streams.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="batchSize">The number <c>B</c> of streams, at least 1.</param>
    /// <param name="stateResetProbability">How likely it is, from 0 to 1, that a stream's state is reset at a line end.</param>
    /// <param name="seed">What the resets of each epoch follow from.</param>
    /// <exception cref="TrainingDataException">The corpus has fewer words than there are streams.</exception>
    public StreamBatches(TokenStream corpus, int batchSize, double stateResetProbability = 0, int seed = 1)
        : this(corpus, batchSize, stateResetProbability, seed, null, null)
    {
    }

    /// <param name="corpus">The corpus.</param>
    /// <param name="batchSize">The number <c>B</c> of streams, at least 1.</param>
    /// <param name="stateResetProbability">How likely it is, from 0 to 1, that a stream's state is reset at a line end.</param>
    /// <param name="seed">What the resets of each epoch follow from.</param>
    /// <param name="lengths">The lengths of the windows; null means as many steps as there is room for.</param>
    /// <param name="rotation">Where each stream begins in its piece; null means at its beginning.</param>
    internal StreamBatches(
        TokenStream corpus, int batchSize, double stateResetProbability, int seed, RandomWindowLengths? lengths, RandomRotation? rotation)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (stateResetProbability is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(stateResetProbability), stateResetProbability, "The probability of a reset must be from 0 to 1.");
        if (corpus.Count < batchSize) throw TooFewWords(corpus.Count, batchSize);
        ids = corpus.Ids;
        this.batchSize = batchSize;
        this.lengths = lengths;
        this.rotation = rotation;
        resets = new RandomResets(stateResetProbability, seed);
        (shorter, longerStreams) = Math.DivRem(corpus.Count, batchSize);
        position = Steps;
    }

    /// <inheritdoc/>
    public long TargetCount => ids.Length;

    // The steps of an epoch: the length of the longest stream.
    private int Steps => shorter + (longerStreams > 0 ? 1 : 0);

    /// <inheritdoc/>
    public void Begin(int epoch)
    {
        position = 0;
        resets.Begin(epoch);
        lengths?.Begin(epoch);
        rotation?.Begin(epoch);
    }

    /// <inheritdoc/>
    public bool Fill(Window window)
    {
        window.RequireBatchSize(batchSize);
        if (position == Steps) return false;

        var steps = lengths is null ? window.Capacity : Math.Min(lengths.Next(), window.Capacity);
        window.Begin(Math.Min(steps, Steps - position), startsFresh: position == 0);
        for (var stream = 0; stream < batchSize; stream++)
        {
            // The stream's piece of the text is [start, start + length).
            var start = stream * shorter + Math.Min(stream, longerStreams);
            var length = shorter + (stream < longerStreams ? 1 : 0);
            var begin = rotation?.BeginOf(stream, length) ?? 0;
            var count = Math.Min(window.Length, length - position);
            var untilEnd = Math.Clamp(length - begin - position, 0, count);
            Write(window, stream, start + begin + position, untilEnd, firstStep: 0);
            Write(window, stream, start + begin + position + untilEnd - length, count - untilEnd, firstStep: untilEnd);
            window.Pad(stream, count);
            if (untilEnd < count && begin + position + untilEnd == length) window.Resets[untilEnd * batchSize + stream] = true;
        }
        position += window.Length;
        return true;
    }

    /// <summary>Says that a corpus has fewer words than there are streams.</summary>
    /// <param name="words">The words.</param>
    /// <param name="batchSize">The streams of each process.</param>
    /// <param name="processes">The processes that read the corpus together.</param>
    internal static TrainingDataException TooFewWords(long words, int batchSize, int processes = 1)
    {
        var streams = (long)batchSize * processes;
        var whose = processes == 1 ? "" : $", {batchSize} of each of {processes} processes";
        var otherwise = words < FewestWords ? "; of so few nothing is learned" : words < processes ? $", or a BatchSize of 1 with at most {words} processes" : $", or a BatchSize of at most {words / processes}";
        return new($"The corpus has {CountText.Of(words, "word")}, its line ends included, too few for {streams} parallel streams of at least one word{whose}. Give at least {streams} words{otherwise}.");
    }

    private void Write(Window window, int stream, int start, int count, int firstStep)
    {
        window.Write(stream, ids.Span, start, count, firstStep);
        resets.Mark(window, stream, start, count, firstStep);
    }
}
