using RnnLm.Summaries;

namespace RnnLm.Tests.Summaries;

/// <summary>The choice of sentences by what they tell of one another, on tables made by hand and at random.</summary>
public sealed class SentenceSelectionTests
{
    // Sentences 0 and 1 tell the same, and most; sentence 2 tells less, but of what they do not.
    private static readonly double[][] Table =
    [
        [0, 1, 0, 4, 4, 0],
        [1, 0, 0, 4, 3, 0],
        [0, 0, 0, 0, 1, 5],
        [0, 0, 0, 0, 1, 0],
        [0, 0, 0, 1, 0, 0],
        [0, 0, 0, 0, 0, 0],
    ];

    [Fact]
    public void What_is_told_already_does_not_count_again()
        => Assert.Equal([(0, 9.0), (2, 5.0)], Choose(Table, new SummaryOptions { Sentences = 2 }));

    [Fact]
    public void Without_a_penalty_sentences_are_ranked_by_themselves()
        => Assert.Equal([(0, 9.0), (1, 8.0), (2, 6.0)], Choose(Table, new SummaryOptions { Sentences = 3, RedundancyPenalty = 0 }));

    [Fact]
    public void Half_a_penalty_takes_off_half()
        => Assert.Equal([(0, 9.0), (2, 5.0)], Choose(Table, new SummaryOptions { Sentences = 2, RedundancyPenalty = 0.5 }).Select(chosen => (chosen.Item1, Math.Round(chosen.Item2))));

    [Fact]
    public void A_document_of_one_sentence_is_its_own_summary() => Assert.Equal([(0, 0.0)], Choose([[0]], new SummaryOptions()));

    [Fact]
    public void No_sentence_is_chosen_of_none() => Assert.Empty(Choose([], new SummaryOptions()));

    [Fact]
    public void Sentences_are_chosen_that_fit_in_the_share_of_words_and_one_at_least()
    {
        int[] words = [10, 3, 3, 2, 1, 1];
        Assert.Equal([1, 2], Positions(0.3));
        Assert.Equal([0, 2], Positions(0.65));
        Assert.Equal([4], Positions(0.05));
        Assert.Equal([0], Positions(0.01)); // the best one, where none fits
        Assert.Equal(6, Positions(1).Count());

        IEnumerable<int> Positions(double share)
            => new SentenceSelection(Table, [0, 1, 2, 3, 4, 5], words, new SummaryOptions { ShareOfWords = share }).Choose().Select(chosen => chosen.Sentence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Greedy_choice_comes_within_its_bound_of_the_best_of_all_choices(int count)
    {
        var random = new Random(count);
        for (var round = 0; round < 100; round++)
        {
            var table = Enumerable.Range(0, 8).Select(row => Enumerable.Range(0, 8).Select(column => row == column ? 0 : Math.Max(0, random.NextDouble() - 0.4)).ToArray()).ToArray();
            var chosen = Choose(table, new SummaryOptions { Sentences = count }).ToArray();
            Assert.Equal(Enumerable.Range(0, count), chosen.Select((_, place) => place));
            Assert.Equal(chosen.Select(sentence => sentence.Item2), chosen.Select(sentence => sentence.Item2).OrderDescending());
            Assert.Equal(count, chosen.Select(sentence => sentence.Item1).Distinct().Count());
            if (count == 1) Assert.Equal(table.Max(row => row.Sum()), chosen[0].Item2, 1e-12);
            // Of two the second is the best beside the first, which a search through all finds.
            if (count < 2) continue;
            var first = chosen[0].Item1;
            var bestSecond = Enumerable.Range(0, 8).Where(row => row != first)
                .Max(row => Enumerable.Range(0, 8).Where(column => column != row && column != first).Sum(column => Math.Max(0, table[row][column] - table[first][column])));
            Assert.Equal(bestSecond, chosen[1].Item2, 1e-12);
        }
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(null, 0.5)]
    [InlineData(null, 1)]
    [InlineData(0.02, 1)]
    [InlineData(0.3, 0.7)]
    [InlineData(1.0, 1)]
    public void What_is_chosen_is_what_going_over_all_sentences_each_time_chooses(double? share, double penalty)
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var count = 1 + random.Next(12);
            int[] compared = [.. Enumerable.Range(0, count).Where(sentence => sentence == 0 || random.Next(3) > 0)];
            // Whole numbers, so that many are equal, and some below 0.
            double[][] table = [.. Enumerable.Range(0, count).Select(_ => (double[])[.. compared.Select(_ => random.Next(6) - 2.0)])];
            int[] words = [.. table.Select(_ => 1 + random.Next(5))];
            var options = new SummaryOptions { ShareOfWords = share, Sentences = share is null ? 2 + random.Next(12) : null, RedundancyPenalty = penalty };
            Assert.Equal(OneByOne(table, compared, words, options), new SentenceSelection(table, compared, words, options).Choose());
        }
    }

