using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The plain C interface over libtorch; native/torch_standin.h describes it.</summary>
internal static unsafe partial class NativeMethods
{
    public const string Library = "torch_standin";

    [LibraryImport(Library)] public static partial nint standin_take_error();

    [LibraryImport(Library)] public static partial int standin_cuda_device_count();
    [LibraryImport(Library)] public static partial int standin_get_num_threads();
    [LibraryImport(Library)] public static partial int standin_set_num_threads(int count);
    [LibraryImport(Library)] public static partial int standin_manual_seed(long seed);
    [LibraryImport(Library)] public static partial int standin_grad_enabled();
    [LibraryImport(Library)] public static partial void standin_set_grad_enabled(int enabled);

    [LibraryImport(Library)]
    public static partial TensorHandle standin_tensor_copy_of(void* values, int typeOfValues, long* shape, int dimensions, int type, int device, int index, int requiresGrad);

    [LibraryImport(Library)] public static partial TensorHandle standin_tensor_zeros(long[] shape, int dimensions, int device, int index);
    [LibraryImport(Library)] public static partial TensorHandle standin_tensor_uniform(long[] shape, int dimensions, double bound, int device, int index);
    [LibraryImport(Library)] public static partial TensorHandle standin_tensor_normal(long[] shape, int dimensions, int device, int index);
    [LibraryImport(Library)] public static partial void standin_tensor_free(nint tensor);

    [LibraryImport(Library)] public static partial long standin_tensor_dimensions(TensorHandle tensor);
    [LibraryImport(Library)] public static partial long standin_tensor_size(TensorHandle tensor, long dimension);
    [LibraryImport(Library)] public static partial long standin_tensor_count(TensorHandle tensor);
    [LibraryImport(Library)] public static partial long standin_tensor_element_size(TensorHandle tensor);
    [LibraryImport(Library)] public static partial int standin_tensor_type(TensorHandle tensor);
    [LibraryImport(Library)] public static partial int standin_tensor_device(TensorHandle tensor);
    [LibraryImport(Library)] public static partial int standin_tensor_device_index(TensorHandle tensor);
    [LibraryImport(Library)] public static partial int standin_tensor_is_contiguous(TensorHandle tensor);
    [LibraryImport(Library)] public static partial void* standin_tensor_data(TensorHandle tensor);

    [LibraryImport(Library)] public static partial int standin_tensor_requires_grad(TensorHandle tensor);
    [LibraryImport(Library)] public static partial int standin_tensor_set_requires_grad(TensorHandle tensor, int requiresGrad);
    [LibraryImport(Library)] public static partial TensorHandle standin_tensor_grad(TensorHandle tensor);
    [LibraryImport(Library)] public static partial int standin_tensor_clear_grad(TensorHandle tensor);
    [LibraryImport(Library)] public static partial int standin_tensor_backward(TensorHandle tensor);
    [LibraryImport(Library)] public static partial TensorHandle standin_tensor_detach(TensorHandle tensor);

    [LibraryImport(Library)] public static partial TensorHandle standin_tensor_alias(TensorHandle tensor);
    [LibraryImport(Library)] public static partial TensorHandle standin_tensor_to_cpu(TensorHandle tensor);
    [LibraryImport(Library)] public static partial TensorHandle standin_tensor_divide(TensorHandle tensor, double divisor);
    [LibraryImport(Library)] public static partial TensorHandle standin_tensor_select(TensorHandle tensor, long dimension, long index);
    [LibraryImport(Library)] public static partial TensorHandle standin_tensor_narrow(TensorHandle tensor, long dimension, long start, long length);
    [LibraryImport(Library)] public static partial TensorHandle standin_tensor_view(TensorHandle tensor, long[] shape, int dimensions);
    [LibraryImport(Library)] public static partial int standin_tensor_copy_(TensorHandle destination, TensorHandle source);
    [LibraryImport(Library)] public static partial int standin_tensor_zero_(TensorHandle tensor);

    [LibraryImport(Library)] public static partial TensorHandle standin_embedding(TensorHandle weight, TensorHandle indices);
    [LibraryImport(Library)] public static partial TensorHandle standin_linear(TensorHandle input, TensorHandle weight, TensorHandle bias);
    [LibraryImport(Library)] public static partial TensorHandle standin_dropout(TensorHandle input, double share, int training);
    [LibraryImport(Library)] public static partial TensorHandle standin_log_softmax(TensorHandle input, long dimension);

    [LibraryImport(Library)]
    public static partial TensorHandle standin_cross_entropy(TensorHandle input, TensorHandle target, long ignoreIndex, long reduction, double labelSmoothing);

    [LibraryImport(Library)]
    public static partial TensorHandle standin_lstm(TensorHandle input, TensorHandle h0, TensorHandle c0, nint[] parameters, int training, out TensorHandle hn, out TensorHandle cn);

    [LibraryImport(Library)]
    public static partial TensorHandle standin_gru(TensorHandle input, TensorHandle h0, nint[] parameters, int training, out TensorHandle hn);

    [LibraryImport(Library)]
    public static partial TensorHandle standin_rnn(TensorHandle input, TensorHandle h0, nint[] parameters, int relu, int training, out TensorHandle hn);

    [LibraryImport(Library)] public static partial int standin_flatten(nint[] parameters, long inputSize, long hiddenSize, long mode);

    [LibraryImport(Library)]
    public static partial int standin_clip_grad_norm_(nint[] parameters, int count, double maxNorm, double normType, out double norm);

    [LibraryImport(Library)] public static partial int standin_sgd_step(TensorHandle parameter, double learningRate, double weightDecay);

    [LibraryImport(Library)]
    public static partial int standin_adam_step(
        TensorHandle parameter, TensorHandle mean, TensorHandle square, long step, double learningRate, double beta1, double beta2, double eps, double weightDecay, int decoupled);
}
