namespace Microsoft.ML.Data;

public sealed class KeyCount
{
    public ulong? Count;

    public KeyCount()
    {
    }

    public KeyCount(ulong count)
    {
        Runtime.Fault.CheckArgument(count > 0, nameof(count));
        Count = count;
    }
}
