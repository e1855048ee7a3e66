using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>
/// What acts on a network in training alone: dropout, usual or with one mask for a window, of values and of words, and the penalties on what the last layer puts out.
/// </summary>
/// <param name="options">The options.</param>
/// <param name="places">The place before the output layer: the number of recurrent layers.</param>
internal sealed class TorchRegularizer(TrainingOptions options, int places)
{
    private readonly Regularization regularization = options.Regularization;

    /// <summary>The share of recurrent weights that are dropped.</summary>
    public double WeightDropout => regularization.WeightDropout;

    /// <summary>Drops values of a place.</summary>
    /// <param name="values">The values: <c>[length, batch, size]</c>.</param>
    /// <param name="place">The place: 0 the embedding, <c>l</c> the output of layer <c>l - 1</c>.</param>
    public Tensor Drop(Tensor values, int place)
    {
        var locked = place == 0 ? regularization.InputDropout : place == places ? regularization.OutputDropout : regularization.HiddenDropout;
        if (locked is null) return options.Dropout > 0 ? nn.functional.dropout(values, options.Dropout) : values;
        return locked > 0 ? values * Mask(locked.Value, values, 1, values.shape[1], values.shape[2]) : values;
    }

    /// <summary>Drops the embedding of some words, each wherever it is read.</summary>
    /// <param name="embedded">The embeddings: <c>[length, batch, embedding]</c>.</param>
    /// <param name="words">Their words: <c>[length, batch]</c>.</param>
    /// <param name="vocabularySize">The number of words that there are.</param>
    public Tensor DropWords(Tensor embedded, Tensor words, int vocabularySize)
        => regularization.EmbeddingDropout > 0
            ? embedded * Mask(regularization.EmbeddingDropout, embedded, vocabularySize).index_select(0, words.view(-1)).view(words.shape[0], words.shape[1], 1)
            : embedded;

    /// <summary>A mask: zeros, and what keeps the mean where a value is kept.</summary>
    /// <param name="share">The share that is dropped.</param>
    /// <param name="like">What has its device and type.</param>
    /// <param name="size">Its size.</param>
    public static Tensor Mask(double share, Tensor like, params long[] size)
        => nn.functional.dropout(ones(size, dtype: like.dtype, device: like.device), share);

    /// <summary>The penalties on what the last layer puts out, as the managed engine has them; null where there are none.</summary>
    /// <param name="output">What the network has computed.</param>
    /// <param name="window">The window.</param>
    public Tensor? Penalty(NetworkOutput output, Window window)
    {
        var penalty = regularization.ActivationPenalty > 0
            ? MeanSquare(output.Dropped, TargetsOf(window)).Times(regularization.ActivationPenalty)
            : null;
        if (regularization.TemporalActivationPenalty == 0 || window.Length == 1) return penalty;
        var changes = output.Hidden.narrow(0, 1, window.Length - 1) - output.Hidden.narrow(0, 0, window.Length - 1);
        var temporal = MeanSquare(changes, ChangesOf(window)).Times(regularization.TemporalActivationPenalty);
        return penalty is null ? temporal : penalty.Plus(temporal);
    }

    // The mean over the positions that count: values [steps, batch, size]
    private static Tensor MeanSquare(Tensor values, float[] counts)
    {
        var positions = tensor(counts, [values.shape[0], values.shape[1], 1], device: values.device);
        var number = Math.Max(1, counts.Count(count => count != 0));
        return (values * values * positions).sum().Over(number * values.shape[2]);
    }

    // 1 for every position with a target, 0 for padding.
    private static float[] TargetsOf(Window window)
    {
        var counts = new float[window.Targets.Length];
        for (var position = 0; position < counts.Length; position++) counts[position] = window.Targets[position] == Window.Padding ? 0 : 1;
        return counts;
    }

    // 1 for every position after the first step whose change from the step before counts.
    private static float[] ChangesOf(Window window)
    {
        var hasTarget = TargetsOf(window);
        var counts = new float[hasTarget.Length - window.BatchSize];
        for (var position = window.BatchSize; position < hasTarget.Length; position++)
        {
            var before = position - window.BatchSize;
            counts[before] = window.Resets[position] ? 0 : hasTarget[position] * hasTarget[before];
        }
        return counts;
    }
}
