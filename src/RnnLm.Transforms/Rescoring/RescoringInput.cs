using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.Rescoring;

/// <summary>A row of hypotheses and scores, and what one cursor keeps from row to row.</summary>
internal sealed class RescoringInput : CursorInput
{
    /// <summary>The private column of the scores.</summary>
    public const string ScoresColumn = PrivateColumns.Prefix + nameof(Scores);

    private readonly PayloadReader<RescoringPayload> reader = new();

    [ColumnName(PrivateColumns.Words)]
    public VBuffer<ReadOnlyMemory<char>> Hypotheses
    {
        get;
        set
        {
            field = value;
            FillIn();
        }
    }

    [ColumnName(ScoresColumn)]
    public VBuffer<float> Scores { get; set; }

    [ColumnName(PrivateColumns.Payload)]
    public VBuffer<ReadOnlyMemory<char>> Payload { get; set; }

    /// <summary>The row in its new order.</summary>
    /// <exception cref="InvalidOperationException">The row does not have a finite score for each hypothesis, or not as many hypotheses as the pipeline was fitted to.</exception>
    internal RescoredList Rescore()
    {
        var (model, columns, size) = reader.Read(Payload);
        if (size > 0 && Hypotheses.Length != size)
            throw new InvalidOperationException(
                Invariant($"A row has a vector of {Hypotheses.Length} hypotheses where RescoreHypotheses was fitted to vectors of {size}; fit it to vectors of varying size."));
        return model.Rescore(NBestRows.ListOf("row", Hypotheses, Scores, columns.HypothesesColumnName, columns.ScoresColumnName), columns.Rescoring);
    }
}
