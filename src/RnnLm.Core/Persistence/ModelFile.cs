namespace RnnLm.Persistence;

/// <summary>
/// The model file: a safetensors file whose metadata hold everything that is not a matrix. The reader and the writer are beside this
/// class, which opens files.
/// </summary>
/// <remarks>
/// <para>Metadata, all of them text: <c>format</c> (<c>rnnlm</c>), <c>format_version</c>, <c>crc32c</c>, <c>precision</c>, <c>shape.*</c>, <c>tokenizer.*</c>,
/// <c>training.*</c> and <c>figure.*</c>.</para>
/// <para>Tensors: the network's weights under the names of <see cref="NetworkParameter.Name"/>, 32-bit floating point; the words as UTF-8, one after
/// the other, in <c>vocabulary.words</c>; and where each begins, with the total length at the end, in <c>vocabulary.offsets</c>.</para>
/// <para>A quantised model has <c>precision</c> <c>int8</c> in its metadata. A matrix named <c>m</c> is then of 8-bit integers, and
/// <c>m.scales</c>, 32-bit floating point, has a number for each of its rows by which they are to be multiplied. A model with an adaptive
/// softmax has <c>shape.adaptive_cutoffs</c>, whole numbers separated by commas, and <c>shape.adaptive_division_factor</c>. Files of these
/// two kinds are of format version 2. One whose hidden states are projected has <c>shape.projection_size</c>; it and one of CIFG cells are of version 3. One whose
/// tokenizer is of subwords has their merges in <c>tokenizer.merges</c>, a line each, and is of version 4. Any other is of version 1, so that programs that know nothing of them read it
/// too.</para>
/// <para>What was added to a model makes the file one of version 3. A cache is <c>cache.size</c>, <c>cache.weight</c> and <c>cache.sharpness</c> in the metadata.
/// An n-gram model is <c>ngram.weight</c>, <c>ngram.tokenizer.*</c>, <c>ngram.training.*</c> and <c>ngram.figure.*</c>, and the tensors of <see cref="NGramTensors"/> and
/// <see cref="NGramSection"/> under <c>ngram.</c>. An ensemble has <c>members.weights</c>, numbers separated by commas, and of each member <c>i</c> metadata and tensors
/// as a model has them under <c>members.i.</c>, but for vocabulary and tokenizer, which all have in common; it has no shape, tensors of weights and training of its own.</para>
/// <para>The checksum is the CRC-32C of the whole file, worked out with the checksum's own eight digits as zeros. A file without one is read
/// too, so that other programs may write model files.</para>
/// </remarks>
internal static class ModelFile
{
    // Names, sizes and places of the tensors and the metadata; a model of sixteen layers has 7 KiB of them.
    private const long RoomForHeader = 1 << 16;

    // A character that JSON escapes.
    private const long BytesOfCharacter = 6;

    /// <summary>How long the file of a single-precision model will be at most, known before there is anything in it.</summary>
    public static long GreatestLength(NetworkShape shape, Vocabulary vocabulary, Tokenizer tokenizer)
        => RoomForHeader + (tokenizer.Settings.Values.Sum(value => value.Length) * BytesOfCharacter) + (shape.ParameterCount * sizeof(float)) + VocabularyTensors.LengthOf(vocabulary);

    public static void Write(ModelParts model, string path, CancellationToken cancellation = default, FileSystem? files = null)
    {
        var writer = new ModelFileWriter(model);
        AtomicFile.Write(path, writer.Write, cancellation, files);
    }

    public static void Write(ModelParts model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        new ModelFileWriter(model).Write(stream);
    }

    /// <summary>The checksum that the file of a model has: eight hexadecimal digits by which one model is known from another.</summary>
    public static string ChecksumOf(ModelParts model) => new ModelFileWriter(model).Checksum();

    public static ModelParts Read(string path, CancellationToken cancellation = default, FileSystem? files = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = (files ?? FileSystem.Real).OpenToRead(path);
        try
        {
            return Read(CancellableStream.Of(stream, cancellation));
        }
        catch (ModelFormatException exception)
        {
            throw new ModelFormatException($"\"{path}\" cannot be loaded. {exception.Message}", exception);
        }
    }

    public static ModelParts Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ModelFileReader.Read(stream);
    }
}
