namespace RnnLm.Cli.Answers;

/// <summary>Where which model is served.</summary>
sealed record ServedLine(ICollection<string> Urls, string Model, string Description);
