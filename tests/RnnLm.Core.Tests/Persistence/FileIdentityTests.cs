using System.Diagnostics;
using RnnLm.Persistence;

namespace RnnLm.Tests.Persistence;

public sealed class FileIdentityTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnlm-tests-").FullName;

    public FileIdentityTests()
    {
        Directory.CreateDirectory(PathOf("sub"));
        File.WriteAllText(PathOf("text"), "one two");
        File.WriteAllText(PathOf("same"), "one two");
        File.SetLastWriteTimeUtc(PathOf("same"), File.GetLastWriteTimeUtc(PathOf("text")));
        File.WriteAllText(PathOf("empty"), "");
        File.WriteAllText(PathOf("void"), "");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string PathOf(string name) => Path.Combine(folder, name);

    [Theory]
    [InlineData("text", "text")]
    [InlineData("text", "./text")]
    [InlineData("text", "sub/../text")]
    [InlineData("text", "sub//..//text")]
    [InlineData("absent", "sub/../absent")]
    [InlineData("empty", "./empty")]
    public void Two_ways_to_write_a_path_are_one_file(string path, string other) => AssertSame(path, other);

    [Theory]
    [InlineData("text", "same")]
    [InlineData("text", "absent")]
    [InlineData("absent", "missing")]
    [InlineData("empty", "void")]
    [InlineData("text", "empty")]
    [InlineData("sub", "text")]
    public void Two_files_are_two_even_where_they_are_alike(string path, string other) => Assert.False(AreSame(path, other));

    [UnixFact]
    public void Links_are_followed_to_the_file()
    {
        File.CreateSymbolicLink(PathOf("link"), "text");
        File.CreateSymbolicLink(PathOf("sub/far"), "../link");
        Directory.CreateSymbolicLink(PathOf("folder"), folder);
        File.CreateSymbolicLink(PathOf("nowhere"), "absent");
        File.CreateSymbolicLink(PathOf("circle"), "circle");
        foreach (var other in new[] { "link", "sub/far", "folder/text", "folder/sub/far" }) AssertSame("text", other);
        AssertSame("absent", "nowhere");
        Assert.False(AreSame("text", "nowhere"));
        Assert.False(AreSame("text", "circle"));
    }

    [UnixFact]
    public void A_hard_link_is_the_same_file()
    {
        using (var process = Process.Start("ln", [PathOf("text"), PathOf("sub/hard")])) process.WaitForExit();
        AssertSame("text", "sub/hard");
        Assert.False(AreSame("same", "sub/hard"));
    }

    [UnixFact]
    public void What_a_process_has_open_is_the_file_it_opened()
    {
        if (!OperatingSystem.IsLinux()) return; // elsewhere an open file does not tell its name
        using var open = File.OpenRead(PathOf("text"));
        var number = open.SafeFileHandle.DangerousGetHandle();
        foreach (var path in new[] { $"/proc/self/fd/{number}", $"/proc/{Environment.ProcessId}/fd/{number}", $"/dev/fd/{number}" })
        {
            AssertSame("text", path);
            Assert.False(AreSame("same", path));
            Assert.Equal(open.Length, FileIdentity.LengthOf(path));
        }
    }

    [UnixFact]
    public void A_device_is_never_in_the_way_of_itself()
        => Assert.False(FileIdentity.AreSame("/dev/null", "/dev/null"));

    [Fact]
    public void A_file_that_somebody_else_has_open_is_not_taken_for_the_same()
    {
        using var held = new FileStream(PathOf("same"), FileMode.Open, FileAccess.Read, FileShare.None);
        Assert.False(AreSame("text", "same"));
    }

    [Fact]
    public void Letter_case_counts_where_the_file_system_tells_it_apart()
        => Assert.Equal(File.Exists(PathOf("TEXT")), AreSame("text", "TEXT"));

    private bool AreSame(string path, string other)
    {
        var same = FileIdentity.AreSame(PathOf(path), PathOf(other));
        Assert.Equal(same, FileIdentity.AreSame(PathOf(other), PathOf(path)));
        return same;
    }

    private void AssertSame(string path, string other) => Assert.True(AreSame(path, other));
}
