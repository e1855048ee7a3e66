using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Flags;

/// <summary>The files that a command line names, those that are read and those that are written: what is wrong with them is found before any is opened.</summary>
sealed class NamedFiles
{
    private readonly List<(string Flag, string Path)> inputs = [];
    private readonly List<(string Flag, string Path)> outputs = [];

    /// <summary>Adds files that are read; <c>-</c> among them is standard input.</summary>
    public void AddInputs(string flag, params IEnumerable<string> paths) => inputs.AddRange(paths.Select(path => (flag, path)));

    /// <summary>Adds a file that is written.</summary>
    public void AddOutput(string flag, string path) => outputs.Add((flag, path));

    /// <exception cref="UsageException">Something that is written is read as well, or is written twice, or standard input is read twice.</exception>
    /// <exception cref="IOException">A file is not there, or cannot be written.</exception>
    public void Check()
    {
        var fromInput = inputs.Where(input => input.Path == TextInput.StandardInput).ToList();
        if (fromInput.Count > 1)
            throw new UsageException($"Standard input can be read once, and is named twice: {fromInput[0].Flag} and {fromInput[1].Flag} are both -.");
        foreach (var (index, output) in outputs.Index())
        {
            foreach (var other in inputs.Where(input => input.Path != TextInput.StandardInput).Concat(outputs.Take(index)))
            {
                if (FileIdentity.AreSame(output.Path, other.Path))
                    throw new UsageException($"{other.Flag} and {output.Flag} are one file, {Printable.Quotation(output.Path)}, which would be lost; write another.");
            }
        }
        foreach (var (flag, path) in inputs.Where(input => input.Path != TextInput.StandardInput)) CheckReadable(flag, path);
        foreach (var (_, path) in outputs) OutputFile.CheckWritable(path);
    }

    private static void CheckReadable(string flag, string path)
    {
        if (Directory.Exists(path)) throw new IOException($"{flag}: {Printable.Quotation(path)} is a folder; name a file in it.");
        if (!File.Exists(path)) throw new FileNotFoundException($"{flag}: there is no file {Printable.Quotation(path)}.");
    }
}
