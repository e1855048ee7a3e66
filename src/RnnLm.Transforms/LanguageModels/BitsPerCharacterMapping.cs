using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Log-probability and number of characters → bits by character.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class BitsPerCharacterMapping : CustomMappingFactory<BitsPerCharacterMapping.Input, BitsPerCharacterMapping.Output>
{
    private const string Contract = "RnnLm.BitsPerCharacter.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output)
        => output.BitsPerCharacter = input.Characters == RowWordsOutput.UnknownCharacters ? float.NaN : (float)(-input.LogProbability / (Math.Log(2) * input.Characters));

    /// <summary>What <see cref="ScoreMapping"/> and the mapping of the row's words made.</summary>
    internal sealed class Input
    {
        [ColumnName(PrivateColumns.Prefix + nameof(LogProbability))]
        public float LogProbability { get; set; }

        [ColumnName(PrivateColumns.RowCharacters)]
        public int Characters { get; set; }
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(BitsPerCharacter))]
        public float BitsPerCharacter { get; set; }
    }
}
