using System.Globalization;
using System.Text;
using RnnLm.Faults;
using RnnLm.Persistence;

namespace RnnLm.Users;

/// <summary>
/// Reads the file of a user model, strictly: what the writer could not have written is refused, and nothing is made greater than the file warrants.
/// </summary>
internal sealed class UserFileReader
{
    // A file with as much of everything as a user model may have is smaller.
    private const int MostBytes = 1 << 25;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] bytes;
    private int next;
    private int line;

    private UserFileReader(byte[] bytes) => this.bytes = bytes;

    /// <exception cref="ModelFormatException">It is no such file, or a damaged one.</exception>
    public static UserFile Read(Stream stream) => new UserFileReader(ChecksummedBody.ReadAll(stream, MostBytes, "file of a user model", "such a file")).Read();

    private UserFile Read()
    {
        ReadHead();
        var wordCount = ReadCount(UserFile.WordsKey, UserModel.MaximumWords);
        var (words, known) = (new List<(string, int)>(), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < wordCount; i++)
        {
            var fields = Fields(2);
            var word = fields[1];
            if (!UserModel.CanLearn(word)) throw Fault($"{Quotation.Of(word)} is no word that can be learned");
            if (!known.Add(word)) throw Fault($"the word {Quotation.Of(word)} is there twice");
            words.Add((word, Number(fields[0], 1, int.MaxValue)));
        }

        var (nGrams, seen) = (new List<(WordPair, int, int)>(), new HashSet<(WordPair, int)>());
        foreach (var (key, length) in ((string, int)[])[(UserFile.PairsKey, 2), (UserFile.TriplesKey, 3)])
        {
            var count = ReadCount(key, UserModel.MostNGrams - nGrams.Count);
            for (var i = 0; i < count; i++)
            {
                var fields = Fields(1 + length);
                int[] places = [.. fields[1..].Select(field => Number(field, 0, wordCount - 1))];
                var context = length == 2 ? new WordPair(places[0]) : new WordPair(places[1], places[0]);
                if (!seen.Add((context, places[^1]))) throw Fault("these words have been there before");
                nGrams.Add((context, places[^1], Number(fields[0], 1, int.MaxValue)));
            }
        }
        if (next < bytes.Length) throw new ModelFormatException($"The file goes on behind its end, after line {line}.");
        return new UserFile(words, nGrams);
    }

    private void ReadHead()
    {
        if (!bytes.AsSpan().StartsWith(Encoding.ASCII.GetBytes(UserFile.Format + "\t")))
            throw new ModelFormatException($"This is no file of a user model: it does not begin with {UserFile.Format}.");
        var fields = Fields(3);
        var version = Number(fields[1], 1, int.MaxValue);
        if (version > UserFile.Version)
            throw new ModelFormatException($"The file was written by a newer version: it has format version {version}; this program reads up to {UserFile.Version}.");
        ChecksummedBody.Require(bytes.AsSpan(next), fields[2], "file");
    }

    private int ReadCount(string key, int most)
    {
        var fields = Fields(2);
        return fields[0] == key ? Number(fields[1], 0, most) : throw Fault($"{Quotation.Of(fields[0])} stands where {key} should");
    }

    /// <summary>The fields of the next line.</summary>
    private string[] Fields(int count)
    {
        var rest = bytes.AsSpan(next);
        var length = rest.IndexOf((byte)'\n');
        if (length < 0) throw new ModelFormatException($"The file ends after line {line}, before all is there that it should have.");
        line++;
        next += length + 1;
        string text;
        try
        {
            text = Utf8.GetString(rest[..length]);
        }
        catch (DecoderFallbackException)
        {
            throw Fault("it is not UTF-8");
        }
        var fields = text.Split('\t');
        return fields.Length == count ? fields : throw Fault(FormattableString.Invariant($"it has {fields.Length} fields with tabs between them where there are {count}"));
    }

    private int Number(string text, int least, int most)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Fault(FormattableString.Invariant($"{Quotation.Of(text)} is no whole number from {least} to {most}"));

    private ModelFormatException Fault(string what) => new(FormattableString.Invariant($"The file is damaged in line {line}: {what}."));
}
