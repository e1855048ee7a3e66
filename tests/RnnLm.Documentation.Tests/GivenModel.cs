namespace RnnLm.Documentation.Tests;

/// <summary>A small text and a small model of it.</summary>
internal sealed class GivenModel
{
    private static readonly string[] Nouns = ["value", "name", "type", "number"];
    private static readonly string[] Things = ["list", "stream", "method", "array"];

    /// <summary>The text: some lines, since the fewer there are, the sooner a training is over that takes its options from the pages.</summary>
    public static IReadOnlyList<string> Lines { get; } =
    [
        .. Things.SelectMany(thing => Nouns[..2].Select(noun => $"Gets or sets the {noun} of the {thing}.")),
        .. Things.SelectMany(thing => Nouns[2..].Select(noun => $"The {noun} of the {thing}.")),
        .. Things.Select(thing => $"Returns a value that indicates whether the {thing} is empty."),
        "Adds an item to the list.", "The method returns the value.", "The index of the first element in the array.", "Gets the value.",
    ];

    /// <summary>The model.</summary>
    public LanguageModel Model { get; } = Train(seed: 1);

    /// <summary>Trains one of a few parameters.</summary>
    public static LanguageModel Train(int seed)
        => new LanguageModelTrainer(new TrainingOptions { Preset = TrainingPreset.Plain, Layers = 1, EmbeddingSize = 16, HiddenSize = 16, BatchSize = 2, Window = 10, Epochs = 5, Seed = seed })
            .Train(Tokenizer.Text(), Lines, vocabularyOptions: new VocabularyOptions { MaximumSize = 40 }).Model;
}
