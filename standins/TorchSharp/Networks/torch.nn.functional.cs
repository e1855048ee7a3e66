using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null)
                => Native.Tensor(NativeMethods.standin_linear(input.Handle, weights.Handle, bias?.Handle ?? TensorHandle.None));

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
                => inplace ? throw Missing("dropout in place") : Native.Tensor(NativeMethods.standin_dropout(input.Handle, p, training ? 1 : 0));

            public static Tensor log_softmax(Tensor x, long dim) => Native.Tensor(NativeMethods.standin_log_softmax(x.Handle, dim));

            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0)
            {
                if (weight is not null) throw Missing("weighted cross-entropy");
                return Native.Tensor(NativeMethods.standin_cross_entropy(input.Handle, target.Handle, ignore_index, (long)reduction, label_smoothing));
            }
        }
    }
}
