using System.Text.Json;
using RnnLm.Faults;

namespace RnnLm.Safetensors;

/// <summary>
/// The header of a safetensors file: an eight-byte little-endian length, then that many bytes of JSON that name every tensor with
/// its type, shape and place, and strings of metadata. Reading checks everything that can be checked without the tensors.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The greatest length of a header that is read; headers of language models have a few thousand bytes.</summary>
    public const int MaximumLength = 1 << 24;

    public const string MetadataName = "__metadata__";

    private const int MostSizes = 8;

    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> metadataStarts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorEntry> tensors = new(StringComparer.Ordinal);

    private SafetensorsHeader()
    {
    }

    public IReadOnlyDictionary<string, string> Metadata => metadata;

    public IReadOnlyDictionary<string, TensorEntry> Tensors => tensors;

    /// <summary>The tensors in the order in which they lie in the file, without a gap between them.</summary>
    public IReadOnlyList<TensorEntry> TensorsInFile { get; private set; } = [];

    /// <summary>The number of bytes of all tensors.</summary>
    public long DataLength { get; private set; }

    /// <summary>Reads a header.</summary>
    /// <param name="json">The JSON, without the eight bytes before it.</param>
    /// <exception cref="ModelFormatException">The header is not valid.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json)
    {
        var header = new SafetensorsHeader();
        try
        {
            var reader = new Utf8JsonReader(json);
            header.ReadEntries(ref reader);
            while (reader.Read())
            {
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how the JSON reader reports text that is not valid UTF-8.
            throw new ModelFormatException($"The header is not valid JSON: {exception.Message}", exception);
        }
        header.CheckPlaces();
        return header;
    }

    /// <summary>The metadata whose names begin so, without that beginning.</summary>
    public Dictionary<string, string> MetadataUnder(string prefix)
    {
        var values = new Dictionary<string, string>();
        foreach (var (key, value) in metadata)
            if (key.StartsWith(prefix, StringComparison.Ordinal)) values.Add(key[prefix.Length..], value);
        return values;
    }

    /// <summary>Where in the JSON the text of a piece of metadata begins.</summary>
    /// <param name="key">The name of one that is there.</param>
    public int StartOf(string key) => metadataStarts[key];

    private void ReadEntries(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new ModelFormatException("The header is not a JSON object.");
        var hasMetadata = false;
        while (NextName(ref reader, out var name))
        {
            if (name == MetadataName)
            {
                if (hasMetadata) throw new ModelFormatException($"The header has \"{MetadataName}\" twice.");
                hasMetadata = true;
                ReadMetadata(ref reader);
            }
            else if (!tensors.TryAdd(name, ReadTensor(ref reader, name)))
            {
                throw new ModelFormatException($"The header has the tensor {Quotation.Of(name)} twice.");
            }
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, MetadataName);
        while (NextName(ref reader, out var key))
        {
            Expect(ref reader, JsonTokenType.String, key);
            if (!metadata.TryAdd(key, reader.GetString()!))
                throw new ModelFormatException($"The metadata have {Quotation.Of(key)} twice.");
            metadataStarts.Add(key, (int)reader.TokenStartIndex + 1);
        }
    }

    private static TensorEntry ReadTensor(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        Expect(ref reader, JsonTokenType.StartObject, name);
        while (NextName(ref reader, out var key))
        {
            var isNew = key switch
            {
                "dtype" => type is null,
                "shape" => shape is null,
                "data_offsets" => offsets is null,
                _ => throw new ModelFormatException($"The tensor {Quotation.Of(name)} has an entry {Quotation.Of(key)}, which safetensors does not know."),
            };
            if (!isNew) throw new ModelFormatException($"The tensor {Quotation.Of(name)} has {Quotation.Of(key)} twice.");
            if (key == "dtype")
            {
                Expect(ref reader, JsonTokenType.String, name);
                type = reader.GetString()!;
            }
            else if (key == "shape")
            {
                shape = ReadSizes(ref reader, name);
            }
            else
            {
                offsets = ReadSizes(ref reader, name);
            }
        }
        if (type is null || shape is null || offsets is null)
            throw new ModelFormatException($"The tensor {Quotation.Of(name)} lacks its dtype, shape or data_offsets.");
        if (offsets.Length != 2 || offsets[1] < offsets[0])
            throw new ModelFormatException($"The tensor {Quotation.Of(name)} has the offsets [{string.Join(", ", offsets)}]; they are to be its beginning and its end.");

        var entry = new TensorEntry(name, type, shape, offsets[0], offsets[1]);
        var size = TensorEntry.BytesOf(type) ?? throw new ModelFormatException($"The tensor {Quotation.Of(name)} is of the type {Quotation.Of(type)}, which is not known.");
        long bytes = size;
        foreach (var extent in shape) bytes = extent == 0 || bytes <= long.MaxValue / extent ? bytes * extent : long.MaxValue;
        if (bytes != entry.Length)
            throw new ModelFormatException($"The tensor {Quotation.Of(name)} of type {type} and shape {entry.ShapeText} has {entry.Length} bytes; that many values have {bytes} bytes.");
        return entry;
    }

    private static long[] ReadSizes(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, JsonTokenType.StartArray, name);
        var sizes = new long[MostSizes];
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var size) || size < 0 || count == MostSizes)
                throw new ModelFormatException($"The sizes of the tensor {Quotation.Of(name)} are to be at most {MostSizes} whole numbers from 0.");
            sizes[count++] = size;
        }
        return sizes[..count];
    }

    /// <summary>Tensors must fill the data without gap or overlap, from the first byte on.</summary>
    private void CheckPlaces()
    {
        var inFile = tensors.Values.ToArray();
        Array.Sort(inFile, (x, y) => (x.Begin, x.End).CompareTo((y.Begin, y.End)));
        foreach (var tensor in inFile)
        {
            if (tensor.Begin != DataLength)
            {
                throw new ModelFormatException(
                    $"The tensor {Quotation.Of(tensor.Name)} begins at byte {tensor.Begin} of the data, where byte {DataLength} is next: tensors overlap or leave a gap.");
            }
            DataLength = tensor.End;
        }
        TensorsInFile = inFile;
    }

    private static bool NextName(ref Utf8JsonReader reader, out string name)
    {
        reader.Read();
        var found = reader.TokenType == JsonTokenType.PropertyName;
        name = found ? reader.GetString()! : "";
        return found;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string where)
    {
        reader.Read();
        if (reader.TokenType != type)
            throw new ModelFormatException($"The header has a {reader.TokenType} at {Quotation.Of(where)} where it should have a {type}.");
    }
}
