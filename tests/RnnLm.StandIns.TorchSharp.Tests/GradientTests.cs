using System.Runtime.InteropServices;
using TorchSharp.Modules;

namespace RnnLm.StandIns.TorchSharp.Tests;

public class GradientTests
{
    [TorchFact]
    public void A_gradient_is_the_derivative_and_accumulates()
    {
        using var scope = NewDisposeScope();
        var weights = new Parameter(tensor([1f, 2], [1, 2]));
        Assert.True(weights.requires_grad);
        Assert.Null(weights.grad);
        for (var pass = 1; pass <= 2; pass++)
        {
            (nn.functional.linear(tensor([3f, 5], [1, 2]), weights) / 2).view(-1).select(0, 0).backward();
            Assert.Equal([1.5f * pass, 2.5f * pass], Values.Of(weights.grad!));
        }
    }

    [TorchFact]
    public void Nothing_is_tracked_without_gradients()
    {
        using var scope = NewDisposeScope();
        var weights = new Parameter(tensor([1f, 2], [1, 2]));
        using (no_grad()) Assert.False((weights / 2).requires_grad);
        Assert.True((weights / 2).requires_grad);
        Assert.False((weights / 2).detach().requires_grad);
    }

    [TorchFact]
    public void A_parameter_that_is_learned_cannot_be_overwritten_while_it_is_tracked()
    {
        using var scope = NewDisposeScope();
        var weights = new Parameter(Values.Row(1));
        Assert.Throws<ExternalException>(() => weights.zero_());
        Values.Set(weights, 4);
        Assert.Equal([4], Values.Of(weights));
    }

    [TorchFact]
    public void Gradients_are_clipped_by_their_common_norm()
    {
        using var scope = NewDisposeScope();
        var one = new Parameter(tensor([1f], [1, 1]));
        var other = new Parameter(tensor([1f], [1, 1]));
        var frozen = new Parameter(tensor([1f], [1, 1]), requires_grad: false);
        nn.functional.linear(tensor([3f], [1, 1]), one).view(-1).select(0, 0).backward();
        nn.functional.linear(tensor([4f], [1, 1]), other).view(-1).select(0, 0).backward();
        Assert.Equal(5, nn.utils.clip_grad_norm_([one, other, frozen], double.PositiveInfinity), 1e-6);
        Assert.Equal([3], Values.Of(one.grad!));
        Assert.Equal(5, nn.utils.clip_grad_norm_([one, other, frozen], 1), 1e-6);
        Values.AssertClose([0.6f], Values.Of(one.grad!));
        Values.AssertClose([0.8f], Values.Of(other.grad!));
    }
}
