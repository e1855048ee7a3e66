using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.Rescoring;

/// <summary>Puts hypotheses into a new order, as <see cref="RescoreMapping"/> does, in vectors of a size that ML.NET knows.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class RescoreInVectorMapping : CustomMappingFactory<RescoringInput, RescoreInVectorMapping.Output>
{
    private const string Contract = "RnnLm.RescoreInVector.v1";

    public static readonly MappingStep<RescoringInput, Output> Step = new(Map, Contract);

    public override Action<RescoringInput, Output> GetMapping() => Step.Mapping;

    private static void Map(RescoringInput input, Output output) => output.Set(input.Rescore());

    internal sealed class Output : WordAndProbabilityParts
    {
        [ColumnName(RescoreMapping.Output.BestColumn)]
        public ReadOnlyMemory<char> BestHypothesis { get; set; }

        /// <summary>Overwrites the row.</summary>
        internal void Set(RescoredList list)
        {
            Set([.. list.Hypotheses.Select(hypothesis => hypothesis.Text.AsMemory())]);
            Set([.. list.Hypotheses.Select(hypothesis => (float)hypothesis.Score)]);
            BestHypothesis = list.BestText.AsMemory();
        }
    }
}
