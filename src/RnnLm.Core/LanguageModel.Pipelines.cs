using RnnLm.Pipelines;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// Takes the language model out of a pipeline that ML.NET saved with RnnLm.Transforms. Neither ML.NET nor the application's own
    /// assemblies are needed, and nothing else in the file is read.
    /// </summary>
    /// <param name="path">The pipeline, named <c>*.zip</c> by custom.</param>
    /// <param name="columnName">A column that the model makes, where there is more than one model; null where there is one.</param>
    /// <param name="index">
    /// Which language model, from 0 in the order in which they run; null where there is one, or a column tells which. Models that make columns of the
    /// same names are told apart so.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is below 0.</exception>
    /// <exception cref="ModelFormatException">
    /// The file is cut short, altered, of a newer version or no pipeline; or there is no language model in it, or more than one and neither
    /// column nor index tells which.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read or, as <see cref="FileNotFoundException"/>, is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static LanguageModel LoadFromPipeline(string path, string? columnName = null, int? index = null)
        => LoadFromPipeline(path, columnName, index, CancellationToken.None);

    internal static LanguageModel LoadFromPipeline(string path, string? columnName, int? index, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (index is { } place) ArgumentOutOfRangeException.ThrowIfNegative(place, nameof(index));
        return new LanguageModel(PipelineFile.Read(path, columnName, index, cancellation));
    }
}
