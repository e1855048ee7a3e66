using System.IO.Compression;
using RnnLm.Faults;

namespace RnnLm.Fuzz.Mutations;

/// <summary>Changes the entries of a zip archive and packs them anew, with checksums that are right.</summary>
/// <param name="mutationOf">What changes an entry, of its name and content; null where it is left as it is.</param>
/// <param name="compression">How entries are packed.</param>
internal sealed class ZipMutation(Func<string, byte[], IMutation?> mutationOf, CompressionLevel compression) : IMutation
{
    private const int GreatestEntry = 1 << 20;

    public byte[] Apply(byte[] input, Dice dice)
    {
        var entries = Unpack(input);
        if (entries.Count == 0) throw new InvalidDataException("It has no entries.");
        if (dice.Chance(85)) ChangeContent(entries, dice);
        else ChangeEntries(entries, dice);
        return Pack(entries, dice.Chance(95) ? compression : CompressionLevel.Fastest);
    }

    private void ChangeContent(List<(string Name, byte[] Content)> entries, Dice dice)
    {
        int[] candidates = [.. Enumerable.Range(0, entries.Count).Where(place => mutationOf(entries[place].Name, entries[place].Content) is not null)];
        if (candidates.Length == 0) return;
        var place = dice.Pick(candidates);
        var (name, content) = entries[place];
        entries[place] = (name, mutationOf(name, content)!.Apply(content, dice));
    }

    private static void ChangeEntries(List<(string Name, byte[] Content)> entries, Dice dice)
    {
        var (place, other) = (dice.Below(entries.Count), dice.Below(entries.Count));
        var (name, content) = entries[place];
        switch (dice.Below(5))
        {
            case 0:
                entries.RemoveAt(place);
                break;
            case 1:
                entries.Add((dice.Chance(50) ? name : $"{name}{dice.Below(10)}", content));
                break;
            case 2:
                entries[place] = (entries[other].Name, content);
                break;
            case 3:
                entries[place] = (name, entries[other].Content);
                break;
            default:
                entries[place] = (name.Insert(dice.Below(name.Length), dice.Pick(["/", "..", "\\", "\0", "a", "é"])), content);
                break;
        }
    }

    private static List<(string Name, byte[] Content)> Unpack(byte[] input)
    {
        using var archive = new ZipArchive(new MemoryStream(input), ZipArchiveMode.Read);
        var entries = new List<(string, byte[])>();
        foreach (var entry in archive.Entries)
        {
            if (entry.Length > GreatestEntry) throw new InvalidDataException($"The entry {Quotation.Of(entry.FullName)} is long.");
            using var stream = entry.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            entries.Add((entry.FullName, content.ToArray()));
        }
        return entries;
    }

    private static byte[] Pack(List<(string Name, byte[] Content)> entries, CompressionLevel compression)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = archive.CreateEntry(name.Length == 0 ? "-" : name, compression).Open();
                stream.Write(content);
            }
        }
        return bytes.ToArray();
    }
}
