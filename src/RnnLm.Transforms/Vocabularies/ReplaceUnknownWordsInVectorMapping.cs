using Microsoft.ML.Transforms;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.Vocabularies;

/// <summary>
/// Replaces words outside a vocabulary by its unknown word, as <see cref="ReplaceUnknownWordsMapping"/> does, in vectors of a size that ML.NET
/// knows: words → words.
/// </summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ReplaceUnknownWordsInVectorMapping : CustomMappingFactory<ReplaceUnknownWordsMapping.Input, WordParts>
{
    private const string Contract = "RnnLm.ReplaceUnknownWordsInVector.v1";

    public static readonly MappingStep<ReplaceUnknownWordsMapping.Input, WordParts> Step = new(Map, Contract);

    public override Action<ReplaceUnknownWordsMapping.Input, WordParts> GetMapping() => Step.Mapping;

    private static void Map(ReplaceUnknownWordsMapping.Input input, WordParts output) => output.Set(input.Replace());
}
