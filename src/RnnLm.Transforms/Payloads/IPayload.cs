namespace RnnLm.Transforms.Payloads;

/// <summary>What a model file carries for one of our mappings: a vector of text that turns into an object.</summary>
/// <typeparam name="TSelf">The object.</typeparam>
internal interface IPayload<TSelf> where TSelf : class, IPayload<TSelf>
{
    /// <summary>The object as text: settings in the first slots, content in the others.</summary>
    string[] Encode();

    /// <summary>Makes the object from its text.</summary>
    /// <exception cref="InvalidDataException">The text is not of this kind, or was written by a newer version.</exception>
    static abstract TSelf Decode(ReadOnlySpan<ReadOnlyMemory<char>> slots);
}
