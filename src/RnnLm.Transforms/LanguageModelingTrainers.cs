using RnnLm;

namespace Microsoft.ML;

/// <summary>What learns language models: <c>mlContext.LanguageModeling.Trainers</c>.</summary>
public sealed class LanguageModelingTrainers
{
    private readonly MLContext mlContext;

    internal LanguageModelingTrainers(MLContext mlContext) => this.mlContext = mlContext;

    /// <summary>Learns a recurrent network that predicts the next word.</summary>
    /// <param name="outputColumnName">The column of the most probable next word to make.</param>
    /// <param name="inputColumnName">
    /// The column to read: text, a vector of words, or a vector of keys annotated with words; null means the one of the same name.
    /// </param>
    /// <param name="numberOfLayers">The number of recurrent layers; null means as <see cref="TrainingPreset.Auto"/> has it for the data.</param>
    /// <param name="embeddingSize">The size of a word's embedding; null means as <see cref="TrainingPreset.Auto"/> has it for the data.</param>
    /// <param name="hiddenSize">The size of a layer's hidden state; null means as <see cref="TrainingPreset.Auto"/> has it for the data.</param>
    /// <param name="numberOfEpochs">The greatest number of passes over the data; null means as <see cref="TrainingPreset.Auto"/> has it for the data.</param>
    /// <param name="maximumNumberOfKeys">The greatest number of words to know, the two special ones included; null means every word.</param>
    /// <param name="validationSet">The data by which epochs are compared; see <see cref="RecurrentNetwork(RecurrentNetworkOptions, IDataView?)"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every fault.</exception>
    public RecurrentNetworkTrainer RecurrentNetwork(
        string outputColumnName = "NextWord", string? inputColumnName = "Text", int? numberOfLayers = null, int? embeddingSize = null, int? hiddenSize = null,
        int? numberOfEpochs = null, int? maximumNumberOfKeys = null, IDataView? validationSet = null)
    {
        var training = new TrainingOptions();
        if (numberOfLayers is { } layers) training.Layers = layers;
        if (embeddingSize is { } embedding) training.EmbeddingSize = embedding;
        if (hiddenSize is { } hidden) training.HiddenSize = hidden;
        if (numberOfEpochs is { } epochs) training.Epochs = epochs;
        var options = new RecurrentNetworkOptions
        {
            InputColumnName = inputColumnName ?? outputColumnName,
            NextWordColumnName = outputColumnName,
            Training = training,
            Vocabulary = { MaximumSize = maximumNumberOfKeys },
        };
        return RecurrentNetwork(options, validationSet);
    }

    /// <summary>Learns a recurrent network that predicts and scores words.</summary>
    /// <param name="options">The columns and the training. They are copied: later changes have no effect.</param>
    /// <param name="validationSet">
    /// The data by which epochs are compared; null means none, or the share of rows that the options hold out. It has the input column
    /// as the network is to read it: where steps stand before this one in a pipeline, the data must have gone through them.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every fault.</exception>
    public RecurrentNetworkTrainer RecurrentNetwork(RecurrentNetworkOptions options, IDataView? validationSet = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new RecurrentNetworkTrainer(mlContext, options, validationSet);
    }
}
