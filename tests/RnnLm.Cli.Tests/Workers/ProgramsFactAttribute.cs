namespace RnnLm.Cli.Tests.Workers;

/// <summary>A test that needs programs of the system; it is skipped, saying so, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramsFactAttribute : FactAttribute
{
    /// <param name="package">The package of Debian that brings them.</param>
    /// <param name="programs">The programs.</param>
    public ProgramsFactAttribute(string package, params string[] programs)
    {
        if (programs.FirstOrDefault(program => !IsOnPath(program)) is { } missing) Skip = $"No workers are run: there is no {missing} on this machine. On Debian: apt-get install {package}";
    }

    /// <summary>Whether the test must be run by who may run servers for other users.</summary>
    public bool NeedsRoot
    {
        get => false;
        set => Skip ??= value && Environment.UserName != "root" ? "No workers are run: the servers that run them are root's." : null;
    }

    private static bool IsOnPath(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
