namespace RnnLm.Web.Tests;

/// <summary>What takes pictures, where PICTURES names the folder that they go to.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PictureFactAttribute : FactAttribute
{
    public PictureFactAttribute() => Skip = Folder is null ? "It takes the pictures of the documents; PICTURES names the folder." : Chromium.Path is null ? Chromium.Missing : null;

    public static string? Folder { get; } = Environment.GetEnvironmentVariable("PICTURES");
}
