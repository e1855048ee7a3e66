namespace RnnLm.Tests.Text;

public class LineEncoderCancellationTests
{
    private static readonly Vocabulary Words = RandomModels.Words(10);

    public static TheoryData<string> Encoders => ["builder", "encoder"];

    private static LineEncoder Create(string kind, CancellationToken cancellationToken, bool skip = false) => kind == "builder"
        ? new TokenStreamBuilder(Tokenizer.Whitespace) { CancellationToken = cancellationToken, SkipLinesWithoutWords = skip }
        : new TokenStreamEncoder(Tokenizer.Whitespace, Words) { CancellationToken = cancellationToken, SkipLinesWithoutWords = skip };

    [Theory]
    [MemberData(nameof(Encoders))]
    public void Whatever_is_added_after_it_is_cancelled_is_refused(string kind)
    {
        foreach (var skip in new[] { false, true })
        {
            var cancelled = new CancellationToken(canceled: true);
            foreach (var line in new[] { null, "", " ", "w2", "w2\nw3" })
                AssertCancelled(() => Create(kind, cancelled, skip).Add(line), cancelled);
            foreach (var words in new string?[]?[] { null, [], [""], ["w2"] })
                AssertCancelled(() => Create(kind, cancelled, skip).AddWords(words), cancelled);
        }
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public void It_is_heard_within_a_line_however_long(string kind)
    {
        using var cancellation = new CancellationTokenSource();
        var read = 0;
        IEnumerable<string> Endless()
        {
            for (; ; read++)
            {
                if (read == 50_000) cancellation.Cancel();
                yield return "w3";
            }
        }
        AssertCancelled(() => Create(kind, cancellation.Token).AddWords(Endless()), cancellation.Token);
        Assert.InRange(read, 50_000, 55_000);
    }

    private static void AssertCancelled(Action add, CancellationToken token)
        => Assert.Equal(token, Assert.Throws<OperationCanceledException>(add).CancellationToken);
}
