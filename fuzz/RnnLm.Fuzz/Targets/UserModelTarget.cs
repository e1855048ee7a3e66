using System.Text;
using RnnLm.Fuzz.Mutations;
using RnnLm.Persistence;

namespace RnnLm.Fuzz.Targets;

/// <summary>Files of user models, as they are and with a checksum that is right.</summary>
internal sealed class UserModelTarget : FuzzTarget
{
    public override string Name => "user-model";

    public override string Summary => "files of user models, read, used, written and read again";

    public override IMutation Mutation { get; } = new MixedMutation(new TextMutation(Encoding.UTF8));

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        yield return ("empty", FileOf(new UserModel()));
        var user = new UserModel();
        user.Learn(["a", "b", "a", "b", "é"]);
        user.Learn(["a", "b", "."]);
        yield return ("words", FileOf(user));
    }

    public override void Read(byte[] input)
    {
        var endOfHead = input.AsSpan().IndexOf((byte)'\n') + 1;
        Use(endOfHead > 0 ? [.. ChecksummedBody.HeadOf(input.AsSpan(endOfHead), "rnnlm-user", 1), .. input.AsSpan(endOfHead)] : input);
    }

    public override bool IsDocumented(Exception exception) => exception is ModelFormatException;

    private static void Use(byte[] file)
    {
        var user = UserModel.Load(new MemoryStream(file));
        var saved = FileOf(user);
        FaultException.Require(FileOf(UserModel.Load(new MemoryStream(saved))).AsSpan().SequenceEqual(saved), "the user model is another after it was saved and loaded");
        string?[] words = [null, .. user.Words.Take(8)];
        var probabilities = new double[user.Places.Count];
        foreach (var last in words)
        {
            foreach (var lastButOne in words)
            {
                user.Probabilities(last, lastButOne, probabilities);
                FaultException.Require(probabilities.All(double.IsFinite), "a probability is not a number");
            }
        }
        user.Merge(user);
        foreach (var word in words)
            if (word is not null) FaultException.Require(user.Forget(word) && !user.Knows(word), "a word is not forgotten");
    }

    private static byte[] FileOf(UserModel user)
    {
        using var stream = new MemoryStream();
        user.Save(stream);
        return stream.ToArray();
    }
}
