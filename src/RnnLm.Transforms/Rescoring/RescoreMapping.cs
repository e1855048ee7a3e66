using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.Rescoring;

/// <summary>Puts hypotheses into a new order: hypotheses, scores → hypotheses, scores, the best.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class RescoreMapping : CustomMappingFactory<RescoringInput, RescoreMapping.Output>
{
    private const string Contract = "RnnLm.Rescore.v1";

    public static readonly MappingStep<RescoringInput, Output> Step = new(Map, Contract);

    public override Action<RescoringInput, Output> GetMapping() => Step.Mapping;

    private static void Map(RescoringInput input, Output output) => output.Set(input.Rescore());

    internal sealed class Output
    {
        public const string HypothesesColumn = PrivateColumns.Prefix + nameof(RescoredHypotheses);
        public const string ScoresColumn = PrivateColumns.Prefix + nameof(RescoredScores);
        public const string BestColumn = PrivateColumns.Prefix + nameof(BestHypothesis);

        [ColumnName(HypothesesColumn)]
        public VBuffer<ReadOnlyMemory<char>> RescoredHypotheses { get; set; }

        [ColumnName(ScoresColumn)]
        public VBuffer<float> RescoredScores { get; set; }

        [ColumnName(BestColumn)]
        public ReadOnlyMemory<char> BestHypothesis { get; set; }

        /// <summary>Overwrites the row.</summary>
        internal void Set(RescoredList list)
        {
            var (hypothesisBuffer, scoreBuffer) = (RescoredHypotheses, RescoredScores);
            var hypotheses = VBufferEditor.Create(ref hypothesisBuffer, list.Hypotheses.Count);
            var scores = VBufferEditor.Create(ref scoreBuffer, list.Hypotheses.Count);
            for (var i = 0; i < list.Hypotheses.Count; i++)
            {
                hypotheses.Values[i] = list.Hypotheses[i].Text.AsMemory();
                scores.Values[i] = (float)list.Hypotheses[i].Score;
            }
            RescoredHypotheses = hypotheses.Commit();
            RescoredScores = scores.Commit();
            BestHypothesis = list.BestText.AsMemory();
        }
    }
}
