namespace RnnLm.Tests.Users;

public class UserModelTests
{
    /// <summary>
    /// Learned of <c>a b a b c</c>: N = 5, c(a) = c(b) = 2, c(c) = 1. After b: a and c once each, so C = 2 and T = 2; after a b: the same.
    /// p(a | b) = (1 + 2 · 2/5) / (2 + 2) = 0.45 and p(a | a b) = (1 + 2 · 0.45) / 4 = 0.475.
    /// </summary>
    [Fact]
    public void Probabilities_are_those_of_Witten_and_Bell_worked_by_hand()
    {
        var user = Learned("a b a b c");
        Assert.Equal((3, 5L), (user.WordCount, user.TotalCount));
        AssertProbabilities([("a", 0.4), ("b", 0.4), ("c", 0.2)], user, null, null);
        AssertProbabilities([("a", 0.45), ("b", 0.2), ("c", 0.35)], user, "b", null);
        AssertProbabilities([("a", 0.475), ("b", 0.1), ("c", 0.425)], user, "b", "a");
        AssertProbabilities([("a", 0.4), ("b", 0.4), ("c", 0.2)], user, "zebra", "b");
        AssertProbabilities([("a", 0.45), ("b", 0.2), ("c", 0.35)], user, "b", "zebra");
    }

    [Fact]
    public void What_is_taken_back_was_never_learned()
    {
        var random = new Random(1);
        var (user, line) = (new UserModel(), new List<string>());
        for (var step = 0; step < 2000; step++)
        {
            if (line.Count == 0 || random.Next(5) > 1)
            {
                line.Add($"w{random.Next(12)}");
                user.Add(line[^1], line.ElementAtOrDefault(line.Count - 2), line.ElementAtOrDefault(line.Count - 3));
            }
            else
            {
                user.TakeBack(line[^1], line.ElementAtOrDefault(line.Count - 2), line.ElementAtOrDefault(line.Count - 3));
                line.RemoveAt(line.Count - 1);
            }
            if (step % 100 == 0) AssertSame(Learned(string.Join(' ', line)), user);
        }
    }

    [Fact]
    public void A_word_that_is_forgotten_is_as_if_its_phrases_had_never_been()
    {
        var user = Learned("a secret b", "a b", "secret", "b secret a b");
        Assert.True(user.Forget("secret"));
        Assert.False(user.Forget("secret"));
        Assert.False(user.Knows("secret"));
        Assert.DoesNotContain("secret", user.Words);
        var expected = new UserModel();
        foreach (var line in (string[][])[["a"], ["b"], ["a", "b"], ["b"], ["a", "b"]]) expected.Learn(line);
        AssertSame(expected, user);
        Assert.DoesNotContain("secret", System.Text.Encoding.UTF8.GetString(FileOf(user)));
    }

    [Fact]
    public void Two_that_are_merged_are_one_that_has_learned_both()
    {
        var (user, other) = (Learned("a b c", "b c"), Learned("c d", "a b d"));
        user.Merge(other);
        AssertSame(Learned("a b c", "b c", "c d", "a b d"), user);
        AssertSame(Learned("c d", "a b d"), other);
        other.Merge(other);
        AssertSame(Learned("c d", "a b d", "c d", "a b d"), other);
    }

    [Fact]
    public void One_that_is_cleared_knows_nothing()
    {
        var user = Learned("a b c");
        user.Clear();
        Assert.Equal((0, 0L), (user.WordCount, user.TotalCount));
        Assert.Empty(user.Words);
        AssertSame(new UserModel(), user);
    }

    [Fact]
    public void What_is_no_word_is_not_learned_and_parts_what_is_beside_it()
    {
        var expected = new UserModel();
        expected.Learn(["a"]);
        expected.Learn(["b"]);
        foreach (var word in (string[])["", "a b", "a\tb", "\u0007", "\uD83D", new string('x', UserModel.MaximumWordLength + 1)])
        {
            var user = new UserModel();
            user.Learn(["a", word, "b"]);
            AssertSame(expected, user);
        }
    }

    [Fact]
    public void However_much_is_learned_it_stays_small_and_keeps_what_is_frequent()
    {
        var user = new UserModel();
        for (var i = 0; i < 3 * UserModel.MaximumWords; i++) user.Learn([$"rare{i}", "often", $"rare{i}"]);
        Assert.InRange(user.WordCount, 1, UserModel.MaximumWords);
        Assert.True(user.Knows("often"));
        Assert.True(user.Places.Count <= 2 * UserModel.MaximumWords);
        AssertSame(UserModel.Load(new MemoryStream(FileOf(user))), user);

        // Words that come and go leave no room taken.
        for (var i = 0; i < 3 * UserModel.MaximumWords; i++)
        {
            user.Add($"gone{i}", null, null);
            user.TakeBack($"gone{i}", null, null);
        }
        Assert.True(user.Places.Count <= 2 * UserModel.MaximumWords);
        Assert.True(user.Knows("often"));
    }

    internal static UserModel Learned(params string[] lines)
    {
        var user = new UserModel();
        foreach (var line in lines) user.Learn(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return user;
    }

    internal static byte[] FileOf(UserModel user)
    {
        using var stream = new MemoryStream();
        user.Save(stream);
        return stream.ToArray();
    }

    /// <summary>That two know the same words and give them the same probabilities after any two of some.</summary>
    internal static void AssertSame(UserModel expected, UserModel actual)
    {
        Assert.Equal(expected.Words.Order(StringComparer.Ordinal), actual.Words.Order(StringComparer.Ordinal));
        Assert.Equal((expected.WordCount, expected.TotalCount), (actual.WordCount, actual.TotalCount));
        string?[] some = [null, .. expected.Words.Take(12)];
        foreach (var last in some)
            foreach (var lastButOne in some) Assert.Equal(Of(expected, last, lastButOne), Of(actual, last, lastButOne));
    }

    private static IEnumerable<(string, double)> Of(UserModel user, string? last, string? lastButOne)
    {
        var probabilities = new double[user.Places.Count];
        user.Probabilities(last, lastButOne, probabilities);
        return probabilities.Select((probability, place) => (user.Places[place], probability)).Where(word => word.probability > 0).OrderBy(word => word.Item1, StringComparer.Ordinal);
    }

    private static void AssertProbabilities((string Word, double Probability)[] expected, UserModel user, string? last, string? lastButOne)
    {
        foreach (var ((word, probability), (actualWord, actual)) in expected.Zip(Of(user, last, lastButOne)))
        {
            Assert.Equal(word, actualWord);
            Assert.Equal(probability, actual, 1e-12);
        }
    }
}
