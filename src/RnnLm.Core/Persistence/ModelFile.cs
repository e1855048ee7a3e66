using System.Globalization;
using System.Text;

namespace RnnLm.Persistence;

/// <summary>
/// The model file: a safetensors file whose metadata hold everything that is not a matrix. This class has the names; the reader and
/// the writer are beside it.
/// </summary>
/// <remarks>
/// <para>Metadata, all of them text: <c>format</c> (<c>rnnlm</c>), <c>format_version</c>, <c>crc32c</c>, <c>precision</c>, <c>shape.*</c>, <c>tokenizer.*</c>,
/// <c>training.*</c> and <c>figure.*</c>.</para>
/// <para>Tensors: the network's weights under the names of <see cref="NetworkParameter.Name"/>, 32-bit floating point; the words as UTF-8, one after
/// the other, in <c>vocabulary.words</c>; and where each begins, with the total length at the end, in <c>vocabulary.offsets</c>.</para>
/// <para>A quantised model has <c>precision</c> <c>int8</c> in its metadata. A matrix named <c>m</c> is then of 8-bit integers, and
/// <c>m.scales</c>, 32-bit floating point, has a number for each of its rows by which they are to be multiplied. A model with an adaptive
/// softmax has <c>shape.adaptive_cutoffs</c>, whole numbers separated by commas, and <c>shape.adaptive_division_factor</c>. Files of these
/// two kinds are of format version 2; any other is of version 1, so that programs that know nothing of them read it too.</para>
/// <para>The checksum is the CRC-32C of the whole file, worked out with the checksum's own eight digits as zeros. A file without one is read
/// too, so that other programs may write model files.</para>
/// </remarks>
internal static class ModelFile
{
    public const string Format = "rnnlm";
    public const int Version = 1;
    public const int QuantizedVersion = 2;
    public const int AdaptiveSoftmaxVersion = 2;
    public const int NewestVersion = 2;

    public const string FormatKey = "format";
    public const string VersionKey = "format_version";
    public const string ChecksumKey = "crc32c";
    public const string PrecisionKey = "precision";
    public const string CellKey = "shape.cell";
    public const string VocabularySizeKey = "shape.vocabulary_size";
    public const string EmbeddingSizeKey = "shape.embedding_size";
    public const string HiddenSizeKey = "shape.hidden_size";
    public const string LayersKey = "shape.layers";
    public const string TiedKey = "shape.tied";
    public const string AdaptiveCutoffsKey = "shape.adaptive_cutoffs";
    public const string AdaptiveDivisionFactorKey = "shape.adaptive_division_factor";
    public const string TokenizerPrefix = "tokenizer.";
    public const string TrainingPrefix = "training.";
    public const string FigurePrefix = "figure.";

    public const string QuantizedPrecision = "int8";

    public const string ScalesSuffix = ".scales";
    public const string OffsetsTensor = "vocabulary.offsets";
    public const string WordsTensor = "vocabulary.words";

    /// <summary>The digits of a checksum that is not known yet.</summary>
    public const string NoChecksum = "00000000";

    /// <summary>UTF-8 that throws on what is not text instead of replacing it.</summary>
    public static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lowest version whose readers understand a model.</summary>
    public static int VersionFor(LanguageModel model) => Math.Max(
        model.IsQuantized ? QuantizedVersion : Version, model.Shape.AdaptiveSoftmax is null ? Version : AdaptiveSoftmaxVersion);

    public static string ChecksumText(Crc32C checksum) => checksum.Value.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>The sizes of a parameter's tensor: two of a matrix, one of a vector.</summary>
    public static long[] ShapeOf(NetworkParameter parameter) => parameter.Columns == 1 ? [parameter.Rows] : [parameter.Rows, parameter.Columns];

    public static void Write(LanguageModel model, string path)
    {
        var writer = new ModelFileWriter(model);
        AtomicFile.Write(path, writer.Write);
    }

    public static void Write(LanguageModel model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        new ModelFileWriter(model).Write(stream);
    }

    public static LanguageModel Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // The reader asks for large pieces, so a buffer in between would only cost a copy.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        try
        {
            return Read(stream);
        }
        catch (ModelFormatException exception)
        {
            throw new ModelFormatException($"\"{path}\" cannot be loaded. {exception.Message}", exception);
        }
    }

    public static LanguageModel Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new ModelFileReader(stream).Read();
    }
}
