namespace RnnLm.Cli.Output;

/// <summary>What the environment tells of the screen.</summary>
static class ScreenCapabilities
{
    private const string TerminalVariable = "TERM";

    /// <summary>Whether its characters are Unicode's. Of the variables of POSIX the first that is set counts; a console of Windows is made to be so.</summary>
    public static bool IsUnicode => OperatingSystem.IsWindows() || IsUnicodeIn(Environment.GetEnvironmentVariable);

    /// <summary>Whether it shows colours: see <c>no-color.org</c> for the variable by which one asks for none.</summary>
    public static bool HasColors => HasColorsIn(Environment.GetEnvironmentVariable);

    /// <summary>
    /// Keeps the runtime from writing to the screen how its keys are to work, as it does to one that it knows before it tells its size: whoever draws asks for no keys,
    /// and the sequence would be the only one where nobody wants any. What the variables told of the screen has been asked before.
    /// </summary>
    public static void LeaveKeysAlone() => Environment.SetEnvironmentVariable(TerminalVariable, null);

    public static bool IsUnicodeIn(Func<string, string?> variable)
    {
        var locale = new[] { "LC_ALL", "LC_CTYPE", "LANG" }.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
        return locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase);
    }

    public static bool HasColorsIn(Func<string, string?> variable) => string.IsNullOrEmpty(variable("NO_COLOR")) && variable(TerminalVariable) is not "dumb";
}
