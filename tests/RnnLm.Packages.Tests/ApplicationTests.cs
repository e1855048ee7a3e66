namespace RnnLm.Packages.Tests;

/// <summary>An application outside the repository that has nothing of this project but its packages.</summary>
[Trait("Category", "Slow")]
[Collection(nameof(PackedSources))]
public class ApplicationTests(PackedSources packed)
{
    [Fact]
    public async Task An_application_adds_the_package_trains_a_pipeline_saves_it_loads_it_and_predicts()
    {
        var folder = packed.Folder("application");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Application")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));

        await packed.Dotnet.Run(folder, "add", "package", "RnnLm.Transforms", "--version", packed.Version);
        var output = await packed.Dotnet.Run(folder, "run", "-c", "Release");

        Assert.Equal("sat", output.TrimEnd());
    }
}
