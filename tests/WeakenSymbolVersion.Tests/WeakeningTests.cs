namespace WeakenSymbolVersion.Tests;

public sealed class WeakeningTests : IDisposable
{
    private const string Libstdcxx = "libstdc++.so.6";
    private const string Version = "GLIBCXX_3.4.32";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("weaken-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_need_that_the_system_cannot_meet_is_weakened_once()
    {
        var file = Write("libexample.so", new ElfBuilder().Needing("libc.so.6", Version).Needing(Libstdcxx, "GLIBCXX_3.4", Version));
        var before = File.ReadAllBytes(file);

        Assert.True(Weakening.Apply(file, Libstdcxx, Version, System("GLIBCXX_3.4")));
        var after = File.ReadAllBytes(file);
        Assert.Equal([false, false, true], new ElfLibrary(after, file).Needs.Select(need => need.IsWeak));
        Assert.Equal(1, before.Zip(after).Count(pair => pair.First != pair.Second));

        Assert.False(Weakening.Apply(file, Libstdcxx, Version, System("GLIBCXX_3.4")));
        Assert.Equal(after, File.ReadAllBytes(file));
    }

    [Fact]
    public void Nothing_changes_where_the_system_has_the_version()
        => AssertUnchanged(new ElfBuilder().Needing(Libstdcxx, Version).Build(), System("GLIBCXX_3.4", Version));

    [Fact]
    public void Nothing_changes_and_nothing_is_asked_where_the_version_is_not_needed()
    {
        AssertUnchanged(new ElfBuilder().Needing(Libstdcxx, "GLIBCXX_3.4").Build(), NotAsked);
        AssertUnchanged(new ElfBuilder().Needing("libother.so", Version).Build(), NotAsked);
    }

    [Fact]
    public void Nothing_changes_and_nothing_is_asked_of_a_file_for_another_machine()
    {
        AssertUnchanged("MZ a library of another system"u8.ToArray(), NotAsked);
        var library = new ElfBuilder().Needing(Libstdcxx, Version).Build();
        library[18] = 8;
        AssertUnchanged(library, NotAsked);
    }

    [Fact]
    public void What_links_to_the_file_keeps_its_content()
    {
        // As a build links the file in an output folder to the one in a package.
        var package = Write("package.so", new ElfBuilder().Needing(Libstdcxx, Version));
        var before = File.ReadAllBytes(package);
        var time = File.GetLastWriteTimeUtc(package);
        var (symbolic, copy) = (Path.Combine(folder.FullName, "symbolic.so"), Path.Combine(folder.FullName, "copy.so"));
        File.CreateSymbolicLink(symbolic, package);
        File.Copy(package, copy);

        Assert.True(Weakening.Apply(symbolic, Libstdcxx, Version, System("GLIBCXX_3.4")));
        Assert.True(Weakening.Apply(copy, Libstdcxx, Version, System("GLIBCXX_3.4")));

        Assert.Equal(before, File.ReadAllBytes(package));
        Assert.Null(new FileInfo(symbolic).LinkTarget);
        Assert.Equal(File.ReadAllBytes(copy), File.ReadAllBytes(symbolic));
        // A build that compares times and sizes does not copy the file anew.
        Assert.Equal(time, File.GetLastWriteTimeUtc(symbolic));
        Assert.Equal(["copy.so", "package.so", "symbolic.so", "system.so"], folder.EnumerateFiles().Select(file => file.Name).Order());
    }

    [LinuxFact]
    public void The_systems_libstdcxx_is_found_and_defines_its_first_version()
    {
        var path = LoadedLibrary.PathOf(Libstdcxx);
        var library = new ElfLibrary(File.ReadAllBytes(path), path);
        Assert.Contains("GLIBCXX_3.4", library.Defines);
        Assert.Contains("CXXABI_1.3", library.Defines);
        Assert.DoesNotContain(Libstdcxx, library.Defines);
        // libstdc++.so.6.0.N defines GLIBCXX_3.4.N last.
        var number = Path.GetFileName(path)["libstdc++.so.6.0.".Length..];
        Assert.Contains($"GLIBCXX_3.4.{number}", library.Defines);
        Assert.DoesNotContain($"GLIBCXX_3.4.{int.Parse(number) + 1}", library.Defines);
    }

    [Fact]
    public void A_library_that_the_system_lacks_is_an_error_that_names_it()
    {
        var error = Assert.Throws<DllNotFoundException>(() => LoadedLibrary.PathOf("libthat-nobody-has.so.6"));
        Assert.Contains("libthat-nobody-has.so.6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TorchSharps_native_half_the_flags_of_the_one_need_change()
    {
        var content = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        var before = new ElfLibrary(content, "libLibTorchSharp.so").Needs;
        var need = Assert.Single(before, need => need is { Library: Libstdcxx, Version: Version });
        var weakened = content.ToArray();
        need.Weaken(weakened);

        // VER_FLG_WEAK is 2, and there was no flag.
        Assert.Equal([(need.FlagsOffset, (byte)0, (byte)2)], Enumerable.Range(0, content.Length).Where(i => content[i] != weakened[i]).Select(i => (i, content[i], weakened[i])));
        Assert.Equal(before.Select(each => each == need ? each with { Flags = 2 } : each), new ElfLibrary(weakened, "libLibTorchSharp.so").Needs);
        Assert.Equal(28, before.Count);
    }

    private static string NotAsked() => throw new InvalidOperationException("The system's library was asked for.");

    private Func<string> System(params string[] versions) => () => Write("system.so", new ElfBuilder().Defining(["libstdc++.so.6", .. versions]));

    private string Write(string name, ElfBuilder library)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, library.Build());
        return path;
    }

    private void AssertUnchanged(byte[] content, Func<string> systemLibrary)
    {
        var file = Path.Combine(folder.FullName, "unchanged.so");
        File.WriteAllBytes(file, content);
        Assert.False(Weakening.Apply(file, Libstdcxx, Version, systemLibrary));
        Assert.Equal(content, File.ReadAllBytes(file));
    }
}
