using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    public sealed class Range
    {
        public int Min;
        public int? Max;
        public bool ForceVector;

        public Range()
        {
        }

        public Range(int index)
        {
            Fault.CheckArgument(index >= 0, nameof(index), "Must be non-negative");
            Min = index;
            Max = index;
        }

        public Range(int min, int? max)
        {
            Fault.CheckArgument(min >= 0, nameof(min), "Must be non-negative");
            Fault.CheckArgument(!(max < min), nameof(max), "If specified, must be greater than or equal to min");
            Min = min;
            Max = max ?? throw Fault.NotSupported("The stand-in for Microsoft.ML does not read ranges that end with the line.");
            ForceVector = true;
        }
    }
}
