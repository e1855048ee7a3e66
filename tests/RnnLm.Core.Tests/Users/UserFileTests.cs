using System.Text;
using RnnLm.Persistence;

namespace RnnLm.Tests.Users;

public sealed class UserFileTests : IDisposable
{
    private const string Body = "words\t2\n3\ta\n1\té\npairs\t2\n2\t0\t0\n1\t0\t1\ntriples\t2\n1\t0\t0\t0\n1\t0\t0\t1\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-user-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_file_is_text_that_everybody_can_read()
        => Assert.Equal(File(Body), UserModelTests.FileOf(UserModelTests.Learned("a a a é")));

    [Fact]
    public void What_is_saved_is_loaded()
    {
        var user = UserModelTests.Learned("the quick brown fox", "the quick red fox", "我 们 .", "");
        var path = Path.Combine(folder.FullName, "me.user");
        user.Save(path);
        var loaded = UserModel.Load(path);
        UserModelTests.AssertSame(user, loaded);
        Assert.Equal(UserModelTests.FileOf(user), UserModelTests.FileOf(loaded));
        loaded.Learn(["quick"]);
        loaded.Save(path);
        Assert.Equal(user.TotalCount + 1, UserModel.Load(path).TotalCount);
    }

    [Fact]
    public void One_that_knows_nothing_is_saved_and_loaded()
        => UserModelTests.AssertSame(new UserModel(), UserModel.Load(new MemoryStream(UserModelTests.FileOf(new UserModel()))));

    [Fact]
    public void What_was_taken_back_is_not_in_the_file()
    {
        var user = UserModelTests.Learned("a b");
        user.Add("secret", "b", "a");
        user.TakeBack("secret", "b", "a");
        Assert.Equal(UserModelTests.FileOf(UserModelTests.Learned("a b")), UserModelTests.FileOf(user));
    }

    [Fact]
    public void A_file_that_is_cut_short_or_altered_anywhere_is_refused()
    {
        var file = UserModelTests.FileOf(UserModelTests.Learned("the quick brown fox", "the quick red fox"));
        for (var length = 0; length < file.Length; length++) Refuse(file[..length]);
        for (var place = 0; place < file.Length; place++)
        {
            var altered = file.ToArray();
            altered[place] ^= 1;
            Refuse(altered);
        }
        Refuse([.. file, (byte)'\n']);
    }

    /// <summary>With a checksum that is right.</summary>
    [Theory]
    [InlineData("3\ta", "0\ta", "from 1 to")]
    [InlineData("3\ta", "-3\ta", "from 1 to")]
    [InlineData("3\ta", "+3\ta", "from 1 to")]
    [InlineData("3\ta", "99999999999\ta", "from 1 to")]
    [InlineData("3\ta", "3\té", "twice")]
    [InlineData("3\ta", "3\t", "no word")]
    [InlineData("3\ta", "3\ta b", "no word")]
    [InlineData("3\ta", "3\ta\tb", "3 fields")]
    [InlineData("words\t2", "words\t1", "stands where pairs should")]
    [InlineData("words\t2", "words\t3", "from 1 to")]
    [InlineData("words\t2", "words\t10001", "from 0 to 10000")]
    [InlineData("words\t2", "wards\t2", "stands where words should")]
    [InlineData("pairs\t2", "pairs\t2000000000", "from 0 to")]
    [InlineData("2\t0\t0\n", "2\t0\t2\n", "from 0 to 1")]
    [InlineData("1\t0\t1\n", "1\t0\t0\n", "before")]
    [InlineData("1\t0\t0\t1\n", "1\t0\t0\t-1\n", "from 0 to 1")]
    [InlineData("triples\t2", "triples\t3", "ends after line")]
    [InlineData("triples\t2", "triples\t1", "goes on behind its end")]
    public void What_the_writer_could_not_have_written_is_refused_by_name(string before, string after, string fault)
    {
        Assert.Contains(before, Body, StringComparison.Ordinal);
        Assert.Contains(fault, Refuse(File(Body.Replace(before, after, StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_and_newer_ones_are_told_from_damaged_ones()
    {
        Assert.Contains("no file of a user model", Refuse("{}"u8.ToArray()));
        Assert.Contains("newer version", Refuse(File(Body, version: 2)));
        Assert.Contains("not UTF-8", Refuse(File([.. "words\t1\n3\t"u8, 0xFF, (byte)'\n'])));
        var path = Path.Combine(folder.FullName, "no.user");
        System.IO.File.WriteAllText(path, "no");
        Assert.Contains("no.user\" cannot be loaded.", Assert.Throws<ModelFormatException>(() => UserModel.Load(path)).Message);
        Assert.Throws<FileNotFoundException>(() => UserModel.Load(path + "x"));
    }

    [Fact]
    public void A_file_without_end_is_refused_before_it_fills_the_memory_in_the_same_words_everywhere()
    {
        using var german = new Text.CurrentCulture("de-DE");
        Assert.Matches("longer than [0-9,]+ bytes", Assert.Throws<ModelFormatException>(() => UserModel.Load(new Endless())).Message);
    }

    private static byte[] File(string body, int version = 1) => File(Encoding.UTF8.GetBytes(body), version);

    private static byte[] File(byte[] body, int version = 1)
    {
        var checksum = Crc32C.Start();
        checksum.Append(body);
        return [.. Encoding.ASCII.GetBytes($"rnnlm-user\t{version}\t{checksum}\n"), .. body];
    }

    private static string Refuse(byte[] file) => Assert.Throws<ModelFormatException>(() => UserModel.Load(new MemoryStream(file))).Message;

    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'a');
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
