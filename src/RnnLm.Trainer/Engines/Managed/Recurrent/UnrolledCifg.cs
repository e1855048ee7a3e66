using System.Numerics;
using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Long short-term memory with coupled input and forget gate (Greff et al. 2017): <c>f, o = σ(…)</c>, <c>g = tanh(…)</c>,
/// <c>c = f∘c' + (1−f)∘g</c>, <c>h = o∘tanh(c)</c>; gates in the order f g o.
/// </summary>
internal sealed class UnrolledCifg(LayerWeights weights) : UnrolledCell
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(UnrolledStates states, int first, int count, int unit, int units)
    {
        var size = states.Units;
        var bias = weights.Bias.Values.AsSpan();
        for (var row = first; row < first + count; row++)
        {
            var gates = states.Gates.Row(row); // f g o
            var forget = gates.Slice(unit, units);
            var candidate = gates.Slice(size + unit, units);
            var output = gates.Slice(2 * size + unit, units);
            VectorFunctions.Add(forget, bias.Slice(unit, units), forget);
            VectorFunctions.Add(candidate, bias.Slice(size + unit, units), candidate);
            VectorFunctions.Add(output, bias.Slice(2 * size + unit, units), output);
            VectorFunctions.Sigmoid(forget, forget);
            VectorFunctions.Tanh(candidate, candidate);
            VectorFunctions.Sigmoid(output, output);

            var memoryBefore = states.Memory.Row(row).Slice(unit, units);
            var memory = states.Memory.Row(states.BatchSize + row).Slice(unit, units);
            for (var i = 0; i < units; i += SpanVectors.Count)
            {
                var g = SpanVectors.Load(candidate, i);
                SpanVectors.Store(g + SpanVectors.Load(forget, i) * (SpanVectors.Load(memoryBefore, i) - g), memory, i);
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
            var gates = states.Gates.Row(row); // f g o
            var forget = gates.Slice(unit, units);
            var candidate = gates.Slice(size + unit, units);
            var output = gates.Slice(2 * size + unit, units);
            var memoryBefore = states.Memory.Row(row).Slice(unit, units);
            var squashedMemory = states.SquashedMemory.Row(row).Slice(unit, units);
            var hiddenGradient = states.ActivatedGradient.Row(row).Slice(unit, units);
            var memoryGradient = states.MemoryGradient.Row(row % states.BatchSize).Slice(unit, units);
            for (var k = 0; k < units; k += SpanVectors.Count)
            {
                var (f, g, o) = (SpanVectors.Load(forget, k), SpanVectors.Load(candidate, k), SpanVectors.Load(output, k));
                var squashed = SpanVectors.Load(squashedMemory, k);
                var dh = SpanVectors.Load(hiddenGradient, k);
                var dc = SpanVectors.Load(memoryGradient, k) + dh * o * (one - squashed * squashed);
                SpanVectors.Store(dc * f, memoryGradient, k);
                SpanVectors.Store(dc * (SpanVectors.Load(memoryBefore, k) - g) * f * (one - f), forget, k);
                SpanVectors.Store(dc * (one - f) * (one - g * g), candidate, k);
                SpanVectors.Store(dh * squashed * o * (one - o), output, k);
            }
        }
    }
}
