using RnnLm.Persistence;
using RnnLm.Users;

namespace RnnLm;

public sealed partial class UserModel
{
    /// <summary>Loads a user model from its file.</summary>
    /// <param name="path">The file, named <c>*.user</c> by custom.</param>
    /// <exception cref="ModelFormatException">The file is cut short, altered, of a newer version, or not that of a user model.</exception>
    /// <exception cref="IOException">The file cannot be read or, as <see cref="FileNotFoundException"/>, is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static UserModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = FileSystem.Real.OpenToRead(path);
        try
        {
            return Load(stream);
        }
        catch (ModelFormatException exception)
        {
            throw new ModelFormatException($"\"{path}\" cannot be loaded. {exception.Message}", exception);
        }
    }

    /// <summary>Loads a user model from a stream.</summary>
    /// <param name="stream">The stream, from its present position to its end.</param>
    /// <exception cref="ModelFormatException">It is cut short, altered, of a newer version, or not the file of a user model.</exception>
    public static UserModel Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var file = UserFileReader.Read(stream);
        var model = new UserModel();
        foreach (var (word, count) in file.Words) model.Count(model.PlaceOf(word), count);
        foreach (var (context, word, count) in file.NGrams) model.Count(context, word, count);
        model.Version++;
        return model;
    }

    /// <summary>Saves the user model to a file, which holds what was there before or all of the user model, whatever happens.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to; the message names it.</exception>
    public void Save(string path) => AtomicFile.Write(path, Save);

    /// <summary>Saves the user model to a stream. The same words learned in the same order give the same bytes.</summary>
    /// <param name="stream">The stream to write to, from its present position on.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        // Words that were taken back have no place in a file.
        var places = new int[words.Count];
        var kept = new List<(string Word, int Count)>();
        for (var place = 0; place < words.Count; place++)
        {
            places[place] = kept.Count;
            if (counts[place] > 0) kept.Add((words[place], counts[place]));
        }
        var nGrams = followers
            .Where(entry => IsKnown(entry.Key.Last) && (entry.Key.LastButOne < 0 || IsKnown(entry.Key.LastButOne)))
            .SelectMany(entry => entry.Value.Counts, (entry, after) => (Context: entry.Key, Word: after.Key, Count: after.Value))
            .Where(nGram => IsKnown(nGram.Word))
            .Select(nGram => (Context: nGram.Context.Map(place => places[place]), Word: places[nGram.Word], nGram.Count))
            .OrderBy(nGram => nGram.Context.LastButOne).ThenBy(nGram => nGram.Context.Last).ThenBy(nGram => nGram.Word);
        UserFileWriter.Write(new UserFile(kept, [.. nGrams]), stream);

        bool IsKnown(int place) => counts[place] > 0;
    }
}
