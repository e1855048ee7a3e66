using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Serialization;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;
using RnnLm.Persistence;

namespace RnnLm.Cli.Flags;

/// <summary>A command line that can be gone on with at another time and place.</summary>
/// <param name="Texts">By the name of each flag and argument, what was written for it; of a switch that is nothing.</param>
/// <param name="Folder">The folder in which it was given, where its relative paths begin.</param>
sealed record KeptCommandLine(IReadOnlyDictionary<string, string[]> Texts, string Folder)
{
    private const string CommandLine = "command_line";
    private const string WorkingDirectory = "working_directory";

    /// <summary>The command line as notes.</summary>
    public IReadOnlyDictionary<string, string> Notes => new Dictionary<string, string>
    {
        [CommandLine] = JsonSerializer.Serialize(Texts, CommandLineJson.Default.IReadOnlyDictionaryStringStringArray),
        [WorkingDirectory] = Folder,
    };

    /// <summary>Whether text that a path led to cannot be read again: what a process had open is gone with it.</summary>
    public static bool IsGone(string path) => path == TextInput.StandardInput || FileIdentity.IsDevice(path);

    /// <summary>The command line as it is given here and now.</summary>
    public static KeptCommandLine Of(CommandResult command)
    {
        var texts = new Dictionary<string, string[]>();
        foreach (var child in command.Children)
        {
            var name = child switch
            {
                OptionResult { Implicit: false } option => option.Option.Name,
                ArgumentResult { Tokens.Count: > 0 } argument => argument.Argument.Name,
                _ => null,
            };
            if (name is not null) texts.Add(name, [.. child.Tokens.Select(token => token.Value)]);
        }
        return new KeptCommandLine(texts, Environment.CurrentDirectory);
    }

    /// <summary>The command line that notes hold; null where they hold none.</summary>
    /// <exception cref="InvalidDataException">They hold something else in its place.</exception>
    public static KeptCommandLine? Of(IReadOnlyDictionary<string, string> notes)
    {
        if (!notes.TryGetValue(CommandLine, out var json) || !notes.TryGetValue(WorkingDirectory, out var folder)) return null;
        try
        {
            var texts = JsonSerializer.Deserialize(json, CommandLineJson.Default.DictionaryStringStringArray);
            if (texts is not null && texts.Values.All(value => value?.All(text => text is not null) == true) && Path.IsPathFullyQualified(folder))
                return new KeptCommandLine(texts, folder);
        }
        catch (JsonException)
        {
            // Told below, as what is JSON and nevertheless no command line.
        }
        throw new InvalidDataException("The command line that is kept in the checkpoint is none; give all of it again.");
    }

    /// <summary>The same command line with whole paths in place of relative ones.</summary>
    /// <param name="paths">The names of what is the name of a file or a folder.</param>
    /// <param name="texts">The names, among them, of what is read as text.</param>
    public KeptCommandLine WithWholePaths(IReadOnlySet<string> paths, IReadOnlySet<string> texts) => this with
    {
        Texts = Texts.ToDictionary(given => given.Key, given => !paths.Contains(given.Key)
            ? given.Value
            : [.. given.Value.Select(path => texts.Contains(given.Key) && IsGone(path) ? path : Path.GetFullPath(path, Folder))]),
    };

    /// <summary>This command line with what another has beside it or in its place, which is given here and now.</summary>
    /// <param name="now">The other.</param>
    /// <param name="texts">The names of what is read as text.</param>
    /// <exception cref="UsageException">Text came from where it cannot be read again.</exception>
    public KeptCommandLine CompletedBy(KeptCommandLine now, IReadOnlySet<string> texts)
    {
        var all = new Dictionary<string, string[]>(now.Texts);
        foreach (var (name, values) in Texts.Where(given => !all.ContainsKey(given.Key)))
        {
            if (texts.Contains(name) && values.FirstOrDefault(IsGone) is { } gone)
                throw new UsageException($"{name} was {(gone == TextInput.StandardInput ? "standard input" : Printable.Quotation(gone))}, which is not there to be read again; give {name} anew.");
            all.Add(name, values);
        }
        return new KeptCommandLine(all, now.Folder);
    }

    /// <summary>The same command line without some flags.</summary>
    public KeptCommandLine Without(params IEnumerable<string> names)
    {
        var texts = new Dictionary<string, string[]>(Texts);
        foreach (var name in names) texts.Remove(name);
        return this with { Texts = texts };
    }

    /// <summary>The command line as it is written: flags, each joined to its value, and after two dashes arguments.</summary>
    /// <param name="arguments">The names of the arguments, in their order.</param>
    public IReadOnlyList<string> Write(IEnumerable<string> arguments)
    {
        var last = arguments.Where(Texts.ContainsKey).ToList();
        var written = new List<string>();
        foreach (var (name, values) in Texts.Where(given => !last.Contains(given.Key)))
        {
            written.Add(values is [var first, ..] ? $"{name}={first}" : name);
            written.AddRange(values.Skip(1));
        }
        if (last.Count > 0) written.Add("--");
        written.AddRange(last.SelectMany(name => Texts[name]));
        return written;
    }
}

/// <summary>How the texts become JSON and come back, without reflection.</summary>
[JsonSerializable(typeof(IReadOnlyDictionary<string, string[]>))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
sealed partial class CommandLineJson : JsonSerializerContext;
