using System.Text;
using System.Text.Json;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>Runs <c>rnnlm</c> in this process, in a folder of its own, and keeps what it wrote.</summary>
public sealed class Shell : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-cli-");

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => Path.Combine(folder.FullName, name);

    public string Folder => folder.FullName;

    public IEnumerable<string> Files => folder.EnumerateFileSystemInfos().Select(file => file.Name).Order(StringComparer.Ordinal);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public Outcome Run(params string[] arguments) => Run("", CancellationToken.None, arguments);

    public Outcome RunWithInput(string input, params string[] arguments) => Run(input, CancellationToken.None, arguments);

    public Outcome RunWithInput(byte[] input, params string[] arguments)
    {
        using var error = new StringWriter();
        return Run(input, error, CancellationToken.None, arguments);
    }

    internal Outcome Run(string input, CancellationToken cancellation, params string[] arguments)
    {
        using var error = new StringWriter();
        return Run(Encoding.UTF8.GetBytes(input), error, cancellation, arguments);
    }

    /// <summary>Runs a command and interrupts it as soon as it has written something to standard error.</summary>
    public Outcome RunUntil(string written, params string[] arguments)
    {
        using var source = new CancellationTokenSource();
        using var error = new InterruptingWriter(written, source);
        return Run([], error, source.Token, arguments);
    }

    private static Outcome Run(byte[] input, StringWriter error, CancellationToken cancellation, string[] arguments)
    {
        using var output = new StringWriter();
        var terminal = new Terminal(() => new MemoryStream(input), output, error);
        var code = RnnLmCommand.Run(arguments, terminal, cancellation);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private sealed class InterruptingWriter(string awaited, CancellationTokenSource source) : StringWriter
    {
        public override void Flush()
        {
            if (GetStringBuilder().ToString().Contains(awaited, StringComparison.Ordinal)) source.Cancel();
        }
    }
}

/// <summary>What a command left: its exit code and what it wrote.</summary>
public sealed record Outcome(int Code, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public JsonElement[] Json => [.. Lines.Select(line => JsonDocument.Parse(line).RootElement)];
}
