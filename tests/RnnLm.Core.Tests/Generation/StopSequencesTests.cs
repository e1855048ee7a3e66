using RnnLm.Generation;

namespace RnnLm.Tests.Generation;

public class StopSequencesTests
{
    [Theory]
    [InlineData("abcabd", "abd", "abc")]
    [InlineData("xaab", "aab", "x")]
    [InlineData("hello", "lx", "hello")]
    [InlineData("hello wor", "world", "hello wor")]
    [InlineData("abc", "abc", "")]
    public void A_stop_sequence_is_found_however_the_text_is_cut(string text, string stop, string expected)
    {
        for (var cut = 0; cut <= text.Length; cut++)
        {
            for (var other = cut; other <= text.Length; other++)
            {
                var stops = new StopSequences([stop, "~~~"]);
                var known = "";
                foreach (var piece in (string[])[text[..cut], text[cut..other], text[other..]])
                    if (!stops.IsStopped) known += stops.Take(piece);
                if (!stops.IsStopped) known += stops.Finish();
                Assert.Equal(expected, known);
                Assert.Equal(expected != text, stops.IsStopped);
            }
        }
    }
}
