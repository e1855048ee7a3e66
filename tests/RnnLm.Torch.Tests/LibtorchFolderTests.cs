using System.Reflection;
using TorchSharp;

namespace RnnLm.Torch.Tests;

/// <summary>libtorch from a folder that is named, in an application that has none.</summary>
public sealed class LibtorchFolderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-libtorch-");

    public void Dispose() => folder.Delete(recursive: true);

    [TorchFact]
    public void An_application_without_libtorch_trains_with_that_of_another_one()
    {
        using var application = new ApplicationCopy();
        AssertTrains(application.Run("cpu", AppContext.BaseDirectory));
    }

    [TorchOnLinuxFact]
    public void An_application_without_libtorch_trains_with_one_that_lacks_the_native_half_of_TorchSharp()
    {
        LinkToLibtorch(folder.CreateSubdirectory("lib"));
        using var application = new ApplicationCopy();
        File.Copy(Libtorch.NativeHalf, application["libLibTorchSharp.so"]);
        AssertTrains(application.Run("cpu", folder.FullName));
    }

    [TorchOnLinuxFact]
    public void Where_the_native_half_of_TorchSharp_is_nowhere_the_error_names_it_and_the_folder()
    {
        LinkToLibtorch(folder);
        using var application = new ApplicationCopy();
        Assert.Contains(
            application.Run("cpu", folder.FullName),
            line => line.StartsWith($"error: The native library of TorchSharp (libtorch) cannot be loaded from {folder.FullName}: ", StringComparison.Ordinal)
                && line.Contains("LibTorchSharp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_without_libtorch_is_refused_with_the_places_where_it_was_looked_for()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new TorchEngine("cpu", folder.FullName).Check(Networks.Options()));
        Assert.StartsWith($"There is no libtorch in {folder.FullName}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.FullName, "lib"), error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.FullName, "runtimes", LibtorchFolder.Runtime, "native"), error.Message, StringComparison.Ordinal);
    }

    [TorchOnLinuxFact]
    public void A_process_that_has_libtorch_from_one_folder_is_refused_another()
    {
        LibtorchFolder.Load(AppContext.BaseDirectory);
        LibtorchFolder.Load(Libtorch.Folder);
        LinkToLibtorch(folder);
        var error = Assert.Throws<InvalidOperationException>(() => LibtorchFolder.Load(folder.FullName));
        Assert.Contains(Libtorch.Folder, error.Message, StringComparison.Ordinal);
        Assert.Contains(folder.FullName, error.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void The_versions_that_errors_name_are_those_of_TorchSharp_and_its_libtorch()
    {
        Assert.Equal(LibtorchFolder.PackageVersion + ".0", torch.__version__);
        Assert.StartsWith(
            LibtorchFolder.TorchSharpVersion,
            typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x020a_0000_0000_0000, "2.10.0")]
    [InlineData(0x0209_0100_0000_0000, "2.9.1")]
    public void The_version_of_libtorch_has_a_byte_for_each_of_its_numbers(ulong encoded, string version)
        => Assert.Equal(Version.Parse(version), LibtorchFolder.VersionOf(encoded));

    private static void AssertTrains(string[] lines) => Assert.Contains(lines, line => line.StartsWith("loaded after the start: ", StringComparison.Ordinal));

    private static void LinkToLibtorch(DirectoryInfo folder)
    {
        foreach (var file in Directory.EnumerateFiles(Libtorch.Folder).Where(file => file != Libtorch.NativeHalf))
            File.CreateSymbolicLink(Path.Combine(folder.FullName, Path.GetFileName(file)), file);
    }
}
