namespace RnnLm.Typing;

/// <summary>
/// A person who types lines with a number of suggestions before his eyes. He never errs, and takes a right suggestion as soon as it saves keystrokes.
/// </summary>
/// <param name="slots">How many suggestions he sees.</param>
internal sealed class SimulatedTypist(int slots)
{
    /// <summary>How many keystrokes he has needed.</summary>
    public long Keystrokes { get; private set; }

    /// <summary>How far he is in the line.</summary>
    public int Place { get; private set; }

    /// <summary>Whether behind what he has typed stands a space that came with a suggestion, and that goes with what he types next.</summary>
    public bool HasOwnSpace { get; private set; }

    /// <summary>Begins a line.</summary>
    public void Begin() => (Place, HasOwnSpace) = (0, false);

    /// <summary>Types the next character, or takes a suggestion.</summary>
    /// <param name="line">The line.</param>
    /// <param name="offered">Where each suggestion leads, the first first: the end of a word in the line; 0 where it is wrong.</param>
    /// <param name="gives">What a suggestion gives that leads to a place.</param>
    public void Press(LineToType line, ReadOnlySpan<int> offered, Func<int, SpaceAfter> gives)
    {
        var farthest = 0;
        foreach (var end in offered[..Math.Min(slots, offered.Length)]) farthest = Math.Max(farthest, end);
        if (farthest > Place)
        {
            var space = gives(farthest);
            var reached = space == SpaceAfter.Wanted ? farthest + 1 : farthest;
            var cost = space == SpaceAfter.InTheWay ? 2 : 1;
            if (line.Keystrokes(Place, reached) > cost)
            {
                (Place, HasOwnSpace) = (reached, space == SpaceAfter.Own);
                Keystrokes += cost;
                return;
            }
        }
        (Place, HasOwnSpace) = (line.After(Place), false);
        Keystrokes++;
    }
}
