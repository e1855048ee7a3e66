namespace RnnLm.Cli.Completion;

/// <summary>
/// What lets a shell complete the command line, a file beside this one. It hands over the words after <c>rnnlm</c> as they stand before the cursor, asks
/// <c>rnnlm [suggest]</c> how the last goes on, and offers names of files where that names nothing but flags, or nothing.
/// </summary>
/// <param name="Shell">The shell's name.</param>
/// <param name="Extension">The extension of the file.</param>
/// <param name="Installation">The line that a person writes into the file that the shell reads when it starts.</param>
sealed record CompletionScript(string Shell, string Extension, string Installation)
{
    public static IReadOnlyList<CompletionScript> All { get; } =
    [
        new("bash", "bash", "source <(rnnlm completion bash)"),
        new("zsh", "zsh", "source <(rnnlm completion zsh)"),
        new("fish", "fish", "rnnlm completion fish | source"),
        new("pwsh", "ps1", "rnnlm completion pwsh | Out-String | Invoke-Expression"),
    ];

    /// <summary>The script, with line feeds as every shell takes them.</summary>
    public string Read()
    {
        using var stream = typeof(CompletionScript).Assembly.GetManifestResourceStream($"rnnlm.{Extension}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
