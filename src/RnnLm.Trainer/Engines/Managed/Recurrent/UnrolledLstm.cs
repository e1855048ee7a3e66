using System.Numerics;
using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997; Gers 2000): <c>i, f, o = σ(…)</c>, <c>g = tanh(…)</c>,
/// <c>c = f∘c' + i∘g</c>, <c>h = o∘tanh(c)</c>; gates in the order i f g o.
/// </summary>
internal sealed class UnrolledLstm(LayerWeights weights) : UnrolledCell
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(UnrolledStates states, int first, int count, int unit, int units)
    {
        var size = states.Units;
        var bias = weights.Bias.Values.AsSpan();
        for (var row = first; row < first + count; row++)
        {
            var gates = states.Gates.Row(row); // i f g o
            var input = gates.Slice(unit, units);
            var forget = gates.Slice(size + unit, units);
            var candidate = gates.Slice(2 * size + unit, units);
            var output = gates.Slice(3 * size + unit, units);
            VectorFunctions.Add(input, bias.Slice(unit, units), input);
            VectorFunctions.Add(forget, bias.Slice(size + unit, units), forget);
            VectorFunctions.Add(candidate, bias.Slice(2 * size + unit, units), candidate);
            VectorFunctions.Add(output, bias.Slice(3 * size + unit, units), output);
            VectorFunctions.Sigmoid(input, input);
            VectorFunctions.Sigmoid(forget, forget);
            VectorFunctions.Tanh(candidate, candidate);
            VectorFunctions.Sigmoid(output, output);

            var memoryBefore = states.Memory.Row(row).Slice(unit, units);
            var memory = states.Memory.Row(states.BatchSize + row).Slice(unit, units);
            for (var i = 0; i < units; i += SpanVectors.Count)
            {
                var kept = SpanVectors.Load(forget, i) * SpanVectors.Load(memoryBefore, i);
                SpanVectors.Store(kept + SpanVectors.Load(input, i) * SpanVectors.Load(candidate, i), memory, i);
            }
            var squashed = states.SquashedMemory.Row(row).Slice(unit, units);
            VectorFunctions.Tanh(memory, squashed);
            VectorFunctions.Multiply(output, squashed, states.Activated.Row(row).Slice(unit, units));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(UnrolledStates states, int first, int count, int unit, int units)
    {
        var size = states.Units;
        var one = Vector<float>.One;
        for (var row = first; row < first + count; row++)
        {
            var gates = states.Gates.Row(row); // i f g o
            var input = gates.Slice(unit, units);
            var forget = gates.Slice(size + unit, units);
            var candidate = gates.Slice(2 * size + unit, units);
            var output = gates.Slice(3 * size + unit, units);
            var memoryBefore = states.Memory.Row(row).Slice(unit, units);
            var squashedMemory = states.SquashedMemory.Row(row).Slice(unit, units);
            var hiddenGradient = states.ActivatedGradient.Row(row).Slice(unit, units);
            var memoryGradient = states.MemoryGradient.Row(row % states.BatchSize).Slice(unit, units);
            for (var k = 0; k < units; k += SpanVectors.Count)
            {
                var (i, f, g, o) = (SpanVectors.Load(input, k), SpanVectors.Load(forget, k), SpanVectors.Load(candidate, k), SpanVectors.Load(output, k));
                var squashed = SpanVectors.Load(squashedMemory, k);
                var dh = SpanVectors.Load(hiddenGradient, k);
                var dc = SpanVectors.Load(memoryGradient, k) + dh * o * (one - squashed * squashed);
                SpanVectors.Store(dc * f, memoryGradient, k);
                SpanVectors.Store(dc * g * i * (one - i), input, k);
                SpanVectors.Store(dc * SpanVectors.Load(memoryBefore, k) * f * (one - f), forget, k);
                SpanVectors.Store(dc * i * (one - g * g), candidate, k);
                SpanVectors.Store(dh * squashed * o * (one - o), output, k);
            }
        }
    }
}
