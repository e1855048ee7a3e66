namespace RnnLm.Training;

/// <summary>The windows of one stream of words, one after another.</summary>
/// <param name="ids">The words to predict; the first is predicted from an end-of-line word and the zero state.</param>
/// <param name="length">The number of words in a window.</param>
internal sealed class WindowReader(ReadOnlyMemory<int> ids, int length)
{
    /// <summary>The window; <see cref="Next"/> fills it.</summary>
    public Window Window { get; } = new(1, Math.Min(length, Math.Max(1, ids.Length)));

    /// <summary>The place in the stream after the window.</summary>
    public int Position { get; private set; }

    /// <summary>Whether the window is the last.</summary>
    public bool IsAtEnd => Position == ids.Length;

    /// <summary>Fills the window with the next words.</summary>
    /// <returns>False where there are none.</returns>
    public bool Next()
    {
        if (IsAtEnd) return false;
        Window.Begin(Math.Min(Window.Capacity, ids.Length - Position), startsFresh: Position == 0);
        Window.Write(0, ids.Span, Position, ids.Length - Position);
        Position += Window.Length;
        return true;
    }
}
