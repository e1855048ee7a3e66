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

        ChecksummedBody.Write(Encoding.UTF8.GetBytes(text.ToString()), UserFile.Format, UserFile.Version, stream);

        void Line(params ReadOnlySpan<object> fields)
        {
            for (var i = 0; i < fields.Length; i++) text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : "\t")}{fields[i]}");
            text.Append('\n');
        }
    }
}
