using RnnLm.Inference;

namespace RnnLm.Reading;

/// <summary>
/// Reads many texts at once, word after word from the beginning of a line, and what several begin with only once: the states at a depth
/// are the nodes of a tree of prefixes. It has working room, so it belongs to one thread.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="capacity">The greatest number of texts.</param>
internal sealed class PrefixTree(Network network, int capacity)
{
    /// <summary>The node of a text that has ended.</summary>
    public const int Ended = -1;

    private readonly int[] nodes = new int[capacity];
    private readonly int[] parents = new int[capacity];
    private readonly int[] words = new int[capacity];
    private ReadOnlyMemory<ReadOnlyMemory<int>> texts;
    private RecurrentStates states = new(network.Shape, capacity);
    private RecurrentStates next = new(network.Shape, capacity);

    /// <summary>The number of words read.</summary>
    public int Depth { get; private set; }

    /// <summary>The states of the nodes: of the different prefixes of <see cref="Depth"/> words.</summary>
    public RecurrentStates States => states;

    /// <summary>The node of each text; <see cref="Ended"/> where it has fewer than <see cref="Depth"/> words.</summary>
    public ReadOnlySpan<int> Nodes => nodes.AsSpan(0, texts.Length);

    /// <summary>Begins to read texts: every one is at the beginning of a line, or follows what was read before.</summary>
    /// <param name="texts">The texts' word ids, in the order of <see cref="Compare"/>, so that those that begin alike stand together.</param>
    /// <param name="start">What was read before all of them, a single state; null for the beginning of a line.</param>
    public void Begin(ReadOnlyMemory<ReadOnlyMemory<int>> texts, RecurrentStates? start = null)
    {
        this.texts = texts;
        Depth = 0;
        Array.Clear(nodes);
        if (start is not null)
        {
            states.CopyFrom(start, [0]);
            return;
        }
        states.Reset();
        network.Read([Vocabulary.EndOfLineId], states);
    }

    /// <summary>Reads the next word of every text that has one.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Read()
    {
        var count = 0;
        for (var text = 0; text < texts.Length; text++)
        {
            var ids = texts.Span[text].Span;
            if (ids.Length <= Depth)
            {
                nodes[text] = Ended;
                continue;
            }
            var isNew = count == 0 || parents[count - 1] != nodes[text] || words[count - 1] != ids[Depth];
            if (isNew) (parents[count], words[count++]) = (nodes[text], ids[Depth]);
            nodes[text] = count - 1;
        }
        if (count == 0) return false;
        next.CopyFrom(states, parents.AsSpan(0, count));
        (states, next) = (next, states);
        network.Read(words.AsSpan(0, count), states);
        Depth++;
        return true;
    }

    /// <summary>Orders texts by their words, one that another begins with before it.</summary>
    public static int Compare(ReadOnlyMemory<int> text, ReadOnlyMemory<int> other) => text.Span.SequenceCompareTo(other.Span);
}
