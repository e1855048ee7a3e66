using System.IO.Compression;
using RnnLm.Faults;
using RnnLm.PyTorch.Pickles;
using RnnLm.Safetensors;

namespace RnnLm.PyTorch;

/// <summary>
/// A state_dict that <c>torch.save</c> wrote: a zip archive, not compressed, with a pickle that says what tensors there are, and an entry for
/// the values of each storage. Every byte of an entry that is read goes into its checksum.
/// </summary>
internal sealed class TorchSaveFile : WeightsFile
{
    private const string PickleName = "data.pkl";
    private const int GreatestPickle = SafetensorsHeader.MaximumLength;

    /// <summary>Of a storage no more than this comes into memory: a tensor and the matrix that is tied to it may share one.</summary>
    private const int MostSharing = 2;

    private static readonly string[] StateDictKeys = ["state_dict", "model_state_dict", "model"];

    private readonly Stream stream;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PickledTensor> pickled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorEntry> tensors = new(StringComparer.Ordinal);
    private readonly string folder;

    public TorchSaveFile(Stream stream)
    {
        this.stream = stream;
        ReadEntries();
        var pickle = entries.Keys.Where(name => name.EndsWith($"/{PickleName}", StringComparison.Ordinal) && name.Count(letter => letter == '/') == 1).ToList();
        if (pickle.Count != 1)
            throw new ModelFormatException($"This zip archive is none that torch.save wrote: it has {pickle.Count} entries \"{PickleName}\" in a folder, and must have one.");
        folder = pickle[0][..^PickleName.Length];
        CheckByteOrder();
        ReadTensors(PickleReader.Read(ReadEntry(pickle[0], GreatestPickle)));
    }

    public override IReadOnlyDictionary<string, TensorEntry> Tensors => tensors;

    public override void Read(TensorEntry tensor, Span<float> destination)
    {
        var view = pickled[tensor.Name];
        if (view.IsWholeStorage)
        {
            ReadStorage(view.Storage, destination);
            return;
        }
        var storage = new float[view.Storage.Count];
        ReadStorage(view.Storage, storage);
        view.Gather(storage, destination);
    }

    public override void Dispose() => stream.Dispose();

