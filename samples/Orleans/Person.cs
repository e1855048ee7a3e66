using System.Diagnostics;

namespace TypingSessions;

/// <summary>A person at a client: numbers the calls, and asks again where no answer comes, as while a silo is being missed.</summary>
/// <param name="typing">The person's grain.</param>
/// <param name="patience">For how long a call is repeated.</param>
public sealed class Person(ITyping typing, TimeSpan patience)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private long calls;

    /// <summary>How often a call was repeated.</summary>
    public int Repeats { get; private set; }

    /// <summary>Goes on where the person has stopped, at whichever client.</summary>
    public async Task Begin() => calls = (await Statistics()).Calls;

    public Task<TypingAnswer> Type(string text) => Next(call => typing.Type(call, text));

    public Task<TypingAnswer> Accept(string word) => Next(call => typing.Accept(call, word));

    public async Task Forget()
    {
        await Again(async () =>
        {
            await typing.Forget();
            return true;
        });
        calls = 0;
    }

    public Task<TypingStatistics> Statistics() => Again(typing.Statistics);

    private async Task<TypingAnswer> Next(Func<long, Task<TypingAnswer>> ask)
    {
        var answer = await Again(() => ask(calls + 1));
        calls++;
        return answer;
    }

    private async Task<T> Again<T>(Func<Task<T>> ask)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask();
            }
            // What was refused is refused again.
            catch (Exception exception) when (exception is not ArgumentException && Stopwatch.GetElapsedTime(start) < patience)
            {
                Repeats++;
                await Task.Delay(Pause);
            }
        }
    }
}
