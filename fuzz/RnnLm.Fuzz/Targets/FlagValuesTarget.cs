using System.Globalization;
using System.Text;
using RnnLm.Cli.Flags;
using RnnLm.Fuzz.Mutations;

namespace RnnLm.Fuzz.Targets;

/// <summary>Values of the command line's flags.</summary>
internal sealed class FlagValuesTarget : FuzzTarget
{
    public override string Name => "flag-values";

    public override string Summary => "values of the command line's flags, through every reader of values";

    public override IMutation Mutation { get; } = new MixedMutation(new TextMutation(Encoding.UTF8));

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
        => new[] { "1000", "-5", "0.002", "2000,10000", "90s", "1.5h", "1.02:03:04.5", "file.txt" }.Select(text => ($"value-{text.Replace(':', '-')}", Encoding.UTF8.GetBytes(text)));

    public override void Read(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var refused = 0;
        Try(() => FaultException.Require(Values.Text(text) == text, "text is another"));
        Try(() => FaultException.Require(Values.File(text) == text, "a file has another name"));
        Try(() => FaultException.Require(Values.Whole(text) == int.Parse(text, CultureInfo.InvariantCulture), "a whole number is another"));
        Try(() => FaultException.Require(Values.WholeFrom(1, text) >= 1, "a whole number is below 1"));
        Try(() => FaultException.Require(double.IsFinite(Values.Fraction(text)), "a number is not finite"));
        Try(() => FaultException.Require(Values.Wholes(text).All(number => number >= 0), "a whole number of a list is below 0"));
        Try(() => FaultException.Require(Values.Time(text) > TimeSpan.Zero, "a time is none"));
        if (refused == 7) throw new UsageException("No reader takes it.");

        void Try(Action read)
        {
            try
            {
                read();
            }
            catch (UsageException)
            {
                refused++;
            }
        }
    }

    public override bool IsDocumented(Exception exception) => exception is UsageException;
}
