using System.Numerics;
using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1): <c>m ← β₁ m + (1 − β₁) g</c>, <c>v ← β₂ v + (1 − β₂) g²</c>,
/// <c>w ← w − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)</c>. Weight decay is part of <c>g</c>, or
/// decoupled from it as <c>w ← w − η λ w</c> (Loshchilov and Hutter 2019).
/// </summary>
/// <param name="parameters">The parameters.</param>
/// <param name="optimizer">The learning rate, the weight decay <c>λ</c>, <c>β₁</c>, <c>β₂</c> and <c>ε</c>.</param>
/// <param name="isDecayDecoupled">Whether weight decay is decoupled from the gradient.</param>
internal sealed class AdamUpdate(IReadOnlyList<NetworkParameter> parameters, AdaptiveMomentOptimizer optimizer, bool isDecayDecoupled) : WeightUpdate
{
    private readonly float[][] firstMoments = [.. parameters.Select(parameter => new float[parameter.Values.Length])];
    private readonly float[][] secondMoments = [.. parameters.Select(parameter => new float[parameter.Values.Length])];
    private readonly double weightDecay = optimizer.WeightDecay;
    private readonly double beta2 = optimizer.Beta2;
    private readonly float epsilon = (float)optimizer.Epsilon;
    private readonly float decayInGradient = isDecayDecoupled ? 0 : (float)optimizer.WeightDecay;
    private double beta1 = optimizer.Beta1;
    private long updates;
    private float scale;
    private float stepSize;
    private float secondCorrection;
    private float weightFactor;

    public override bool MovesWithoutGradient => Missed is null;

    // Decay that is part of the gradient is a gradient, which no update does without.
    public override MissedUpdates? Missed { get; } = !isDecayDecoupled && optimizer.WeightDecay != 0 ? null : new MissedUpdates();

    public override void UseBeta1(double beta1) => this.beta1 = beta1;

    public override void Begin(double learningRate, double gradientScale)
    {
        updates++;
        scale = (float)gradientScale;
        stepSize = (float)(learningRate / (1 - Math.Pow(beta1, updates)));
        secondCorrection = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, updates)));
        weightFactor = isDecayDecoupled ? (float)(1 - learningRate * weightDecay) : 1;
        Missed?.Add(weightFactor, stepSize, secondCorrection, beta1, beta2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(int parameter, int start, ReadOnlySpan<float> gradient)
    {
        var weights = parameters[parameter].Values.AsSpan(start, gradient.Length);
        var first = firstMoments[parameter].AsSpan(start, gradient.Length);
        var second = secondMoments[parameter].AsSpan(start, gradient.Length);
        var (firstDecay, firstGain) = ((float)beta1, (float)(1 - beta1));
        var (secondDecay, secondGain) = ((float)beta2, (float)(1 - beta2));
        var epsilon = new Vector<float>(this.epsilon);
        for (var i = 0; i < gradient.Length; i += SpanVectors.Count)
        {
            var w = SpanVectors.Load(weights, i);
            var g = scale * SpanVectors.Load(gradient, i) + decayInGradient * w;
            var m = firstDecay * SpanVectors.Load(first, i) + firstGain * g;
            var v = secondDecay * SpanVectors.Load(second, i) + secondGain * (g * g);
            SpanVectors.Store(m, first, i);
            SpanVectors.Store(v, second, i);
            SpanVectors.Store(weightFactor * w - stepSize * m / (secondCorrection * Vector.SquareRoot(v) + epsilon), weights, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void MakeUp(int parameter, int start, int count, MissedUpdates.Factors missed)
    {
        var weights = parameters[parameter].Values.AsSpan(start, count);
        var first = firstMoments[parameter].AsSpan(start, count);
        var second = secondMoments[parameter].AsSpan(start, count);
        var epsilon = new Vector<float>(this.epsilon);
        for (var i = 0; i < count; i += SpanVectors.Count)
        {
            var m = SpanVectors.Load(first, i);
            var v = SpanVectors.Load(second, i);
            SpanVectors.Store(missed.Weight * SpanVectors.Load(weights, i) - missed.Step * m / (missed.Scale * Vector.SquareRoot(v) + epsilon), weights, i);
            SpanVectors.Store(missed.First * m, first, i);
            SpanVectors.Store(missed.Second * v, second, i);
        }
    }

    public override void Reset()
    {
        base.Reset();
        updates = 0;
        foreach (var moments in (float[][])[.. firstMoments, .. secondMoments]) moments.AsSpan().Clear();
    }

    public override void Save(TrainingState state)
    {
        state.Set("updates", updates);
        Missed?.Save(state.Part("missed"));
        foreach (var (index, parameter) in parameters.Index())
        {
            state.Part("first_moments").Set(parameter.Name, firstMoments[index]);
            state.Part("second_moments").Set(parameter.Name, secondMoments[index]);
        }
    }

    public override void Restore(TrainingState state)
    {
        updates = state.GetWhole("updates");
        Missed?.Restore(state.Part("missed"));
        foreach (var (index, parameter) in parameters.Index())
        {
            state.Part("first_moments").Get(parameter.Name, firstMoments[index]);
            state.Part("second_moments").Get(parameter.Name, secondMoments[index]);
        }
    }
}
