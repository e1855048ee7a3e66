namespace RnnLm.Mpi.Tests;

public sealed class SharedTrainingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnlm-mpi-").FullName;

    public static TheoryData<string> Both => SynchronizationTests.Both;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("gradients", 2)]
    [InlineData("gradients", 9)]
    [InlineData("local", 3)] // between two times at which weights are brought together
    [InlineData("local", 4)]
    [InlineData("local", 30)]
    public void A_training_that_was_broken_off_goes_on_with_the_same_bits(string kind, int after)
    {
        var whole = Trainings.Train(3, SynchronizationTests.Of(kind), Texts.Rich());
        // Any rank may be asked to stop.
        var interrupted = Trainings.Try(3, SynchronizationTests.Of(kind), Texts.Rich(), (communicator, options) =>
        {
            options.Checkpoint = new CheckpointOptions { Folder = folder, IntervalWindows = 1, Keep = 100 };
            if (communicator.Rank == 0) Interrupt(options, after);
        });
        Assert.All(interrupted, rank => Assert.True(rank.Fault is OperationCanceledException || rank.Result!.Result.StopReason == StopReason.Cancelled));
        var resumed = Trainings.Train(3, SynchronizationTests.Of(kind), Texts.Rich(), (_, options) => options.Checkpoint = new CheckpointOptions { Folder = folder });
        Trainings.AssertSame(whole[0], resumed[0]);
        Trainings.AssertSame(whole[1], resumed[1]);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Checkpoints_change_nothing_and_one_between_any_two_windows_is_as_good(string kind)
    {
        var whole = Trainings.Train(2, SynchronizationTests.Of(kind), Texts.Rich());
        var kept = Trainings.Train(2, SynchronizationTests.Of(kind), Texts.Rich(), (_, options) => options.Checkpoint = new CheckpointOptions { Folder = folder, IntervalWindows = 1, Keep = 1000 });
        Trainings.AssertSame(whole[0], kept[0]);
        var checkpoints = Directory.GetFiles(folder, "*.checkpoint").Order(StringComparer.Ordinal).ToList();
        foreach (var checkpoint in (string[])[checkpoints[1], checkpoints[6], checkpoints[^4]])
        {
            var one = Directory.CreateDirectory(Path.Join(folder, Path.GetFileNameWithoutExtension(checkpoint))).FullName;
            File.Copy(checkpoint, Path.Join(one, Path.GetFileName(checkpoint)));
            var resumed = Trainings.Train(2, SynchronizationTests.Of(kind), Texts.Rich(), (_, options) => options.Checkpoint = new CheckpointOptions { Folder = one });
            Trainings.AssertSame(whole[0], resumed[0]);
            Trainings.AssertSame(whole[1], resumed[1]);
        }
    }

    [Fact]
    public void A_checkpoint_of_synchronous_gradients_has_weights_and_moments_once()
    {
        long Bytes(int ranks)
        {
            var own = Path.Join(folder, $"{ranks}");
            var options = Texts.Options();
            options.HiddenSize = options.EmbeddingSize = 64;
            options.Checkpoint = new CheckpointOptions { Folder = own };
            Trainings.Train(ranks, new GradientSynchronization(), options);
            return new FileInfo(Directory.GetFiles(own, "*.checkpoint").Order(StringComparer.Ordinal).Last()).Length;
        }
        Assert.True(Bytes(3) < 1.2 * Bytes(1), $"{Bytes(3)} {Bytes(1)}");
    }

    [Fact]
    public void A_training_does_not_go_on_with_another_number_of_ranks_or_in_another_way()
    {
        var options = Texts.Options();
        options.Checkpoint = new CheckpointOptions { Folder = folder };
        Trainings.Train(2, new LocalSteps { LocalWindows = 4 }, options);
        foreach (var (ranks, synchronization) in ((int, Synchronization)[])[(3, new LocalSteps { LocalWindows = 4 }), (2, new LocalSteps { LocalWindows = 5 }), (2, new GradientSynchronization())])
        {
            var outcomes = Trainings.Try(ranks, synchronization, options);
            Assert.All(outcomes, outcome => Assert.Contains(Assert.IsType<CheckpointException>(outcome.Fault).Differences, difference => difference.Name == "engine"));
        }
    }

    [Fact]
    public void Ranks_with_other_texts_or_options_are_told_what_differs_before_they_begin()
    {
        var other = Trainings.Try(3, new GradientSynchronization(), Texts.Options(), (communicator, options) => options.Seed = communicator.Rank == 2 ? 8 : 7);
        Assert.All(other, rank => Assert.Contains("The ranks are not about to train the same: seed is 7 for rank 0 and 8 for rank 2.", rank.Fault!.Message, StringComparison.Ordinal));

        var checkpoints = Trainings.Try(2, new GradientSynchronization(), Texts.Options(), (communicator, options) => options.Checkpoint = communicator.Rank == 0 ? new CheckpointOptions { Folder = folder } : null);
        Assert.All(checkpoints, rank => Assert.Contains("checkpoints is every 00:05:00 for rank 0 and none for rank 1", rank.Fault!.Message, StringComparison.Ordinal));

        var texts = ThreadRanks.Try(2, communicator => new LanguageModelTrainer(Texts.Options(), new MpiEngine(null, () => communicator)).Train(Tokenizer.Whitespace, Texts.Lines(60 + communicator.Rank, 1)));
        Assert.All(texts, rank => Assert.Contains("corpus is ", rank.Fault!.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_rank_that_fails_ends_the_training_of_all_and_the_last_checkpoint_is_whole(string kind)
    {
        var whole = Trainings.Train(3, SynchronizationTests.Of(kind), Texts.Rich());
        var outcomes = Trainings.Try(
            3, SynchronizationTests.Of(kind), Texts.Rich(), (_, options) => options.Checkpoint = new CheckpointOptions { Folder = folder, IntervalWindows = 3 },
            communicator => communicator.Rank == 1 ? new FailingTime(after: kind == "local" ? 8 : 40) : null);
        Assert.All(outcomes, rank => Assert.NotNull(rank.Fault));
        Assert.Contains("the clock has stopped", outcomes[1].Fault!.Message, StringComparison.Ordinal);
        Assert.Contains("ended its part of the training early", Assert.IsType<TrainingFailedException>(outcomes[0].Fault).Message, StringComparison.Ordinal);

        var resumed = Trainings.Train(
            3, SynchronizationTests.Of(kind), Texts.Rich(), (_, options) => options.Checkpoint = new CheckpointOptions { Folder = folder, Resumption = CheckpointResumption.Required });
        Trainings.AssertSame(whole[0], resumed[0]);
    }

    [Fact]
    public void A_rank_that_gives_up_is_missed_before_weights_are_brought_together()
    {
        // So long that the other is far from the end of its epoch, where it would wait.
        var corpus = Texts.Lines(20_000, seed: 1);
        var outcomes = ThreadRanks.Try(2, communicator =>
        {
            var options = Texts.Options();
            options.ProgressInterval = TimeSpan.Zero;
            options.Progress = new Listener(told =>
            {
                if (told is TrainingProgressed) communicator.Break();
            });
            return new LanguageModelTrainer(options, new MpiEngine(new LocalSteps { LocalWindows = int.MaxValue }, () => communicator)).Train(Tokenizer.Whitespace, corpus);
        });
        var failure = Assert.IsType<TrainingFailedException>(outcomes[1].Fault);
        Assert.Contains("Rank 0 has ended its part of the training early", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.Step < 4000, $"{failure.Step}");
    }

    [Fact]
    public void A_corpus_that_is_too_short_for_all_is_refused_with_the_batch_size_of_each_and_another_training_may_follow()
    {
        var trained = ThreadRanks.Run(3, communicator =>
        {
            var lines = Enumerable.Repeat("one two three four", 4);
            var fault = Assert.Throws<TrainingDataException>(() => Train(8));
            Assert.Contains("too few for 24 parallel streams of at least one word, 8 of each of 3 processes. Give at least 24 words, or a BatchSize of at most 6.", fault.Message, StringComparison.Ordinal);
            return Train(6);

            TrainedModel Train(int batchSize)
                => new LanguageModelTrainer(Texts.Options(batchSize: batchSize), new MpiEngine(null, () => communicator)).Train(Tokenizer.Whitespace, lines);
        });
        Trainings.AssertSameWeights(trained[0], trained[2]);
    }

    [Fact]
    public void A_corpus_of_fewer_words_than_processes_is_refused_with_how_many_may_be_started()
    {
        var fault = StreamBatches.TooFewWords(words: 12, batchSize: 2, processes: 16);
        Assert.EndsWith("Give at least 32 words, or a BatchSize of 1 with at most 12 processes.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_first_checkpoint_cannot_be_written_all_ranks_end()
    {
        var file = Path.Join(folder, "file");
        File.WriteAllText(file, "");
        var outcomes = Trainings.Try(2, new LocalSteps(), Texts.Options(), (_, options) => options.Checkpoint = new CheckpointOptions { Folder = Path.Join(file, "below") });
        Assert.IsType<CheckpointException>(outcomes[0].Fault);
        Assert.Contains("Rank 0 has ended its part", outcomes[1].Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_0_alone_writes_the_history_and_tells_of_the_progress()
    {
        var told = new int[2];
        var history = Path.Join(folder, "history.jsonl");
        Trainings.Train(2, new LocalSteps { LocalWindows = 2 }, Texts.Options(), (communicator, options) =>
        {
            options.History = history;
            options.Progress = new Listener(_ => Interlocked.Increment(ref told[communicator.Rank]));
        });
        Assert.True(told[0] > 0);
        Assert.Equal(0, told[1]);
        Assert.Equal(2, TrainingHistory.Read(history).Points.Count(point => point.IsEpoch));
    }

    [Theory]
    [InlineData("gradients")]
    [InlineData("local")]
    public void A_time_limit_ends_all_ranks_by_the_clock_of_rank_0(string kind)
    {
        var options = Texts.Options();
        options.Epochs = 1000;
        options.TimeLimit = TimeSpan.FromSeconds(400);
        options.Schedule = new CosineSchedule();
        var ranks = Trainings.Try(2, SynchronizationTests.Of(kind), options, time: communicator => new SteppingTime(TimeSpan.FromSeconds(communicator.Rank == 0 ? 1 : 50)));
        Assert.All(ranks, rank => Assert.Equal(StopReason.TimeLimit, rank.Result!.Result.StopReason));
        Trainings.AssertSameWeights(ranks[0].Result!, ranks[1].Result!);
    }

    [Fact]
    public void What_a_preset_chooses_for_a_time_is_by_the_speed_that_rank_0_has_measured()
    {
        var options = new TrainingOptions { Preset = TrainingPreset.Auto, TimeLimit = TimeSpan.FromMinutes(10), Epochs = 1, Threads = 1, BatchSize = 2 };
        var ranks = Trainings.Train(2, new LocalSteps(), options);
        Assert.Equal(ranks[0].Model.Training.Options, ranks[1].Model.Training.Options);
    }

    [Theory]
    [InlineData(BatchMode.Rows, 0)]
    [InlineData(BatchMode.Streams, 2e-3)]
    public void Validation_that_is_shared_comes_to_what_one_rank_comes_to(BatchMode mode, double apart)
    {
        // Long enough that each rank has a part of the stream.
        var held = Texts.Lines(1500, seed: 9);
        var options = Texts.Options();
        (options.BatchMode, options.Epochs) = (mode, 1);
        var figures = ThreadRanks.Run(2, communicator =>
        {
            var trained = new LanguageModelTrainer(options, new MpiEngine(new GradientSynchronization(), () => communicator)).Train(Tokenizer.Whitespace, Texts.Lines(60, 1), held);
            var stream = TokenStream.Encode(Tokenizer.Whitespace, trained.Model.Vocabulary, held);
            var evaluation = mode == BatchMode.Rows ? trained.Model.EvaluateLinesApart(stream) : trained.Model.Evaluate(stream);
            return (Shared: trained.Result.Epochs[0].ValidationPerplexity!.Value, Alone: evaluation.Perplexity);
        });
        Assert.Equal(figures[0].Shared, figures[1].Shared);
        Assert.True(Math.Abs(figures[0].Shared / figures[0].Alone - 1) <= apart + 1e-6, $"{figures[0]}");
    }

    [Fact]
    public void Several_ranks_do_not_look_for_a_learning_rate()
    {
        var outcomes = ThreadRanks.Try(2, communicator => new LanguageModelTrainer(Texts.Options(), new MpiEngine(null, () => communicator)).FindLearningRate(Tokenizer.Whitespace, Texts.Lines(60, 1)));
        Assert.All(outcomes, outcome => Assert.Contains("do not look for a learning rate", Assert.IsType<NotSupportedException>(outcome.Fault).Message, StringComparison.Ordinal));
    }

    private static void Interrupt(TrainingOptions options, int after)
    {
        var cancellation = new CancellationTokenSource();
        options.CancellationToken = cancellation.Token;
        options.ProgressInterval = TimeSpan.Zero;
        options.Progress = new Listener(told =>
        {
            if (told is TrainingProgressed progressed && progressed.Step >= after) cancellation.Cancel();
        });
    }

    private sealed class Listener(Action<TrainingEvent> listen) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => listen(value);
    }

    private sealed class FailingTime(int after) : TimeProvider
    {
        private int asked;

        public override long GetTimestamp() => ++asked > after ? throw new IOException("the clock has stopped") : base.GetTimestamp();
    }

    private sealed class SteppingTime(TimeSpan step) : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now += step.Ticks;
    }
}
