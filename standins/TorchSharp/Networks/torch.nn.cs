using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public enum NonLinearities
        {
            ReLU = 0,
            Tanh = 1,
        }

        public enum Reduction
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static Embedding Embedding(
            long num_embeddings,
            long embedding_dims,
            long? padding_idx = null,
            double? max_norm = null,
            double norm_type = 2,
            bool scale_grad_by_freq = false,
            bool sparse = false,
            Device? device = null,
            ScalarType? dtype = null)
        {
            if (padding_idx is not null || max_norm is not null || norm_type != 2 || scale_grad_by_freq || sparse || dtype is not null)
                throw Missing("an embedding with padding, a greatest norm, scaled or sparse gradients, or another type");
            return new Embedding(num_embeddings, embedding_dims, device ?? DefaultDevice);
        }

        public static RNN RNN(
            long inputSize,
            long hiddenSize,
            long numLayers = 1,
            NonLinearities nonLinearity = NonLinearities.Tanh,
            bool bias = true,
            bool batchFirst = false,
            double dropout = 0,
            bool bidirectional = false,
            Device? device = null,
            ScalarType? dtype = null)
        {
            RequirePlain(numLayers, bias, batchFirst, dropout, bidirectional, dtype);
            return new RNN(inputSize, hiddenSize, nonLinearity, device ?? DefaultDevice);
        }

        public static LSTM LSTM(
            long inputSize,
            long hiddenSize,
            long numLayers = 1,
            bool bias = true,
            bool batchFirst = false,
            double dropout = 0,
            bool bidirectional = false,
            Device? device = null,
            ScalarType? dtype = null)
        {
            RequirePlain(numLayers, bias, batchFirst, dropout, bidirectional, dtype);
            return new LSTM(inputSize, hiddenSize, device ?? DefaultDevice);
        }

        public static GRU GRU(
            long inputSize,
            long hiddenSize,
            long numLayers = 1,
            bool bias = true,
            bool batchFirst = false,
            double dropout = 0,
            bool bidirectional = false,
            Device? device = null,
            ScalarType? dtype = null)
        {
            RequirePlain(numLayers, bias, batchFirst, dropout, bidirectional, dtype);
            return new GRU(inputSize, hiddenSize, device ?? DefaultDevice);
        }

        private static void RequirePlain(long layers, bool bias, bool batchFirst, double dropout, bool bidirectional, ScalarType? dtype)
        {
            if (layers != 1 || !bias || batchFirst || dropout != 0 || bidirectional || dtype is not null)
                throw Missing("recurrent modules of several layers, without bias, batch first, with dropout, in both directions, or of another type");
        }

        private static NotSupportedException Missing(string what) => new($"The stand-in for TorchSharp lacks {what}, since nothing here uses it.");
    }
}
