namespace RnnLm.PyTorch.Pickles;

/// <summary>Compares the keys of a pickle's dictionaries by hashes that differ from run to run, so that no file can be made of keys that collide.</summary>
internal sealed class PickleKeys : IEqualityComparer<object>
{
    public static readonly PickleKeys Comparer = new();

    private PickleKeys()
    {
    }

    /// <inheritdoc/>
    public new bool Equals(object? first, object? second) => object.Equals(first, second);

    /// <inheritdoc/>
    public int GetHashCode(object key) => key is long number ? HashCode.Combine((int)number, (int)(number >> 32)) : key.GetHashCode();
}
