using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// A run of the vocabulary that one thread owns: its logits, its share of the normalizer, and its rows of the output matrix and of
/// their gradient. Logits lie with a word to a row, so that a vector holds one word at several positions. The work goes by tiles of
/// words, and all that is done with a tile is done while it is in the core's cache.
/// </summary>
/// <remarks>
/// The gradient of the logits is <c>P ∘ f − T</c>: powers <c>P</c> relative to some reference, for each position a factor <c>f</c> that
/// is known only when all sums are, and the targets <c>T</c>. It enters two products, which are linear; so they are formed with
/// <c>P</c> as it is, that with the output matrix at once, and <c>f</c> and <c>T</c> are applied to the far smaller other side.
/// </remarks>
internal sealed class VocabularyShare
{
    private const int TileWords = 120;
    private const int TileGranularity = 12; // the height of a product's tile

    // A position's reference need not be its greatest logit. It becomes that when powers sum up to more than this in a tile.
    private const float GreatestSum = 1e12f;

    private readonly MatrixView output;
    private readonly float[] outputBias;
    private readonly int firstWord;
    private readonly int words;
    private readonly int tiles;
    private readonly PackedMatrix packedTile; // of the output matrix: [words of a tile, size]
    private readonly PackedMatrix scaledFeatures; // [width, size]
    private readonly MatrixView scaledRows; // the same, not packed
    private readonly float[] tileSums;
    private readonly float[] factors;
    private MatrixView powers; // [words, width]: e^(logit - reference), kept for the way back

    /// <param name="output">The output matrix: <c>[vocabulary, size]</c>.</param>
    /// <param name="outputBias">The output bias: <c>[vocabulary]</c>.</param>
    /// <param name="part">The part, from 0.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="capacity">The greatest number of positions at a time.</param>
    public VocabularyShare(NetworkParameter output, NetworkParameter outputBias, int part, int parts, int capacity)
    {
        this.output = output.Matrix;
        this.outputBias = outputBias.Values;
        (firstWord, words) = Partition.Share(output.Rows, part, parts, TileGranularity);
        tiles = (words + TileWords - 1) / TileWords;
        var tileWords = Math.Min(words, TileWords);
        packedTile = new PackedMatrix(tileWords, output.Columns);
        scaledFeatures = new PackedMatrix(capacity, output.Columns);
        scaledRows = MatrixView.Zeros(capacity, output.Columns);
        tileSums = new float[capacity];
        factors = new float[capacity];
        References = new float[capacity];
        Sums = new double[capacity];
    }

    /// <summary>What each position's powers are relative to: a logit of this share's words, none of which is much greater.</summary>
    public float[] References { get; }

    /// <summary>The sum of <c>e^(logit - reference)</c> over this share's words, for each position.</summary>
    public double[] Sums { get; }

    /// <summary>Computes references, sums and the logits of targets.</summary>
    /// <param name="block">The positions.</param>
    /// <param name="featureGradients">
    /// Receives the powers multiplied with the output matrix, <c>[width, size]</c>, from which <see cref="Backward"/> makes gradients.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(PositionBlock block, MatrixView featureGradients)
    {
        var width = block.Width;
        var references = References.AsSpan(0, width);
        references.Fill(float.NegativeInfinity);
        Sums.AsSpan(0, width).Clear();
        if (powers.Rows == 0) powers = MatrixView.Zeros(words, factors.Length);
        if (tiles == 0) ClearRows(featureGradients);

        for (var index = 0; index < tiles; index++)
        {
            var (first, count) = WordsOf(index);
            var logits = PowersOf(index, width);
            var values = logits.Elements;
            var bias = outputBias.AsSpan(first, count);
            ComputeLogits(block, first, logits);
            NoteTargets(block, first, values, bias);
            if (index == 0) LogitColumns.RaiseMaxima(values, bias, references);
            LogitColumns.ExponentiateAndSum(values, bias, references, tileSums.AsSpan(0, width));
            if (VectorFunctions.Max(tileSums.AsSpan(0, width)) > GreatestSum)
            {
                ComputeLogits(block, first, logits);
                RaiseReferences(index, values, bias, featureGradients);
                LogitColumns.ExponentiateAndSum(values, bias, references, tileSums.AsSpan(0, width));
            }
            for (var position = 0; position < width; position++) Sums[position] += tileSums[position];
            packedTile.Resize(count);
            packedTile.Pack(output.RowRange(first, count));
            MatrixProduct.Multiply(logits.Transposed, packedTile, featureGradients, accumulate: index > 0, Workers.Single);
        }
    }

