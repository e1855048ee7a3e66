using System.Numerics;
using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// One tensor that moves from its trained weights and back: <c>w ← w − η g + λ (w₀ − w)</c>, with scales
/// <c>w ← w − η g / (s + ε) + min(λ s / s̄, 1) (w₀ − w)</c> (Krause 2018).
/// </summary>
/// <remarks>
/// A row that never had a gradient is as trained and costs nothing. One that has none in a window goes back later, for several windows at once
/// and by the same factor: what is put off is less than <see cref="PutOff"/> windows' worth.
/// </remarks>
internal sealed class AdaptedParameter
{
    private const int PutOff = 16;
    private const int AsTrained = -1;

    private readonly float[] weights;
    private readonly float[] trained;
    private readonly int columns;
    private readonly Gradient gradient;
    private readonly float learningRate;
    private readonly float decay;
    private readonly float epsilon;
    private readonly float decayByScale; // λ / s̄
    private readonly ReadOnlyMemory<float> rowScales; // none where all weights move at one rate
    private readonly ReadOnlyMemory<float> columnScales;
    private readonly int[] movedAt; // of every row: the window after which it is up to date, or AsTrained
    private readonly List<int> moved = []; // the rows that are not as trained

    /// <param name="weights">The weights that move.</param>
    /// <param name="trained">The trained weights.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="settings">How they move.</param>
    /// <param name="scales">The scales of the gradient; null where all weights move at one rate.</param>
    public AdaptedParameter(NetworkParameter weights, NetworkParameter trained, Gradient gradient, DynamicEvaluation settings, TensorScales? scales)
    {
        this.weights = weights.Values;
        this.trained = trained.Values;
        this.gradient = gradient;
        columns = weights.Columns;
        learningRate = (float)settings.LearningRate;
        decay = (float)settings.Decay;
        epsilon = (float)settings.Epsilon;
        movedAt = new int[gradient is RowGradient ? weights.Rows : 0];
        Array.Fill(movedAt, AsTrained);
        if (scales is null) return;
        (rowScales, columnScales) = (scales.Rows, scales.Columns);
        decayByScale = settings.Scales!.Mean is > 0 and var mean ? (float)Math.Min(settings.Decay / mean, float.MaxValue) : 0;
    }

    /// <summary>Brings rows up to date, so that what is read of them is exact.</summary>
    /// <param name="rows">The rows; one may be named several times.</param>
    /// <param name="window">The number of windows until now.</param>
    public void CatchUp(ReadOnlySpan<int> rows, int window)
    {
        foreach (var row in rows)
        {
            if (movedAt[row] == AsTrained) continue;
            GoBack(row, window - movedAt[row]);
            movedAt[row] = window;
        }
    }

    /// <summary>Notes which rows move; to be called once a window, before <see cref="Move"/>.</summary>
    public void Begin()
    {
        if (gradient is not RowGradient rows) return;
        for (var slot = 0; slot < rows.Count; slot++)
            if (movedAt[rows.WordOf(slot)] == AsTrained) moved.Add(rows.WordOf(slot));
    }

    /// <summary>Moves one part's share of the weights.</summary>
    /// <param name="window">The number of windows before this one.</param>
    /// <param name="part">The part.</param>
    /// <param name="parts">The number of parts.</param>
    public void Move(int window, int part, int parts)
    {
        if (gradient is RowGradient rows) MoveRows(rows, window, part, parts);
        else MoveAll((DenseGradient)gradient, part, parts);
    }

    /// <summary>Makes the weights what they were trained to be.</summary>
    public void Forget()
    {
        if (gradient is not RowGradient) trained.CopyTo(weights.AsSpan());
        foreach (var row in moved)
        {
            trained.AsSpan(row * columns, columns).CopyTo(weights.AsSpan(row * columns));
            movedAt[row] = AsTrained;
        }
        moved.Clear();
    }

