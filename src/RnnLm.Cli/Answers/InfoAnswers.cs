namespace RnnLm.Cli.Answers;

/// <summary>What a model file holds.</summary>
sealed record InfoLine(
    long Bytes, string Checksum, string Cell, int Layers, int EmbeddingSize, int HiddenSize, int? ProjectionSize, bool Tied, int VocabularySize, string Softmax,
    IReadOnlyList<int>? Cutoffs, double? DivisionFactor, long Parameters, string Precision, IReadOnlyDictionary<string, string> Tokenizer, IReadOnlyDictionary<string, string> Options,
    IReadOnlyDictionary<string, double> Figures, NeuralCache? Cache, InterpolationInfo? Ngram, DynamicInfo? Dynamic, IEnumerable<EnsembleMemberInfo>? Members);

/// <summary>An interpolation with an n-gram model.</summary>
sealed record InterpolationInfo(double Weight, int Order, IEnumerable<int> NGrams);

/// <summary>Dynamic evaluation.</summary>
sealed record DynamicInfo(double LearningRate, double Decay, int Window, double? Epsilon, bool Scaled);

/// <summary>A member of an ensemble.</summary>
sealed record EnsembleMemberInfo(
    double Weight, string Cell, int Layers, int EmbeddingSize, int HiddenSize, long Parameters, string Precision, NeuralCache? Cache, InterpolationInfo? Ngram,
    IReadOnlyDictionary<string, double> Figures);

/// <summary>What the file of an n-gram model holds.</summary>
sealed record NGramInfoLine(
    long Bytes, int Order, int VocabularySize, IEnumerable<int> NGrams, IReadOnlyDictionary<string, string> Tokenizer, IReadOnlyDictionary<string, string> Options,
    IReadOnlyDictionary<string, double> Figures);
