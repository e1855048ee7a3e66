using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>What Adam and AdamW have in common: two running means for each parameter (Kingma and Ba 2015).</summary>
internal sealed class AdamMoments : IDisposable
{
    private readonly (Parameter Parameter, TensorHandle Mean, TensorHandle Square)[] moments;
    private readonly double beta1;
    private readonly double beta2;
    private readonly double eps;
    private readonly double weightDecay;
    private readonly bool decoupled;
    private long steps;

    public AdamMoments(IEnumerable<Parameter> parameters, double beta1, double beta2, double eps, double weightDecay, bool decoupled)
    {
        moments = [.. parameters.Select(parameter => (parameter, ZerosLike(parameter), ZerosLike(parameter)))];
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.eps = eps;
        this.weightDecay = weightDecay;
        this.decoupled = decoupled;
    }

    public void Step(double learningRate)
    {
        steps++;
        foreach (var (parameter, mean, square) in moments)
        {
            Native.Check(NativeMethods.standin_adam_step(
                parameter.Handle, mean, square, steps, learningRate, beta1, beta2, eps, weightDecay, decoupled ? 1 : 0));
        }
    }

    public void Dispose()
    {
        foreach (var (_, mean, square) in moments)
        {
            mean.Dispose();
            square.Dispose();
        }
    }

    private static TensorHandle ZerosLike(Parameter parameter)
    {
        var shape = parameter.shape;
        return Native.Made(NativeMethods.standin_tensor_zeros(
            shape, shape.Length, NativeMethods.standin_tensor_device(parameter.Handle), NativeMethods.standin_tensor_device_index(parameter.Handle)));
    }
}
