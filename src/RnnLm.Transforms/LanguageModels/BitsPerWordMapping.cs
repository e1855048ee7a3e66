using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Log-probability and number of words → bits by word.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class BitsPerWordMapping : CustomMappingFactory<BitsPerWordMapping.Input, BitsPerWordMapping.Output>
{
    private const string Contract = "RnnLm.BitsPerWord.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output) => output.BitsPerWord = (float)(-input.LogProbability / (Math.Log(2) * input.WordCount));

    /// <summary>What <see cref="ScoreMapping"/> made.</summary>
    internal sealed class Input
    {
        [ColumnName(PrivateColumns.Prefix + nameof(LogProbability))]
        public float LogProbability { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(WordCount))]
        public int WordCount { get; set; }
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(BitsPerWord))]
        public float BitsPerWord { get; set; }
    }
}
