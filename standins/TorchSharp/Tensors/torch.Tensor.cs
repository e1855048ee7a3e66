using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public class Tensor : IDisposable
    {
        private TensorHandle handle;

        internal Tensor(TensorHandle handle)
        {
            this.handle = handle;
            OwningDisposeScope = DisposeScopeManager.Current.Register(this);
        }

        public bool IsInvalid => handle.IsClosed || handle.IsInvalid;

        public long[] shape
        {
            get
            {
                var sizes = new long[Native.Number(NativeMethods.standin_tensor_dimensions(Handle))];
                for (var i = 0; i < sizes.Length; i++) sizes[i] = Native.Number(NativeMethods.standin_tensor_size(Handle, i));
                return sizes;
            }
        }

        /// <summary>The tensor's memory, which lives no longer than the tensor.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (Native.Number(NativeMethods.standin_tensor_is_contiguous(Handle)) == 0)
                    throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
                var size = Native.Number(NativeMethods.standin_tensor_count(Handle)) * Native.Number(NativeMethods.standin_tensor_element_size(Handle));
                if (size > int.MaxValue) throw new ArgumentException("Span only supports up to int.MaxValue elements.");
                return new Span<byte>(Data(), (int)size);
            }
        }

        public bool requires_grad
        {
            get => Native.Number(NativeMethods.standin_tensor_requires_grad(Handle)) != 0;
            set => Native.Check(NativeMethods.standin_tensor_set_requires_grad(Handle, value ? 1 : 0));
        }

        public Tensor? grad
        {
            get
            {
                var gradient = NativeMethods.standin_tensor_grad(Handle);
                if (!gradient.IsInvalid) return new Tensor(gradient);
                return Native.PendingError() is { } error ? throw error : null;
            }
        }

        internal TensorHandle Handle => IsInvalid ? throw new InvalidOperationException("Tensor invalid -- empty handle.") : handle;

        internal DisposeScope? OwningDisposeScope { get; set; }

        private Device Device => new((DeviceType)NativeMethods.standin_tensor_device(Handle), NativeMethods.standin_tensor_device_index(Handle));

        public static Tensor operator /(Tensor left, double right) => Native.Tensor(NativeMethods.standin_tensor_divide(left.Handle, right));

        public unsafe T item<T>()
            where T : unmanaged
        {
            if (Native.Number(NativeMethods.standin_tensor_count(Handle)) != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            var type = (ScalarType)NativeMethods.standin_tensor_type(Handle);
            var isThatType = type switch
            {
                ScalarType.Float32 => typeof(T) == typeof(float),
                ScalarType.Int64 => typeof(T) == typeof(long),
                ScalarType.Int32 => typeof(T) == typeof(int),
                _ => false,
            };
            if (!isThatType) throw new ArgumentException($"{typeof(T).Name} is not compatible with {type}");
            if (Device.type == DeviceType.CPU) return *(T*)Data();
            using var host = cpu();
            return host.item<T>();
        }

        public void backward() => Native.Check(NativeMethods.standin_tensor_backward(Handle));

        public Tensor detach() => Native.Tensor(NativeMethods.standin_tensor_detach(Handle));

        public Tensor cpu() => Native.Tensor(NativeMethods.standin_tensor_to_cpu(Handle));

        public Tensor select(long dim, long index) => Native.Tensor(NativeMethods.standin_tensor_select(Handle, dim, index));

        public Tensor narrow(long dim, long start, long length) => Native.Tensor(NativeMethods.standin_tensor_narrow(Handle, dim, start, length));

        public Tensor view(params long[] shape) => Native.Tensor(NativeMethods.standin_tensor_view(Handle, shape, shape.Length));

        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            Native.Check(NativeMethods.standin_tensor_copy_(Handle, source.Handle));
            return Alias();
        }

        public Tensor zero_()
        {
            Native.Check(NativeMethods.standin_tensor_zero_(Handle));
            return Alias();
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            OwningDisposeScope?.MarkAsDisposed(this);
            if (!handle.IsInvalid) handle.Dispose();
        }

        /// <summary>Gives the tensor away; this object is invalid from then on.</summary>
        internal TensorHandle MoveHandle()
        {
            var moved = Handle;
            handle = TensorHandle.None;
            return moved;
        }

        internal void ClearGradient() => Native.Check(NativeMethods.standin_tensor_clear_grad(Handle));

        // What an operation in place gives back: the same values under a handle of their own.
        private Tensor Alias() => Native.Tensor(NativeMethods.standin_tensor_alias(Handle));

        private unsafe void* Data()
        {
            if (Device.type != DeviceType.CPU)
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            var data = NativeMethods.standin_tensor_data(Handle);
            return Native.PendingError() is { } error ? throw error : data;
        }
    }
}
