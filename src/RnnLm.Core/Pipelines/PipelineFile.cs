using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using RnnLm.Faults;
using RnnLm.Persistence;

namespace RnnLm.Pipelines;

/// <summary>
/// A pipeline that ML.NET saved, read without ML.NET: of the zip archive those entries alone that carry a payload. Where they lie, and how
/// steps that were written before look, <see cref="LiteralStep"/> and <see cref="MappedValue"/> say.
/// </summary>
internal sealed class PipelineFile : IDisposable
{
    private const string LanguageModelKind = "language model";
    private const string ColumnSuffix = "ColumnName";
    private const string InputColumn = "inputColumnName";

    private const int MostOfStep = 1 << 20;

    private readonly ZipArchive archive;

    private PipelineFile(ZipArchive archive) => this.archive = archive;

    /// <summary>A language model in a pipeline.</summary>
    /// <param name="Columns">The names of the columns that it makes.</param>
    /// <param name="Content">The model file.</param>
    public sealed record CarriedModel(IReadOnlyList<string> Columns, Stream Content);

    /// <summary>Whether a zip archive is one that ML.NET saved; it is left open.</summary>
    public static bool IsOne(Stream stream)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return archive.Entries.Any(entry => entry.FullName.Replace('\\', '/') == "TrainingInfo/Version.txt");
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Reads the language model of a pipeline, or the one that makes a column.</summary>
    /// <exception cref="ModelFormatException">There is no such model, more than one, or no pipeline.</exception>
    public static ModelParts Read(string path, string? column, CancellationToken cancellation)
    {
        using var stream = CancellableStream.Of(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), cancellation);
        try
        {
            if (stream.ReadByte() != 'P' || stream.ReadByte() != 'K') throw new ModelFormatException("It is no pipeline that ML.NET saved, which is a zip archive.");
            using var file = new PipelineFile(new ZipArchive(stream, ZipArchiveMode.Read));
            return ModelFile.Read(Choose([.. file.LanguageModels()], column).Content);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or ModelFormatException or JsonException
            or KeyNotFoundException or InvalidOperationException)
        {
            throw new ModelFormatException($"No language model can be taken out of \"{path}\". {exception.Message}", exception);
        }
    }

    public void Dispose() => archive.Dispose();

    private static CarriedModel Choose(IReadOnlyList<CarriedModel> models, string? column)
    {
        if (models.Count == 0) throw new ModelFormatException("There is none in it, or it is no pipeline that ML.NET saved.");
        var chosen = column is null ? models : [.. models.Where(model => model.Columns.Contains(column))];
        if (chosen.Count == 1) return chosen[0];
        var choice = string.Join("; ", models.Select(model => model.Columns.Count == 0 ? "no column" : string.Join(", ", model.Columns)));
        throw new ModelFormatException(column is null
            ? $"There are {models.Count} in it: name a column of the one that is wanted. They make these: {choice}."
            : chosen.Count == 0 ? $"None in it makes the column {Quotation.Of(column)}. These are made: {choice}."
            : $"The column {Quotation.Of(column)} is made by {chosen.Count} of the {models.Count} in it. They make these: {choice}.");
    }

    private IEnumerable<CarriedModel> LanguageModels()
    {
        foreach (var payload in Payloads())
        {
            using var settings = JsonDocument.Parse(payload.Settings);
            if (settings.RootElement.GetProperty("kind").GetString() != LanguageModelKind) continue;
            var columns = settings.RootElement.GetProperty("columns").EnumerateObject()
                .Where(option => option.Name.EndsWith(ColumnSuffix, StringComparison.Ordinal) && option.Name != InputColumn && option.Value.ValueKind == JsonValueKind.String)
                .Select(option => option.Value.GetString()!);
            yield return new CarriedModel([.. columns], payload.Content);
        }
    }

    private IEnumerable<CarriedPayload> Payloads()
    {
        // The pieces of a payload are steps of one chain, in its order.
        var literals = archive.Entries.Where(entry => entry.Name == LiteralStep.EntryName)
            .Select(entry => (Chain: ChainOf(entry), Literal: LiteralStep.Read(entry)))
            .Where(step => step.Literal is not null)
            .GroupBy(step => step.Chain, step => step.Literal.AsMemory());
        foreach (var literal in literals) yield return CarriedPayload.Read([.. literal]);
        foreach (var entry in archive.Entries)
            if (entry.Name == MappedValue.EntryName && IsOfPayload(entry) && MappedValue.Read(entry) is { } pieces) yield return CarriedPayload.Read(pieces);
    }

    /// <summary>Whether the step that a dictionary belongs to makes the payload's column; an application may have others.</summary>
    private bool IsOfPayload(ZipArchiveEntry dictionary)
    {
        if (archive.GetEntry(dictionary.FullName[..^MappedValue.EntryName.Length] + LiteralStep.EntryName) is not { Length: < MostOfStep } step) return false;
        var bytes = new byte[step.Length];
        using var stream = step.Open();
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(MemoryMarshal.AsBytes(CarriedPayload.ColumnName.AsSpan())) >= 0;
    }

    /// <summary>The folder of the chain that a step belongs to.</summary>
    private static string? ChainOf(ZipArchiveEntry entry) => Path.GetDirectoryName(Path.GetDirectoryName(entry.FullName));
}
