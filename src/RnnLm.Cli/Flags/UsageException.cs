namespace RnnLm.Cli.Flags;

/// <summary>The command line is wrong, by itself or for the files that it names. The message says how in the command line's own words, and what would be right.</summary>
sealed class UsageException(string message) : Exception(message);
