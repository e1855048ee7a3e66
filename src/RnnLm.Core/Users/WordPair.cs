namespace RnnLm.Users;

/// <summary>The last word or the last two, by their places in a user model.</summary>
/// <param name="Last">The last word.</param>
/// <param name="LastButOne">The word before it; below 0 where the context is the last word alone.</param>
internal readonly record struct WordPair(int Last, int LastButOne = -1)
{
    /// <summary>The same words at other places.</summary>
    public WordPair Map(Func<int, int> place) => new(place(Last), LastButOne < 0 ? -1 : place(LastButOne));
}
