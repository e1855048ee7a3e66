namespace RnnLm.Torch.Tests;

/// <summary>What the engine says where the native library of TorchSharp is missing or is refused by the system.</summary>
public class LibraryTests
{
    [TorchFact]
    public void Nothing_of_TorchSharp_is_loaded_before_training_starts()
    {
        var lines = ApplicationCopy.Run(AppContext.BaseDirectory);
        Assert.Equal("loaded before the start: ", lines[1]);
        Assert.Matches("loaded after the start: .*TorchSharp", lines[2]);
    }

    [Fact]
    public void A_missing_native_library_is_an_error_that_names_the_package()
    {
        using var application = new ApplicationCopy();
        Assert.Contains(application.Run(), line => line.StartsWith("error: The native library of TorchSharp (libtorch) cannot be loaded. Add the package TorchSharp-cpu", StringComparison.Ordinal));
    }

    [OutdatedLibstdcxxFact]
    public void A_libstdcxx_that_is_too_old_is_an_error_that_names_both_and_what_helps()
    {
        using var application = new ApplicationCopy();
        foreach (var file in Directory.EnumerateFiles(Libtorch.Folder).Where(file => file != Libtorch.NativeHalf))
            File.CreateSymbolicLink(application[Path.GetFileName(file)], file);
        File.Copy(Libtorch.NativeHalfAsPackaged, application["libLibTorchSharp.so"]);

        var error = Assert.Single(application.Run(), line => line.StartsWith("error: ", StringComparison.Ordinal));

        Assert.Matches(
            @"cannot be loaded: it needs the symbol version GLIBCXX_3\.4\.32, which the C\+\+ library of this system lacks \(/.*libstdc\+\+\.so\.6\.0\.[0-9]+, whose newest is GLIBCXX_3\.4\.[0-9]+\)",
            error);
        Assert.Contains("Debian 13", error, StringComparison.Ordinal);
        Assert.Contains("LD_LIBRARY_PATH", error, StringComparison.Ordinal);
        Assert.DoesNotContain("TorchSharp-cpu", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)", "/lib/x86_64-linux-gnu/libstdc++.so.6", "GLIBCXX_3.4.32")]
    [InlineData("/opt/lib/libstdc++.so.6: version `CXXABI_1.3.15' not found (required by /app/libLibTorchSharp.so)", "/opt/lib/libstdc++.so.6", "CXXABI_1.3.15")]
    [InlineData("/lib64/libstdc++.so.6: Version »GLIBCXX_3.4.32« nicht gefunden (wird von /app/libLibTorchSharp.so benötigt)", "/lib64/libstdc++.so.6", "GLIBCXX_3.4.32")]
    [InlineData(
        "Unable to load shared library 'LibTorchSharp' or one of its dependencies.\n/app/LibTorchSharp.so: cannot open shared object file: No such file or directory\n"
        + "/lib64/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)\n/app/LibTorchSharp: cannot open shared object file\n",
        "/lib64/libstdc++.so.6", "GLIBCXX_3.4.32")]
    public void The_loader_says_which_version_it_misses_in_which_library(string message, string path, string version)
        => Assert.Equal(new OutdatedLibstdcxx(path, version), OutdatedLibstdcxx.In(message));

    [Theory]
    [InlineData("")]
    [InlineData("libtorch.so: cannot open shared object file: No such file or directory")]
    [InlineData("libstdc++.so.6: cannot open shared object file: No such file or directory")]
    [InlineData("libstdc++.so.6: cannot open shared object file: No such file or directory\nGLIBCXX_3.4.32")]
    [InlineData("/lib64/libc.so.6: version `GLIBC_2.34' not found (required by /app/libtorch_cpu.so)")]
    public void Another_complaint_of_the_loader_is_not_about_libstdcxx(string message) => Assert.Null(OutdatedLibstdcxx.In(message));

    [Fact]
    public void A_library_that_is_not_named_after_its_version_is_named_without_a_newest_one()
    {
        var message = new OutdatedLibstdcxx("/nowhere/libstdc++.so.6", "GLIBCXX_3.4.32").Describe();
        Assert.Contains("needs the symbol version GLIBCXX_3.4.32, which the C++ library of this system lacks (/nowhere/libstdc++.so.6).", message, StringComparison.Ordinal);
    }
}
