namespace RnnLm.Transforms.Payloads;

/// <summary>What a model file carries for one of our mappings: settings, and content where there is any, that turn into an object.</summary>
/// <typeparam name="TSelf">The object.</typeparam>
internal interface IPayload<TSelf> where TSelf : class, IPayload<TSelf>
{
    /// <summary>The settings, as JSON.</summary>
    string Settings { get; }

    /// <summary>Writes the content.</summary>
    void WriteContent(Stream stream);

    /// <summary>Makes the object.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="content">The content, from the stream's position to its end.</param>
    /// <exception cref="InvalidDataException">They are not of this kind, or were written by a newer version.</exception>
    static abstract TSelf Read(string settings, Stream content);
}
