namespace RnnLm.Cli.Output;

/// <summary>Whoever reads standard output has gone, as <c>head</c> goes when it has enough: there is no one to write for.</summary>
sealed class OutputClosedException(Exception cause) : IOException("Standard output is no longer read.", cause);