    [Fact]
    public void Where_few_stand_for_all_scores_are_scaled_up_and_a_sentence_does_not_stand_for_itself()
    {
        double[][] table = [[0, 2], [1, 2], [1, 0], [1, 1]];
        // Of sentences 0 and 2: sentence 1 tells 3 of two, of three others that is 4.5; sentence 0 tells 2 of one, which is 6.
        var chosen = new SentenceSelection(table, [0, 2], [1, 1, 1, 1], new SummaryOptions { Sentences = 1 }).Choose().Single();
        Assert.Equal((0, 6.0), chosen);
    }

    /// <summary>The definition: of those that there is room for, the one that adds most, then tells most by itself, then stands first.</summary>
    private static List<(int Sentence, double Score)> OneByOne(double[][] table, int[] compared, int[] words, SummaryOptions options)
    {
        var (chosen, told) = (new List<(int Sentence, double Score)>(), new double[compared.Length]);
        var room = options.ShareOfWords is { } share ? share * words.Sum() : double.PositiveInfinity;
        while (chosen.Count < (options.Sentences ?? int.MaxValue))
        {
            int[] left = [.. Enumerable.Range(0, table.Length).Where(sentence => chosen.All(other => other.Sentence != sentence))];
            int[] fits = [.. left.Where(sentence => words[sentence] <= room)];
            if (fits.Length == 0 && (chosen.Count > 0 || left.Length == 0)) break;
            var next = (fits.Length > 0 ? fits : left).OrderByDescending(Added).ThenByDescending(sentence => Sum(sentence, (value, _) => value)).First();
            chosen.Add((next, Added(next)));
            room -= words[next];
            for (var place = 0; place < compared.Length; place++)
                told[place] = compared[place] == next ? table.Max(row => Math.Max(0, row[place])) : Math.Max(told[place], table[next][place]);
        }
        return chosen;

        double Added(int sentence) => Sum(sentence, (value, already) => Math.Max(0, value - (options.RedundancyPenalty * already)));

        double Sum(int sentence, Func<double, double, double> counts)
        {
            int[] others = [.. Enumerable.Range(0, compared.Length).Where(place => compared[place] != sentence)];
            return others.Length == 0 ? 0 : others.Sum(place => counts(table[sentence][place], told[place])) * (table.Length - 1) / others.Length;
        }
    }

    private static IEnumerable<(int, double)> Choose(double[][] table, SummaryOptions options)
        => new SentenceSelection(table, [.. Enumerable.Range(0, table.Length)], [.. table.Select(_ => 1)], options).Choose();

    [Fact]
    public void Choosing_among_many_sentences_ends_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        double[][] table = [.. Enumerable.Range(0, 500).Select(sentence => (double[])[sentence, 1, 2])];
        var chosen = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var _ in new SentenceSelection(table, [0, 1, 2], [.. table.Select(_ => 1)], new SummaryOptions { ShareOfWords = 1 }).Choose(source.Token))
                if (++chosen == 7) source.Cancel();
        });
        Assert.Equal(7, chosen);
    }
}
