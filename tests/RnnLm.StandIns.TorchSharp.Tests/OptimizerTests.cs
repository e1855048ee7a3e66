using TorchSharp.Modules;

namespace RnnLm.StandIns.TorchSharp.Tests;

/// <summary>Steps of the optimizers, worked by hand for one weight that begins at 2 and has the gradient 3.</summary>
public class OptimizerTests
{
    private const float Weight = 2;
    private const float Gradient = 3;

    [TorchFact]
    public void Gradient_descent_follows_the_gradient_and_the_decay()
    {
        Assert.Equal([Weight - 0.1 * Gradient], After(weights => optim.SGD(weights, 0.1), 1), Tolerance);
        Assert.Equal([Weight - 0.1 * (Gradient + 0.5 * Weight)], After(weights => optim.SGD(weights, 0.1, weight_decay: 0.5), 1), Tolerance);
    }

    [TorchFact]
    public void Adam_moves_by_its_two_means_with_the_decay_in_the_gradient()
    {
        Assert.Equal(Adam(0, decoupled: false), After(weights => optim.Adam(weights, 0.1), 3), Tolerance);
        Assert.Equal(Adam(0.5, decoupled: false), After(weights => optim.Adam(weights, 0.1, weight_decay: 0.5), 3), Tolerance);
    }

    [TorchFact]
    public void AdamW_decays_apart_from_the_gradient()
        => Assert.Equal(Adam(0.5, decoupled: true), After(weights => optim.AdamW(weights, 0.1, weight_decay: 0.5), 3), Tolerance);

    [TorchFact]
    public void The_learning_rate_can_be_changed_between_steps()
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(tensor([Weight], [1, 1]));
        using var optimizer = optim.SGD([weight], 0.1);
        Assert.Equal(0.1, optimizer.ParamGroups.Single().LearningRate);
        foreach (var group in optimizer.ParamGroups) group.LearningRate = 1;
        nn.functional.linear(tensor([Gradient], [1, 1]), weight).view(-1).select(0, 0).backward();
        optimizer.step();
        Assert.Equal([Weight - Gradient], Values.Of(weight));
    }

    [TorchFact]
    public void A_parameter_without_a_gradient_is_left_alone()
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(tensor([Weight], [1, 1]));
        using var adam = optim.AdamW([weight], 0.1, weight_decay: 0.5);
        adam.step();
        Assert.Equal([Weight], Values.Of(weight));
    }

    private static bool Tolerance(double expected, double actual) => Math.Abs(expected - actual) < 1e-6;

    // The weight after each step; the gradient stays the same.
    private static List<double> After(Func<Parameter[], optim.Optimizer> make, int steps)
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(tensor([Weight], [1, 1]));
        using var optimizer = make([weight]);
        nn.functional.linear(tensor([Gradient], [1, 1]), weight).view(-1).select(0, 0).backward();
        var weights = new List<double>();
        for (var step = 0; step < steps; step++)
        {
            optimizer.step();
            weights.Add(Values.Of(weight)[0]);
        }
        return weights;
    }

    private static List<double> Adam(double decay, bool decoupled)
    {
        double weight = Weight, mean = 0, square = 0;
        var weights = new List<double>();
        for (var step = 1; step <= 3; step++)
        {
            if (decoupled) weight *= 1 - 0.1 * decay;
            var gradient = Gradient + (decoupled ? 0 : decay * weight);
            mean = 0.9 * mean + 0.1 * gradient;
            square = 0.999 * square + 0.001 * gradient * gradient;
            weight -= 0.1 * (mean / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(square / (1 - Math.Pow(0.999, step))) + 1e-8);
            weights.Add(weight);
        }
        return weights;
    }
}
