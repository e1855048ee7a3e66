using RnnLm.Scoring;

namespace RnnLm.Tests;

/// <summary>Long calls end inside one text when they are cancelled.</summary>
public class CancellationTests
{
    private const int WordsBefore = 100;

    private static readonly LanguageModel Model = RandomModels.Model();
    private static readonly string Text = string.Join(' ', Enumerable.Repeat("w3", 1_000));

    public static TheoryData<string, Action<CancellationToken>> Calls => new()
    {
        { "Tokenize", token => Model.Tokenizer.Tokenize(Text, token) },
        { "Start", token => Model.Start(Text, token) },
        { "Start of words", token => Model.Start(["w3"], token) },
        { "Embed", token => Model.Embed(Text, token) },
        { "NextWord", token => Model.NextWord(Text, cancellationToken: token) },
        { "NextWords", token => Model.NextWords(Text, cancellationToken: token) },
        { "NextWords of words", token => Model.NextWords(["w3"], cancellationToken: token) },
        { "NextWordsMany", token => Model.NextWordsMany([Text], batch: new BatchOptions { CancellationToken = token }) },
        { "Score", token => Model.Score(Text, cancellationToken: token) },
        { "Score of words", token => Model.Score(["w3"], cancellationToken: token) },
        { "ScoreMany", token => Model.ScoreMany([Text], batch: new BatchOptions { CancellationToken = token }) },
        { "ScoreMany of words", token => Model.ScoreMany([["w3"]], batch: new BatchOptions { CancellationToken = token }) },
        { "Explain", token => Model.Explain(Text, cancellationToken: token) },
        { "Explain of words", token => Model.Explain(["w3"], cancellationToken: token) },
        { "Summarize", token => Model.Summarize(Text, batch: new BatchOptions { CancellationToken = token }) },
        { "Suggest", token => Model.Suggest(Text, cancellationToken: token) },
        { "Score of a network", token => Model.Network.Score([3, 4], Model.Start(), new double[2], token) },
        { "Evaluate", token => Model.Evaluate(TokenStream.Encode(Tokenizer.Whitespace, Model.Vocabulary, [Text]), new EvaluationOptions { CancellationToken = token }) },
        { "Generate", token => Model.Generate("", new GenerationOptions { CancellationToken = token }) },
        { "GenerateText", token => Model.GenerateText("", new GenerationOptions { CancellationToken = token }).Count() },
        { "GenerateWords", token => Model.GenerateWords("", new GenerationOptions { CancellationToken = token }).Count() },
        { "GenerateAlternatives", token => Model.GenerateAlternatives("", 2, new GenerationOptions { Sampling = new(), CancellationToken = token }) },
        { "GenerateAlternatives of a beam", token => Model.GenerateAlternatives("", 2, new GenerationOptions { Beam = new(), CancellationToken = token }) },
        { "ScoreFrom", token => Model.ScoreFrom(Model.Start(), Text, cancellationToken: token) },
        { "ScoreStream", token => Model.ScoreStream([Text], cancellationToken: token).Count() },
        { "Encode", token => TokenStream.Encode(Tokenizer.Whitespace, Model.Vocabulary, [Text], cancellationToken: token) },
        { "TokenStreamBuilder", token => new TokenStreamBuilder(Tokenizer.Whitespace) { CancellationToken = token }.Add(Text) },
    };

    public static TheoryData<string, Action<IEnumerable<string>, CancellationToken>> CallsOfWords => new()
    {
        { "Start", (words, token) => Model.Start(words, token) },
        { "NextWords", (words, token) => Model.NextWords(words, cancellationToken: token) },
        { "Score", (words, token) => Model.Score(words, cancellationToken: token) },
        { "Explain", (words, token) => Model.Explain(words, cancellationToken: token) },
        { "GenerateWords", (words, token) => Model.GenerateWords(words, new GenerationOptions { CancellationToken = token }).Count() },
        { "GenerateAlternatives", (words, token) => Model.GenerateAlternatives(words, 1, new GenerationOptions { CancellationToken = token }) },
        { "AddWords", (words, token) => new TokenStreamBuilder(Tokenizer.Whitespace) { CancellationToken = token }.AddWords(words) },
        { "Encode", (words, token) => TokenStream.Encode(Tokenizer.Whitespace, Model.Vocabulary, words, cancellationToken: token) },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_that_is_cancelled_already_ends_at_once(string call, Action<CancellationToken> run)
        => Assert.True(Assert.ThrowsAny<OperationCanceledException>(() => run(new CancellationToken(canceled: true))) is not null, call);

    [Theory]
    [MemberData(nameof(CallsOfWords))]
    public void A_call_that_is_cancelled_inside_a_text_without_end_takes_no_further_word(string call, Action<IEnumerable<string>, CancellationToken> run)
    {
        using var source = new CancellationTokenSource();
        var taken = 0;
        IEnumerable<string> Endless()
        {
            while (true)
            {
                if (++taken == WordsBefore) source.Cancel();
                yield return "w3";
            }
        }
        Assert.ThrowsAny<OperationCanceledException>(() => run(Endless(), source.Token));
        Assert.True(taken == WordsBefore, $"{call} took {taken - WordsBefore} words more.");
    }

    [Fact]
    public void A_continuation_that_is_cancelled_gives_no_further_piece()
    {
        using var source = new CancellationTokenSource();
        var options = new GenerationOptions { MaximumWords = int.MaxValue, StopAtEndOfLine = false, CancellationToken = source.Token };
        using var pieces = Model.GenerateText("w3", options).GetEnumerator();
        for (var i = 0; i < WordsBefore; i++) Assert.True(pieces.MoveNext());
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => pieces.MoveNext());
    }

    [Fact]
    public void An_evaluation_that_is_cancelled_inside_its_text_ends_within_a_stretch()
    {
        using var source = new CancellationTokenSource();
        var text = TokenStream.Encode(Tokenizer.Whitespace, Model.Vocabulary, [string.Join(' ', Enumerable.Repeat("w3", 100_000))]);
        var progress = new Told();
        progress.Report += share => { if (share > 0) source.Cancel(); };
        Assert.Throws<OperationCanceledException>(() => Model.Evaluate(text, new EvaluationOptions { Progress = progress, CancellationToken = source.Token }));
        Assert.InRange(progress.Latest, 0, 0.1);
    }

    [Fact]
    public void A_score_of_many_texts_that_is_cancelled_inside_one_of_them_ends_within_a_stretch()
    {
        using var source = new CancellationTokenSource();
        int[] ids = [.. Enumerable.Repeat(3, 100_000)];
        var scores = new CancellingList(new double[ids.Length], source);
        Assert.Throws<OperationCanceledException>(
            () => new BatchScorer(Model.Network, capacity: 1).Score(new ReadOnlyMemory<int>[] { ids.AsMemory(0, ids.Length - 1) }, new[] { 0 }, [ids], scores, source.Token));
        Assert.InRange(scores.Scored, 1, 1_000);
    }

    private sealed class Told : IProgress<double>
    {
        public event Action<double>? Report;

        public double Latest { get; private set; }

        void IProgress<double>.Report(double value)
        {
            Latest = value;
            Report?.Invoke(value);
        }
    }

    /// <summary>The scores of one text, which cancels when the first is written.</summary>
    private sealed class CancellingList(double[] scores, CancellationTokenSource source) : IReadOnlyList<double[]>
    {
        public int Count => 1;

        public int Scored => scores.Count(score => score != 0);

        public double[] this[int index]
        {
            get
            {
                source.Cancel();
                return scores;
            }
        }

        public IEnumerator<double[]> GetEnumerator() => throw new NotSupportedException();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
