using System.Globalization;
using System.Text;
using RnnLm.Persistence;

namespace RnnLm.Users;

/// <summary>Writes the file of a user model.</summary>
internal static class UserFileWriter
{
    public static void Write(UserFile file, Stream stream)
    {
        var text = new StringBuilder();
        Line(UserFile.WordsKey, file.Words.Count);
        foreach (var (word, count) in file.Words) Line(count, word);
        Line(UserFile.PairsKey, file.NGrams.Count(nGram => nGram.Context.LastButOne < 0));
        foreach (var (context, word, count) in file.NGrams)
            if (context.LastButOne < 0) Line(count, context.Last, word);
        Line(UserFile.TriplesKey, file.NGrams.Count(nGram => nGram.Context.LastButOne >= 0));
        foreach (var (context, word, count) in file.NGrams)
            if (context.LastButOne >= 0) Line(count, context.LastButOne, context.Last, word);

        var body = Encoding.UTF8.GetBytes(text.ToString());
        var checksum = Crc32C.Start();
        checksum.Append(body);
        stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{UserFile.Format}\t{UserFile.Version}\t{checksum}\n")));
        stream.Write(body);
        stream.Flush();

        void Line(params ReadOnlySpan<object> fields)
        {
            for (var i = 0; i < fields.Length; i++) text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : "\t")}{fields[i]}");
            text.Append('\n');
        }
    }
}