    private void MoveAll(DenseGradient dense, int part, int parts)
    {
        if (columns == 1)
        {
            // A vector is a row of the same mathematics, with a scale of its own for each weight.
            var (start, count) = Partition.Share(weights.Length, part, parts);
            MoveVector(start, dense.Values.Slice(start, count));
            return;
        }
        var (first, rows) = Partition.Share(weights.Length / columns, part, parts);
        for (var row = first; row < first + rows; row++) MoveRow(row, dense.Matrix.Row(row));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MoveRows(RowGradient rows, int window, int part, int parts)
    {
        for (var slot = part; slot < rows.Count; slot += parts)
        {
            var row = rows.WordOf(slot);
            if (movedAt[row] != AsTrained) GoBack(row, window - movedAt[row]);
            if (columns == 1) MoveVector(row, rows.RowOf(slot));
            else MoveRow(row, rows.RowOf(slot));
            movedAt[row] = window + 1;
        }
        // Every so many windows it is each row's turn.
        for (var index = window % PutOff; index < moved.Count; index += PutOff)
        {
            if (index / PutOff % parts != part) continue;
            var row = moved[index];
            if (rows.SlotOf(row) >= 0) continue;
            GoBack(row, window + 1 - movedAt[row]);
            movedAt[row] = window + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MoveRow(int row, ReadOnlySpan<float> gradients)
    {
        var w = weights.AsSpan(row * columns, columns);
        var w0 = trained.AsSpan(row * columns, columns);
        if (rowScales.IsEmpty)
        {
            MoveAtOneRate(w, w0, gradients);
            return;
        }
        var ofRow = rowScales.Span[row];
        var ofColumns = columnScales.Span;
        var raised = new Vector<float>(epsilon);
        for (var i = 0; i < w.Length; i += SpanVectors.Count)
        {
            var scale = ofRow * SpanVectors.Load(ofColumns, i);
            var now = SpanVectors.Load(w, i);
            var back = Vector.Min(decayByScale * scale, Vector<float>.One) * (SpanVectors.Load(w0, i) - now);
            SpanVectors.Store(now + back - learningRate * SpanVectors.Load(gradients, i) / (scale + raised), w, i);
        }
    }

    // Weights of a vector from one on: each has a scale of its own.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MoveVector(int start, ReadOnlySpan<float> gradients)
    {
        var w = weights.AsSpan(start, gradients.Length);
        var w0 = trained.AsSpan(start, gradients.Length);
        if (rowScales.IsEmpty)
        {
            MoveAtOneRate(w, w0, gradients);
            return;
        }
        var scales = rowScales.Span.Slice(start, gradients.Length);
        for (var i = 0; i < w.Length; i++)
            w[i] += (Math.Min(decayByScale * scales[i], 1) * (w0[i] - w[i])) - (learningRate * gradients[i] / (scales[i] + epsilon));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MoveAtOneRate(Span<float> w, ReadOnlySpan<float> w0, ReadOnlySpan<float> gradients)
    {
        for (var i = 0; i < w.Length; i += SpanVectors.Count)
        {
            var now = SpanVectors.Load(w, i);
            SpanVectors.Store(now + (decay * (SpanVectors.Load(w0, i) - now)) - (learningRate * SpanVectors.Load(gradients, i)), w, i);
        }
    }

    /// <summary>Takes a row as far back as so many windows without a gradient would have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GoBack(int row, int windows)
    {
        if (windows == 0) return;
        var w = weights.AsSpan(row * columns, columns);
        var w0 = trained.AsSpan(row * columns, columns);
        var hasScales = !rowScales.IsEmpty;
        var ofRow = hasScales ? decayByScale * rowScales.Span[row] : 0;
        var ofColumns = columnScales.Span;
        var left = hasScales ? Vector<float>.One : new Vector<float>((float)Math.Pow(1 - decay, windows));
        for (var i = 0; i < w.Length; i += SpanVectors.Count)
        {
            if (hasScales)
            {
                var ofOne = Vector<float>.One - Vector.Min(ofRow * SpanVectors.Load(ofColumns, i), Vector<float>.One);
                left = ofOne;
                for (var more = 1; more < windows; more++) left *= ofOne;
            }
            var before = SpanVectors.Load(w0, i);
            SpanVectors.Store(before + (left * (SpanVectors.Load(w, i) - before)), w, i);
        }
    }
}
