using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Dropout of whole words: in a window a word's embedding is zero wherever it is read, or multiplied by <c>1 / (1 - p)</c> (Gal and Ghahramani 2016; Merity 2018).
/// </summary>
/// <param name="embedding">The embedding.</param>
/// <param name="mask">The mask, with a value for every word.</param>
/// <param name="window">The window.</param>
internal sealed class EmbeddingDropout(EmbeddingLayer embedding, DropoutMask mask, CurrentWindow window) : Regularizer(embedding)
{
    private float[] factors = []; // of every position

    public override void Reserve(int batchSize, int capacity, bool keepsState) => factors = new float[checked(batchSize * capacity)];

    public override void Forward()
    {
        var words = window.Inputs.Span;
        mask.FactorsOf(words, factors, window.Step, Places.EmbeddingDropout);
        Scale(Output);
    }

    public override void Backward() => Scale(OutputGradient);

    private void Scale(MatrixView rows)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            var values = rows.Row(row);
            if (factors[row] == 0) values.Clear();
            else VectorFunctions.Scale(factors[row], values);
        }
    }
}
