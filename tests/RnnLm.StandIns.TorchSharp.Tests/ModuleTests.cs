using TorchSharp.Modules;

namespace RnnLm.StandIns.TorchSharp.Tests;

public class ModuleTests
{
    [Fact]
    public void A_module_with_typed_inputs_is_a_module()
    {
        Assert.True(typeof(nn.Module<Tensor, Tensor>).IsSubclassOf(typeof(nn.Module)));
        Assert.True(typeof(nn.Module<Tensor, Tensor?, Tensor>).IsSubclassOf(typeof(nn.Module)));
    }

    [TorchFact]
    public void Parameters_are_found_by_name_a_modules_own_before_its_parts_and_each_once()
    {
        using var module = new Scaled();
        Assert.Equal(
            ["scale", "shared", "layer.weight_ih_l0", "layer.weight_hh_l0", "layer.bias_ih_l0", "layer.bias_hh_l0"],
            module.named_parameters().Select(named => named.name));
        Assert.Equal(module.named_parameters().Select(named => named.parameter), module.parameters());
        Assert.Same(module.get_parameter("table.weight"), module.get_parameter("shared"));
        Assert.Null(module.get_parameter("table.bias"));
    }

    [TorchFact]
    public void A_name_is_given_once_and_has_no_dot()
    {
        using var module = new Scaled();
        Assert.Throws<InvalidOperationException>(() => module.register_parameter("scale", module.get_parameter("scale")!));
        Assert.Throws<InvalidOperationException>(() => module.register_module("table", module.Table));
        Assert.Throws<ArgumentException>(() => module.register_module("a.b", module.Table));
    }

    [TorchFact]
    public void A_module_begins_in_training_and_takes_its_parts_along()
    {
        using var module = new Scaled();
        Assert.True(module.training);
        module.eval();
        Assert.False(module.training);
        Assert.False(module.Table.training);
        module.train();
        Assert.True(module.Table.training);
    }

    [TorchFact]
    public void Gradients_are_forgotten_on_request()
    {
        using var scope = NewDisposeScope();
        using var module = new Scaled();
        module.call(tensor([1], [1])).select(0, 0).backward();
        Assert.NotNull(module.get_parameter("scale")!.grad);
        module.zero_grad();
        Assert.Null(module.get_parameter("scale")!.grad);
        Assert.Null(module.get_parameter("table.weight")!.grad);
    }

    [TorchFact]
    public void Disposing_a_module_disposes_its_parameters()
    {
        var module = new Scaled();
        var parameters = module.parameters().ToArray();
        module.Dispose();
        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
    }

    // A word's only value times a scale.
    private sealed class Scaled : nn.Module<Tensor, Tensor>
    {
        private readonly LSTM layer = nn.LSTM(2, 3);
        private readonly Parameter scale = new(tensor([2f], [1, 1]));

        public Scaled()
            : base(nameof(Scaled))
        {
            register_parameter("scale", scale);
            register_module("table", Table);
            register_module("layer", layer);
            register_parameter("shared", Table.get_parameter("weight")!);
        }

        public Embedding Table { get; } = nn.Embedding(4, 1);

        public override Tensor forward(Tensor input) => nn.functional.linear(Table.call(input), scale).view(-1);
    }
}