    private void ReadEntries()
    {
        foreach (var entry in Zip(() => new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true).Entries))
            if (!entries.TryAdd(entry.FullName, entry)) throw new ModelFormatException($"The archive has the entry {Quotation.Of(entry.FullName)} twice.");
        if (entries.Keys.Any(name => name.EndsWith("/constants.pkl", StringComparison.Ordinal)))
            throw new ModelFormatException("This is a TorchScript archive, which is a program. Save the tensors alone, as in torch.save(model.state_dict(), \"weights.pt\").");
        if (entries.Values.FirstOrDefault(entry => entry.Length != entry.CompressedLength) is { } compressed)
            throw new ModelFormatException($"The archive's entry {Quotation.Of(compressed.FullName)} is compressed, as torch.save leaves none; save the state_dict anew.");
        // Entries that lie over one another would be more than there is.
        var total = entries.Values.Aggregate((Int128)0, (sum, entry) => sum + entry.Length);
        if (total > stream.Length) throw new ModelFormatException($"The archive's entries have {total} bytes, and the file {stream.Length}: it is cut short or altered.");
    }

    private void CheckByteOrder()
    {
        if (entries.ContainsKey($"{folder}byteorder") && !ReadEntry($"{folder}byteorder", GreatestPickle).AsSpan().SequenceEqual("little"u8))
            throw new ModelFormatException("The file was written on a big-endian machine; only little-endian ones are read. Save it as safetensors, with save_model of safetensors.torch.");
    }

    private void ReadTensors(object? root)
    {
        var bytes = (Int128)0;
        foreach (var (key, value) in StateDictOf(root))
        {
            if (key is not string name || value is not PickledTensor tensor)
                throw new ModelFormatException($"The state_dict has the entry {Quotation.Of($"{key}")}, which is no tensor. Save model.state_dict() alone.");
            CheckStorage(name, tensor.Storage);
            var length = tensor.Count * TensorEntry.BytesOf(tensor.Storage.Type)!.Value;
            bytes += length;
            pickled.Add(name, tensor);
            tensors.Add(name, new TensorEntry(name, tensor.Storage.Type, tensor.Sizes, 0, length));
        }
        var storages = pickled.Values.Select(tensor => entries[EntryOf(tensor.Storage)]).Distinct().Sum(entry => entry.Length);
        if (bytes > (Int128)MostSharing * storages)
            throw new ModelFormatException($"The tensors have {bytes} bytes and their storages {storages}: they lie over one another more than tied matrices do.");
    }

    private static Dictionary<object, object?> StateDictOf(object? root)
    {
        if (root is not Dictionary<object, object?> dictionary)
            throw new ModelFormatException("The file holds no dictionary of tensors. Save model.state_dict().");
        if (dictionary.Values.Any(value => value is PickledTensor)) return dictionary;
        foreach (var key in StateDictKeys)
            if (dictionary.TryGetValue(key, out var inner) && inner is Dictionary<object, object?> stateDict) return stateDict;
        throw new ModelFormatException(
            $"The file holds a dictionary without tensors, and none under {string.Join(" or ", StateDictKeys.Select(Quotation.Of))}; "
            + $"its keys are {(dictionary.Count == 0 ? "none" : string.Join(", ", dictionary.Keys.Take(10).Select(key => Quotation.Of($"{key}"))))}. Save model.state_dict().");
    }

    private void CheckStorage(string name, PickledStorage storage)
    {
        if (!entries.TryGetValue(EntryOf(storage), out var entry))
            throw new ModelFormatException($"The values of the tensor {Quotation.Of(name)} are missing: the archive has no entry {Quotation.Of(EntryOf(storage))}.");
        if (storage.Count > Array.MaxLength || entry.Length != storage.Count * TensorEntry.BytesOf(storage.Type)!.Value)
        {
            throw new ModelFormatException(
                $"The values of the tensor {Quotation.Of(name)} are {entry.Length} bytes; {storage.Count} of the type {storage.Type} are to be there, at most {Array.MaxLength}.");
        }
    }

    private string EntryOf(PickledStorage storage) => $"{folder}data/{storage.Key}";

    private byte[] ReadEntry(string name, int most)
    {
        var entry = entries[name];
        if (entry.Length > most) throw new ModelFormatException($"The archive's entry {Quotation.Of(name)} has {entry.Length} bytes; {most} are the most.");
        var bytes = new byte[entry.Length];
        var checksum = ZipChecksum.Start();
        using var content = Zip(entry.Open);
        ReadExactly(content, bytes, ref checksum);
        Check(entry, checksum);
        return bytes;
    }

    private void ReadStorage(PickledStorage storage, Span<float> destination)
    {
        var size = TensorEntry.BytesOf(storage.Type)!.Value;
        var entry = entries[EntryOf(storage)];
        var buffer = new byte[Math.Min(BytesInPiece, entry.Length)];
        var checksum = ZipChecksum.Start();
        using var values = Zip(entry.Open);
        while (destination.Length > 0)
        {
            var piece = destination[..Math.Min(destination.Length, buffer.Length / size)];
            var bytes = buffer.AsSpan(0, piece.Length * size);
            ReadExactly(values, bytes, ref checksum);
            TensorValues.Convert(storage.Type, bytes, piece);
            destination = destination[piece.Length..];
        }
        Check(entry, checksum);
    }

    private static void ReadExactly(Stream stream, Span<byte> bytes, ref ZipChecksum checksum)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new ModelFormatException("The file is cut short: it ended while it was being read.");
        checksum.Append(bytes);
    }

    private static void Check(ZipArchiveEntry entry, ZipChecksum checksum)
    {
        if (entry.Crc32 != checksum.Value)
            throw new ModelFormatException($"The file has been altered or damaged: the checksum of its entry {Quotation.Of(entry.FullName)} is not what it was when it was written.");
    }

    /// <summary>Does something with the archive that shows whether it is one.</summary>
    private static T Zip<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException)
        {
            throw new ModelFormatException($"The file is a damaged zip archive: {exception.Message}", exception);
        }
    }
}
