using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static SGD SGD(
            IEnumerable<Parameter> parameters,
            double learningRate,
            double momentum = 0,
            double dampening = 0,
            double weight_decay = 0,
            bool nesterov = false,
            bool maximize = false)
        {
            if (momentum != 0 || dampening != 0 || nesterov || maximize) throw Missing("SGD with momentum, dampening or maximizing");
            return new SGD(parameters, learningRate, weight_decay);
        }

        public static Adam Adam(
            IEnumerable<Parameter> parameters,
            double lr = 1e-3,
            double beta1 = 0.9,
            double beta2 = 0.999,
            double eps = 1e-8,
            double weight_decay = 0,
            bool amsgrad = false,
            bool maximize = false)
        {
            if (amsgrad || maximize) throw Missing("AMSGrad and maximizing");
            return new Adam(parameters, lr, beta1, beta2, eps, weight_decay);
        }

        public static AdamW AdamW(
            IEnumerable<Parameter> parameters,
            double lr = 1e-3,
            double beta1 = 0.9,
            double beta2 = 0.999,
            double eps = 1e-8,
            double weight_decay = 0,
            bool amsgrad = false,
            bool maximize = false)
        {
            if (amsgrad || maximize) throw Missing("AMSGrad and maximizing");
            return new AdamW(parameters, lr, beta1, beta2, eps, weight_decay);
        }

        private static NotSupportedException Missing(string what) => new($"The stand-in for TorchSharp lacks {what}, since nothing here uses it.");

        public interface ILearningRateController
        {
            double LearningRate { get; set; }
        }
    }
}
