using System.Text;

namespace RnnLm.Packages.Tests;

/// <summary>What is in the packages, and what they say of themselves.</summary>
[Trait("Category", "Slow")]
[Collection(nameof(PackedSources))]
public class PackageTests(PackedSources packed)
{
    private const string Tool = "RnnLm.Cli";

    public static TheoryData<string> Names => [.. Sources.Packages];

    public static TheoryData<string> Libraries => [.. Sources.Packages.Where(name => name != Tool)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_says_what_it_is_and_where_it_comes_from(string name)
    {
        using var package = packed.Open(name);
        Assert.Equal(name, package["id"]);
        Assert.Equal("MIT", package["license"]);
        Assert.Equal("icon.png", package["icon"]);
        Assert.Equal("README.md", package["readme"]);
        Assert.Equal(PackedSources.ProjectUrl, package["projectUrl"]);
        Assert.Equal(PackedSources.ProjectUrl, package.RepositoryUrl);
        Assert.Contains("language model", package["description"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("rnn", package["tags"]!.Split(' '));
        Assert.Contains("README.md", package.Files);
        Assert.Contains("icon.png", package.Files);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_has_its_assembly_its_documentation_and_nothing_native(string name)
    {
        using var package = packed.Open(name);
        // What a notebook runs when it is given the package.
        string[] extension = name == "RnnLm.Interactive" ? ["interactive-extensions/dotnet/extension.dib"] : [];
        Assert.Equal(["README.md", "icon.png", .. extension, $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"], package.Files);
        using var symbols = packed.OpenSymbols(name);
        Assert.Equal([$"lib/net10.0/{name}.pdb"], symbols.Files);
    }

    [Theory]
    [InlineData("RnnLm.Core")]
    [InlineData("RnnLm.Trainer", "RnnLm.Core")]
    [InlineData("RnnLm.Onnx", "Google.Protobuf", "RnnLm.Core")]
    [InlineData("RnnLm.Torch", "RnnLm.Trainer", "TorchSharp")]
    [InlineData("RnnLm.Mpi", "RnnLm.Trainer")]
    [InlineData("RnnLm.Transforms", "Microsoft.ML", "RnnLm.Trainer")]
    [InlineData("RnnLm.Extensions.AI", "Microsoft.Extensions.AI", "RnnLm.Core")]
    [InlineData("RnnLm.AspNetCore", "RnnLm.Core")]
    [InlineData("RnnLm.Interactive", "RnnLm.Transforms")]
    [InlineData(Tool)]
    public void A_package_depends_on_what_its_project_uses(string name, params string[] dependencies)
    {
        using var package = packed.Open(name);
        Assert.Equal(dependencies, package.Dependencies.Keys.Order(StringComparer.Ordinal));
        foreach (var (dependency, version) in package.Dependencies.Where(dependency => dependency.Key.StartsWith("RnnLm.", StringComparison.Ordinal)))
            Assert.True(version == packed.Version, $"{name} depends on {dependency} {version} and is of version {packed.Version}.");
    }

    [Fact]
    public void All_that_is_native_in_the_tool_is_what_joins_it_to_libtorch_and_what_draws_plots()
    {
        using var package = packed.Open(Tool);
        var native = package.Files.Where(path => path.Contains("/runtimes/", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Select(name => name!.Replace("lib", "", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["HarfBuzzSharp", "SkiaSharp", "TorchSharp"], native.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_tool_asks_for_the_runtime_of_NET_alone()
    {
        using var package = packed.Open(Tool);
        Assert.DoesNotContain("AspNetCore", Encoding.UTF8.GetString(package.Read(package.Files.Single(path => path.EndsWith("/rnnlm.runtimeconfig.json", StringComparison.Ordinal)))));
        // What ASP.NET Core has is not brought along a second time.
        Assert.DoesNotContain(package.Files, path => path.Contains("/Microsoft.Extensions.", StringComparison.Ordinal));
    }

    [Fact]
    public void Sources_without_git_have_the_least_version() => Assert.Equal("0.1.0-alpha.0", packed.Version);

    [Fact]
    public async Task Without_the_address_of_the_project_a_package_names_none()
    {
        var feed = packed.Folder("feed-without-address");
        await packed.Dotnet.Run(packed.Folder("sources"), "pack", "src/RnnLm.Core", "--no-build", "-c", "Release", "-o", feed, "--nologo", "-v", "q");
        using var package = new Package(Path.Combine(feed, $"RnnLm.Core.{packed.Version}.nupkg"));
        Assert.Null(package["projectUrl"]);
        Assert.Null(package.RepositoryUrl);
    }

    [Fact]
    public async Task The_same_sources_in_another_folder_give_the_same_bytes()
    {
        var feed = packed.Folder("feed-again");
        await packed.Pack("sources-elsewhere", feed);
        foreach (var path in Directory.EnumerateFiles(packed.Feed))
        {
            using Package first = new(path), second = new(Path.Combine(feed, Path.GetFileName(path)));
            Assert.Equal(first.Files, second.Files);
            foreach (var file in first.Files) Assert.True(first.Read(file).AsSpan().SequenceEqual(second.Read(file)), $"{Path.GetFileName(path)}: {file} differs.");
        }
    }
}