    /// <summary>Computes the gradients of the mean loss from what <see cref="Forward"/> left and from the common normalizers.</summary>
    /// <param name="block">The positions.</param>
    /// <param name="scale">One over the number of targets of the whole window.</param>
    /// <param name="matrixGradient">Receives the gradients of the share's rows of the output matrix.</param>
    /// <param name="biasGradient">Receives the gradients of the share's biases.</param>
    /// <param name="featureGradients">What <see cref="Forward"/> wrote; becomes its part of the features' gradients.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(PositionBlock block, float scale, DenseGradient matrixGradient, DenseGradient biasGradient, MatrixView featureGradients)
    {
        var width = block.Width;
        var accumulate = block.Start > 0;
        var factorsInUse = factors.AsSpan(0, width);
        factorsInUse.Clear();
        for (var position = 0; position < block.Count; position++)
            factorsInUse[position] = (float)(scale * Math.Exp(References[position] - block.LogNormalizers[position]));
        ScaleFeatures(block);

        for (var index = 0; index < tiles; index++)
        {
            var (first, count) = WordsOf(index);
            var tilePowers = PowersOf(index, width);
            MatrixProduct.Multiply(tilePowers, scaledFeatures, matrixGradient.Matrix.RowRange(first, count), accumulate, Workers.Single);
            MatrixProduct.MultiplyVector(tilePowers, factorsInUse, biasGradient.Values.Slice(first, count), accumulate, Workers.Single);
        }

        for (var position = 0; position < block.Count; position++)
        {
            var featureGradient = featureGradients.Row(position);
            VectorFunctions.Scale(factorsInUse[position], featureGradient);
            var target = block.Targets[position];
            if ((uint)(target - firstWord) >= (uint)words) continue;
            VectorFunctions.MultiplyAdd(-scale, output.Row(target), featureGradient);
            VectorFunctions.MultiplyAdd(-scale, block.Features.Row(position), matrixGradient.Matrix.Row(target));
            biasGradient.Values[target] -= scale;
        }
    }

    private void ComputeLogits(PositionBlock block, int first, MatrixView logits)
        => MatrixProduct.MultiplyColumns(
            output.RowRange(first, logits.Rows), block.TransposedFeatures, 0, logits, accumulate: false, Workers.Single);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void NoteTargets(PositionBlock block, int first, ReadOnlySpan<float> logits, ReadOnlySpan<float> bias)
    {
        for (var position = 0; position < block.Count; position++)
        {
            var row = block.Targets[position] - first;
            if ((uint)row < (uint)bias.Length) block.TargetLogits[position] = logits[row * block.Width + position] + bias[row];
        }
    }

    // Makes the references the greatest logits so far, those of a tile included, and all that is relative to them so again.
    private void RaiseReferences(int index, ReadOnlySpan<float> logits, ReadOnlySpan<float> bias, MatrixView featureGradients)
    {
        var changes = tileSums.AsSpan(0, logits.Length / bias.Length);
        var references = References.AsSpan(0, changes.Length);
        references.CopyTo(changes);
        LogitColumns.RaiseMaxima(logits, bias, references);
        for (var position = 0; position < changes.Length; position++)
        {
            changes[position] = MathF.Exp(changes[position] - references[position]);
            Sums[position] *= changes[position];
        }
        for (var position = 0; position < featureGradients.Rows && index > 0; position++)
            VectorFunctions.Scale(changes[position], featureGradients.Row(position));
        for (var earlier = 0; earlier < index; earlier++)
            LogitColumns.ScaleColumns(PowersOf(earlier, changes.Length).Elements, changes);
    }

    private void ScaleFeatures(PositionBlock block)
    {
        var rows = scaledRows.RowRange(0, block.Width);
        for (var position = 0; position < block.Width; position++)
        {
            block.Features.Row(position).CopyTo(rows.Row(position));
            VectorFunctions.Scale(factors[position], rows.Row(position));
        }
        scaledFeatures.Resize(block.Width);
        scaledFeatures.Pack(rows);
    }

    // Tiles of about the same size, so that none is too small for the products.
    private (int First, int Count) WordsOf(int index)
    {
        var (start, count) = Partition.Share(words, index, tiles, TileGranularity);
        return (firstWord + start, count);
    }

    private MatrixView PowersOf(int index, int width)
    {
        var (first, count) = WordsOf(index);
        // Rows of what is a matrix of fewer columns in the same memory, without gaps.
        return new MatrixView(powers.Values, powers.Offset + ((first - firstWord) * width), count, width, width);
    }

    private static void ClearRows(MatrixView matrix)
    {
        for (var row = 0; row < matrix.Rows; row++) matrix.Row(row).Clear();
    }
}
