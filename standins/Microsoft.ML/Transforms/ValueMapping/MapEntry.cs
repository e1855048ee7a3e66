namespace Microsoft.ML.Transforms;

/// <summary>A row of a lookup table that is made of pairs.</summary>
internal sealed class MapEntry<TKey, TValue>
{
    public TKey Key;
    public TValue Value;
}
