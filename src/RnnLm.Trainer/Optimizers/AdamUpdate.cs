using System.Numerics;
using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1): <c>m ← β₁ m + (1 − β₁) g</c>, <c>v ← β₂ v + (1 − β₂) g²</c>,
/// <c>w ← w − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)</c>, with β₁ 0.9, β₂ 0.999, ε 1e-8. Weight decay is part of <c>g</c>, or
/// decoupled from it as <c>w ← w − η λ w</c> (Loshchilov and Hutter 2019).
/// </summary>
/// <param name="parameters">The parameters.</param>
/// <param name="weightDecay">The weight decay <c>λ</c>.</param>
/// <param name="isDecayDecoupled">Whether weight decay is decoupled from the gradient.</param>
internal sealed class AdamUpdate(IReadOnlyList<NetworkParameter> parameters, double weightDecay, bool isDecayDecoupled) : WeightUpdate
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const double Epsilon = 1e-8;

    private readonly float[][] firstMoments = [.. parameters.Select(parameter => new float[parameter.Values.Length])];
    private readonly float[][] secondMoments = [.. parameters.Select(parameter => new float[parameter.Values.Length])];
    private readonly float decayInGradient = isDecayDecoupled ? 0 : (float)weightDecay;
    private long updates;
    private float scale;
    private float stepSize;
    private float secondCorrection;
    private float weightFactor;

    public override bool MovesWithoutGradient => true;

    public override void Begin(double learningRate, double gradientScale)
    {
        updates++;
        scale = (float)gradientScale;
        stepSize = (float)(learningRate / (1 - Math.Pow(FirstDecay, updates)));
        secondCorrection = (float)(1 / Math.Sqrt(1 - Math.Pow(SecondDecay, updates)));
        weightFactor = isDecayDecoupled ? (float)(1 - learningRate * weightDecay) : 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(int parameter, int start, ReadOnlySpan<float> gradient)
    {
        var weights = parameters[parameter].Values.AsSpan(start, gradient.Length);
        var first = firstMoments[parameter].AsSpan(start, gradient.Length);
        var second = secondMoments[parameter].AsSpan(start, gradient.Length);
        var epsilon = new Vector<float>((float)Epsilon);
        for (var i = 0; i < gradient.Length; i += SpanVectors.Count)
        {
            var w = SpanVectors.Load(weights, i);
            var g = scale * SpanVectors.Load(gradient, i) + decayInGradient * w;
            var m = (float)FirstDecay * SpanVectors.Load(first, i) + (float)(1 - FirstDecay) * g;
            var v = (float)SecondDecay * SpanVectors.Load(second, i) + (float)(1 - SecondDecay) * (g * g);
            SpanVectors.Store(m, first, i);
            SpanVectors.Store(v, second, i);
            SpanVectors.Store(weightFactor * w - stepSize * m / (secondCorrection * Vector.SquareRoot(v) + epsilon), weights, i);
        }
    }

    public override void Save(TrainingState state)
    {
        state.Set("updates", updates);
        foreach (var (index, parameter) in parameters.Index())
        {
            state.Part("first_moments").Set(parameter.Name, firstMoments[index]);
            state.Part("second_moments").Set(parameter.Name, secondMoments[index]);
        }
    }

    public override void Restore(TrainingState state)
    {
        updates = state.GetWhole("updates");
        foreach (var (index, parameter) in parameters.Index())
        {
            state.Part("first_moments").Get(parameter.Name, firstMoments[index]);
            state.Part("second_moments").Get(parameter.Name, secondMoments[index]);
        }
    }
}
