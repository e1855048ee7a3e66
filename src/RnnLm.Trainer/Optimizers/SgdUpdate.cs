using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary><c>w ← w − η (g + λ w)</c>.</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="weightDecay">The L2 penalty <c>λ</c>.</param>
internal sealed class SgdUpdate(IReadOnlyList<NetworkParameter> parameters, double weightDecay) : WeightUpdate
{
    private float gradientFactor;
    private float weightFactor;

    public override MissedUpdates? Missed { get; } = weightDecay == 0 ? null : new MissedUpdates();

    public override void Begin(double learningRate, double gradientScale)
    {
        gradientFactor = (float)(learningRate * gradientScale);
        weightFactor = (float)(1 - learningRate * weightDecay);
        Missed?.Add(weightFactor);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(int parameter, int start, ReadOnlySpan<float> gradient)
    {
        var weights = parameters[parameter].Values.AsSpan(start, gradient.Length);
        for (var i = 0; i < gradient.Length; i += SpanVectors.Count)
            SpanVectors.Store(weightFactor * SpanVectors.Load(weights, i) - gradientFactor * SpanVectors.Load(gradient, i), weights, i);
    }

    public override void MakeUp(int parameter, int start, int count, MissedUpdates.Factors missed)
        => VectorFunctions.Scale(missed.Weight, parameters[parameter].Values.AsSpan(start, count));

    public override void Save(TrainingState state) => Missed?.Save(state.Part("missed"));

    public override void Restore(TrainingState state) => Missed?.Restore(state.Part("missed"));
}
