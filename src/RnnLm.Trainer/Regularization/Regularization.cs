using RnnLm.Faults;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// What keeps a network from learning its corpus by heart, beside <see cref="TrainingOptions.Dropout"/>: dropout with one mask for a whole window, dropout of
/// words and of recurrent weights, and penalties on what the last layer puts out (Merity, Keskar and Socher 2018). All of it acts in training alone;
/// the loss that training reports is the cross-entropy without the penalties.
/// </summary>
public sealed class Regularization : IOptionObject
{
    private OptionValues values = new();

    /// <summary>
    /// The share of values dropped from the embedding, from 0 to below 1, by locked (variational) dropout: a stream has one mask for a whole
    /// window, the same at every step (Gal and Ghahramani 2016). What is kept is divided by the share that is kept.
    /// </summary>
    /// <value>Null, the default, means <see cref="TrainingOptions.Dropout"/>, which has another mask at every step.</value>
    public double? InputDropout
    {
        get => values.Get<double?>(default);
        set => values.Put(value);
    }

    /// <summary>The share of values dropped between two layers, as <see cref="InputDropout"/> is dropped from the embedding; from 0 to below 1.</summary>
    /// <value>Null, the default, means <see cref="TrainingOptions.Dropout"/>. It has no effect with one layer.</value>
    public double? HiddenDropout
    {
        get => values.Get<double?>(default);
        set => values.Put(value);
    }

    /// <summary>The share of values dropped before the output layer, as <see cref="InputDropout"/> is dropped from the embedding; from 0 to below 1.</summary>
    /// <value>Null, the default, means <see cref="TrainingOptions.Dropout"/>.</value>
    public double? OutputDropout
    {
        get => values.Get<double?>(default);
        set => values.Put(value);
    }

    /// <summary>
    /// The share of words whose embedding is dropped as a whole, from 0 to below 1: the same words wherever they are read in a window, others in the
    /// next (Gal and Ghahramani 2016). What is kept is divided by the share that is kept. The output matrix is left as it is, where it is tied too.
    /// </summary>
    /// <value>The default is 0.</value>
    public double EmbeddingDropout
    {
        get => values.Get<double>(0.0);
        set => values.Put(value);
    }

    /// <summary>
    /// The share of the recurrent weights of every layer dropped for a window, from 0 to below 1 (DropConnect, Wan 2013; Merity 2018). What is
    /// kept is divided by the share that is kept.
    /// </summary>
    /// <value>The default is 0.</value>
    public double WeightDropout
    {
        get => values.Get<double>(0.0);
        set => values.Put(value);
    }

    /// <summary>The factor α of the mean square of the last layer's output after dropout (AR, Merity 2017); at least 0.</summary>
    /// <value>The default is 0.</value>
    public double ActivationPenalty
    {
        get => values.Get<double>(0.0);
        set => values.Put(value);
    }

    /// <summary>
    /// The factor β of the mean square of how much the last layer's output before dropout changes from a step to the next (TAR, Merity 2017); at least 0.
    /// A step at which the state is reset does not count.
    /// </summary>
    /// <value>The default is 0.</value>
    public double TemporalActivationPenalty
    {
        get => values.Get<double>(0.0);
        set => values.Put(value);
    }

    OptionValues IOptionObject.Values => values;

    /// <summary>Adds what is out of range.</summary>
    internal void AddFaults(OptionFaults faults)
    {
        foreach (var (name, share) in Shares)
            if (share is { } value) faults.RequireFinite(value is >= 0 and < 1, name, value, "from 0 to below 1");
        faults.RequireFinite(ActivationPenalty >= 0, nameof(ActivationPenalty), ActivationPenalty, "at least 0");
        faults.RequireFinite(TemporalActivationPenalty >= 0, nameof(TemporalActivationPenalty), TemporalActivationPenalty, "at least 0");
    }

    /// <summary>Its options as a model file keeps them; what does nothing is left out.</summary>
    internal IEnumerable<(string Name, string Value)> Describe()
    {
        if (InputDropout is { } input) yield return ("input_dropout", Invariant($"{input}"));
        if (HiddenDropout is { } hidden) yield return ("hidden_dropout", Invariant($"{hidden}"));
        if (OutputDropout is { } output) yield return ("output_dropout", Invariant($"{output}"));
        if (EmbeddingDropout != 0) yield return ("embedding_dropout", Invariant($"{EmbeddingDropout}"));
        if (WeightDropout != 0) yield return ("weight_dropout", Invariant($"{WeightDropout}"));
        if (ActivationPenalty != 0) yield return ("activation_penalty", Invariant($"{ActivationPenalty}"));
        if (TemporalActivationPenalty != 0) yield return ("temporal_activation_penalty", Invariant($"{TemporalActivationPenalty}"));
    }

    /// <summary>The locked dropout of a place: 0 the embedding, <c>l</c> the output of layer <c>l - 1</c>; null where it is not locked.</summary>
    internal double? LockedDropoutAt(int place, int layers) => place == 0 ? InputDropout : place == layers ? OutputDropout : HiddenDropout;

    internal Regularization Clone()
    {
        var copy = (Regularization)MemberwiseClone();
        copy.values = values.Clone();
        return copy;
    }

    private (string Name, double? Share)[] Shares =>
    [
        (nameof(InputDropout), InputDropout),
        (nameof(HiddenDropout), HiddenDropout),
        (nameof(OutputDropout), OutputDropout),
        (nameof(EmbeddingDropout), EmbeddingDropout),
        (nameof(WeightDropout), WeightDropout),
    ];
}
