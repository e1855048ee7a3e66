namespace RnnLm.AspNetCore;

/// <summary>Whether requests are answered, and by which model.</summary>
internal sealed record HealthBody(string Status, string Model);
