namespace RnnLm.Benchmarks.Soak;

/// <summary>What a language model is asked, by itself.</summary>
static class ModelActivities
{
    /// <summary>Every call of one model that all threads share.</summary>
    public static IEnumerable<Activity> Of(Subject subject)
    {
        var (model, questions) = (subject.Model, subject.Questions);
        TokenStream[] texts =
            [.. Enumerable.Range(0, Activity.Questions).Select(question => TokenStream.Encode(model.Tokenizer, model.Vocabulary, questions.Lines(question)))];
        return
        [
            Named("next words", 24, (_, question) => Bits.Of(model.NextWords(questions.Line(question), 1 + question))),
            Named("next word of words", 24, (_, question) => model.NextWord(model.Start(questions.Words(question)))),
            Named("next words of many", 2, (thread, question) => string.Join(
                '\n', model.NextWordsMany(questions.Lines(question), batch: thread.SomeThreads()).Select(Bits.Of))),
            Named("score", 24, (_, question) => Bits.Of(model.Score(questions.Line(question)))),
            Named("score of many", 2, (thread, question) => string.Join(
                '\n', model.ScoreMany(questions.Lines(question), batch: thread.SomeThreads()).Select(Bits.Of))),
            Named("generate", 6, (_, question) => model.Generate(questions.Line(question), Drawn(question))),
            Named("generate words", 6, (_, question) => string.Join(
                ' ', model.GenerateWords(questions.Line(question), new GenerationOptions { MaximumWords = 12 })
                    .Select(word => $"{word.Word}:{Bits.Of(word.LogProbability)}"))),
            Named("embed", 24, (_, question) => Bits.Of<float>(model.Embed(questions.Line(question)))),
            Named("evaluate", 2, (thread, question) => Bits.Of(model.Evaluate(texts[question], new EvaluationOptions { Threads = 1 + thread.Random.Next(2) }))),
            Named("evaluate lines apart", 2, (thread, question) => Bits.Of(
                model.EvaluateLinesApart(texts[question], new EvaluationOptions { Threads = 1 + thread.Random.Next(2) }))),
            Named("states", 12, (_, question) => States(subject, question)),
            Named("network", 12, (_, question) => Network(subject, question)),
            Named("encode", 4, (_, question) => Bits.Of(TokenStream.Encode(model.Tokenizer, model.Vocabulary, questions.Lines(question)).Ids.Span)),
            Named("cancelled score", 4, (_, question) => Cancelled(
                cancellation => Bits.Of(model.Score(BrokenOff(questions.Words(question), cancellation), cancellationToken: cancellation.Token)))),
            Named("cancelled scores", 2, (thread, question) => Cancelled(cancellation => string.Join('\n', model.ScoreMany(
                BrokenOff(questions.Lines(question), cancellation), batch: thread.SomeThreads(cancellation.Token)).Select(Bits.Of)))),
            Named("scores cancelled soon", 2, (thread, question) => Cancelled(cancellation =>
            {
                thread.CancelSoon(cancellation);
                return string.Join('\n', model.ScoreMany(questions.Lines(question), batch: thread.SomeThreads(cancellation.Token)).Select(Bits.Of));
            })) with { MayBeCancelled = true },
            Named("next words cancelled soon", 2, (thread, question) => Cancelled(cancellation =>
            {
                thread.CancelSoon(cancellation);
                return string.Join('\n', model.NextWordsMany(questions.Lines(question), batch: thread.SomeThreads(cancellation.Token)).Select(Bits.Of));
            })) with { MayBeCancelled = true },
            Named("cancelled generation", 4, (_, question) => Cancelled(cancellation => string.Join(' ', model.GenerateWords(
                questions.Line(question), new GenerationOptions { MaximumWords = question, StopAtEndOfLine = false, CancellationToken = cancellation.Token })
                .Select((word, index) =>
                {
                    if (index == 5) cancellation.Cancel();
                    return word.Word;
                })))),
            Named("cancelled evaluation", 2, (_, question) => Cancelled(cancellation => Bits.Of(model.Evaluate(
                texts[question], new EvaluationOptions { CancellationToken = cancellation.Token, Progress = new CancellingProgress<double>(cancellation) })))),
        ];

        Activity Named(string name, int weight, Func<SoakThread, int, string?> answer) => new($"{subject.Name}: {name}", weight, answer);
    }

    /// <summary>The answer of what may be cancelled; null where it was.</summary>
    public static string? Cancelled(Func<CancellationTokenSource, string> act)
    {
        using var cancellation = new CancellationTokenSource();
        try
        {
            return act(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private static GenerationOptions Drawn(int question)
        => new() { MaximumWords = 10, StopAtEndOfLine = false, Sampling = new SamplingOptions { Seed = question, TopP = 0.9, TopK = 50 } };

    private static IEnumerable<string> BrokenOff(IReadOnlyList<string> items, CancellationTokenSource cancellation)
    {
        for (var index = 0; index < items.Count; index++)
        {
            if (index == items.Count / 2) cancellation.Cancel();
            yield return items[index];
        }
    }

    /// <summary>Two texts that begin alike, read from one state.</summary>
    private static string States(Subject subject, int question)
    {
        var model = subject.Model;
        var begun = model.Start(subject.Questions.Line(question));
        var (first, second) = (begun.Clone(), model.Network.CreateState());
        begun.CopyTo(second);
        model.Read(first, model.Vocabulary[2]);
        model.Read(second, model.Vocabulary[3]);
        return $"{Bits.Of(model.NextWords(first))} {model.NextWord(second)} {Bits.Of(begun.Output)}";
    }

    private static string Network(Subject subject, int question)
    {
        var (network, vocabulary) = (subject.Model.Network, subject.Model.Vocabulary);
        var state = network.CreateState();
        int[] ids = [.. subject.Questions.Words(question).Select(word => vocabulary.IdOf(word))];
        var sum = network.Score(ids, state, new double[ids.Length]);
        var logProbabilities = new float[vocabulary.Count];
        network.LogProbabilities(state, logProbabilities);
        return $"{Bits.Of(sum)} {Bits.Of<float>(logProbabilities)} {Bits.Of(network.LogProbability(2, state))}";
    }
}
