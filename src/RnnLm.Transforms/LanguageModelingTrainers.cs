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
    /// <param name="numberOfLayers">The number of recurrent layers.</param>
    /// <param name="embeddingSize">The size of a word's embedding.</param>
    /// <param name="hiddenSize">The size of a layer's hidden state.</param>
    /// <param name="numberOfEpochs">The greatest number of passes over the data.</param>
    /// <param name="maximumNumberOfKeys">The greatest number of words to know, the two special ones included; null means every word.</param>
    /// <param name="validationSet">The data by which epochs are compared; see <see cref="RecurrentNetwork(RecurrentNetworkOptions, IDataView?)"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every fault.</exception>
    public RecurrentNetworkTrainer RecurrentNetwork(
        string outputColumnName = "NextWord", string? inputColumnName = "Text", int numberOfLayers = 2, int embeddingSize = 200, int hiddenSize = 200,
        int numberOfEpochs = 20, int? maximumNumberOfKeys = null, IDataView? validationSet = null)
        => RecurrentNetwork(
            new RecurrentNetworkOptions
            {
                InputColumnName = inputColumnName ?? outputColumnName,
                NextWordColumnName = outputColumnName,
                Training = { Layers = numberOfLayers, EmbeddingSize = embeddingSize, HiddenSize = hiddenSize, Epochs = numberOfEpochs },
                Vocabulary = { MaximumSize = maximumNumberOfKeys },
            },
            validationSet);

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
