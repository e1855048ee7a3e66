using RnnLm.Cli.Input;
using RnnLm.Cli.Output;
using RnnLm.Persistence;

namespace RnnLm.Cli.Flags;

/// <summary>The files that a command line names, those that are read and those that are written: what is wrong with them is found before any is opened.</summary>
sealed class NamedFiles
{
    // Where Unix has it; elsewhere it leads to nothing.
    private const string StandardInput = "/dev/stdin";

    private readonly List<NamedFile> inputs = [];
    private readonly List<NamedFile> replaceables = [];
    private readonly List<NamedFile> outputs = [];
    private readonly List<NamedFile> folders = [];

    /// <summary>Adds a file that is read.</summary>
    public void AddInput(string flag, string path) => inputs.Add(new NamedFile(flag, path, IsStandardInput: false));

    /// <summary>Adds files of text that are read; <c>-</c> among them is standard input.</summary>
    public void AddTexts(string flag, string[] paths)
    {
        foreach (var path in paths) inputs.Add(path == TextInput.StandardInput ? new NamedFile(flag, StandardInput, IsStandardInput: true) : new NamedFile(flag, path, IsStandardInput: false));
    }

    /// <summary>Adds a file that is read before anything is written: it may be written as well.</summary>
    public void AddReplaceable(string flag, string path) => replaceables.Add(new NamedFile(flag, path, IsStandardInput: false));

    /// <summary>Adds a file that is written.</summary>
    public void AddOutput(string flag, string path) => outputs.Add(new NamedFile(flag, path, IsStandardInput: false));

    /// <summary>Adds a folder in which files are written.</summary>
    public void AddFolder(string flag, string path) => folders.Add(new NamedFile(flag, path, IsStandardInput: false));

    /// <summary>Finds what is wrong with them.</summary>
    /// <param name="takenOver">The flags that are those of an earlier command line, whose files may be in another place by now.</param>
    /// <exception cref="UsageException">Something that is written is read as well, or is written twice, or standard input is read twice.</exception>
    /// <exception cref="IOException">A file is not there, or cannot be written.</exception>
    public void Check(IReadOnlySet<string> takenOver)
    {
        if (inputs.Where(input => input.IsStandardInput).ToList() is [var first, var second, ..])
            throw new UsageException($"Standard input can be read once, and is named twice: {first.Flag} and {second.Flag} are both -.");
        for (var i = 0; i < outputs.Count; i++)
        {
            foreach (var other in inputs.Concat(outputs.Take(i))) CheckDifferent(other, outputs[i]);
        }
        foreach (var folder in folders)
        {
            foreach (var output in outputs) CheckBeside(output, folder);
        }
        foreach (var input in inputs.Concat(replaceables)) CheckReadable(input, takenOver);
        foreach (var output in outputs) AtomicFile.CheckWritable(output.Path);
        foreach (var folder in folders) CheckFolder(folder);
    }

    private static void CheckDifferent(NamedFile other, NamedFile output)
    {
        if (FileIdentity.AreSame(output.Path, other.Path))
            throw new UsageException($"{other.Flag} and {output.Flag} are one file, {Printable.Quotation(output.Path)}, which would be lost; write another.");
    }

    private static void CheckReadable(NamedFile file, IReadOnlySet<string> takenOver)
    {
        if (file.IsStandardInput) return;
        if (Directory.Exists(file.Path)) throw new IOException($"{file.Flag}: {Printable.Quotation(file.Path)} is a folder; name a file in it.");
        if (File.Exists(file.Path)) return;
        var right = takenOver.Contains(file.Flag) ? $" Training goes on with what it began with: put it back, or say with {file.Flag} where it is now." : "";
        throw new FileNotFoundException($"{file.Flag}: there is no file {Printable.Quotation(file.Path)}.{right}");
    }

    /// <summary>A file cannot be written where a folder will be made, or on the way to it.</summary>
    private static void CheckBeside(NamedFile output, NamedFile folder)
    {
        for (var place = FileIdentity.RealPathOf(folder.Path); !Directory.Exists(place); place = Path.GetDirectoryName(place)!)
        {
            if (FileIdentity.AreSame(output.Path, place))
                throw new UsageException($"{output.Flag} is {Printable.Quotation(output.Path)}, which {folder.Flag} will make a folder; name another.");
        }
    }

    /// <summary>Files can be written in a folder that is there, and in the nearest one on the way to a folder that is not.</summary>
    private static void CheckFolder(NamedFile folder)
    {
        var place = FileIdentity.RealPathOf(folder.Path);
        while (!Directory.Exists(place))
        {
            if (File.Exists(place)) throw new IOException($"{folder.Flag}: {Printable.Quotation(place)} is a file; name a folder.");
            place = Path.GetDirectoryName(place)!;
        }
        try
        {
            AtomicFile.CheckWritable(Path.Join(place, "checkpoint"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{folder.Flag}: nothing can be written in {Printable.Quotation(place)}: {(fault.InnerException ?? fault).Message}", fault);
        }
    }

    private sealed record NamedFile(string Flag, string Path, bool IsStandardInput);
}
