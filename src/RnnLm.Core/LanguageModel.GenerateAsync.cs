using System.Runtime.CompilerServices;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// Continues a text piece by piece as <see cref="GenerateText"/> does, on threads of the pool: whoever awaits the pieces, such as a window or a request, is not
    /// held up while they are worked out.
    /// </summary>
    /// <param name="prompt">The text; it may be empty, and of several lines.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <param name="cancellationToken">Ends it early, before its next word, as the token of the options does.</param>
    /// <returns>The pieces of <see cref="GenerateText"/>. The prompt is read when the first is awaited.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range or does not go with another.</exception>
    /// <exception cref="ArgumentException">A stop text has a word that the model does not know.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, while pieces are awaited.</exception>
    public IAsyncEnumerable<string> GenerateTextAsync(string prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return OnPool(Checked(options).Options, copy => GenerateText(prompt, copy), cancellationToken);
    }

    /// <summary>Continues a text word by word as <see cref="GenerateWords(string, GenerationOptions)"/> does, on threads of the pool.</summary>
    /// <param name="prompt">The text; it may be empty.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <param name="cancellationToken">Ends it early, before its next word, as the token of the options does.</param>
    /// <returns>The words. The prompt is read when the first is awaited.</returns>
    /// <inheritdoc cref="GenerateTextAsync" path="/*[not(self::param)]"/>
    public IAsyncEnumerable<GeneratedWord> GenerateWordsAsync(string prompt, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return OnPool(Checked(options).Options, copy => GenerateWords(prompt, copy), cancellationToken);
    }

    /// <summary>Continues what a state has read word by word as <see cref="GenerateWords(RecurrentState, GenerationOptions)"/> does, on threads of the pool.</summary>
    /// <param name="state">What was read; left as it is, and copied before this returns.</param>
    /// <param name="options">How; the most probable words to the end of the line where null.</param>
    /// <param name="cancellationToken">Ends it early, before its next word, as the token of the options does.</param>
    /// <returns>The words.</returns>
    /// <inheritdoc cref="GenerateTextAsync" path="/*[not(self::param)]"/>
    public IAsyncEnumerable<GeneratedWord> GenerateWordsAsync(RecurrentState state, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var checkedOptions = Checked(options).Options;
        Check(state);
        var start = state.Clone();
        return OnPool(checkedOptions, copy => GenerateWords(start, copy), cancellationToken);
    }

    /// <summary>Takes the elements of a sequence one by one on the pool, each when it is awaited.</summary>
    /// <param name="options">Options, whose token ends it too.</param>
    /// <param name="generate">Makes the sequence, of options with the token that ends it.</param>
    /// <param name="callersToken">The token of the call.</param>
    /// <param name="enumerationsToken">The token of who enumerates.</param>
    private static async IAsyncEnumerable<T> OnPool<T>(
        GenerationOptions options, Func<GenerationOptions, IEnumerable<T>> generate, CancellationToken callersToken,
        [EnumeratorCancellation] CancellationToken enumerationsToken = default)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken, callersToken, enumerationsToken);
        var copy = options.Clone();
        copy.CancellationToken = source.Token;
        using var elements = await Task.Run(() => generate(copy).GetEnumerator(), source.Token).ConfigureAwait(false);
        while (await Task.Run(elements.MoveNext, source.Token).ConfigureAwait(false)) yield return elements.Current;
    }
}
