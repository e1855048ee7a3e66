using System.Runtime.CompilerServices;
using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Mixtures;

/// <summary>
/// What a mixture's weights are found from: the probability that each part gives each word of a text. States are read once, and of a cache all sizes and
/// sharpnesses are worked out from the same products.
/// </summary>
internal sealed class MixtureTuning
{
    // The greatest number of probabilities by caches that are kept: 256 MiB. Of a longer text, some stretches are passed over.
    private const long MostKept = 1L << 26;
    private const int MostOfProducts = 1 << 20;

    private readonly Mixture mixture;
    private readonly InterpolatedNGram? nGram;
    private readonly int[] sizes; // rising
    private readonly double[] sharpnesses;
    private readonly ReadOnlyMemory<int> text;
    private readonly int period; // of so many blocks, one is measured
    private readonly bool measuresCachesAlone;
    private readonly StateReading reading;
    private readonly Room[] rooms;

    /// <param name="mixture">The mixture without the caches and the n-gram model that are to be added.</param>
    /// <param name="nGram">The n-gram model that is to be added; null where none is.</param>
    /// <param name="sizes">The sizes of caches to try; there may be none.</param>
    /// <param name="sharpnesses">The sharpnesses to try with each.</param>
    /// <param name="ids">The words.</param>
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="known">What has been measured of the same words, but for the caches; null where nothing has.</param>
    public MixtureTuning(
        Mixture mixture, InterpolatedNGram? nGram, int[] sizes, double[] sharpnesses, ReadOnlyMemory<int> ids, Workers workers, MixtureTuning? known = null)
    {
        (this.mixture, this.nGram, this.sizes, this.sharpnesses) = (mixture, nGram, [.. sizes.Order()], sharpnesses);
        text = MixtureEvaluation.TextOf(ids);
        var settings = sizes.Length * sharpnesses.Length;
        period = known?.period ?? PeriodFor(ids.Length, settings);
        var greatest = sizes.Length == 0 ? 0 : this.sizes[^1];
        reading = new StateReading([.. mixture.Networks.Select(part => (part.Network, greatest))], text, separatesLines: false, workers, Measure);
        rooms = [.. Enumerable.Range(0, workers.Count).Select(_ => new Room(mixture, greatest, sizes.Length, Math.Min(StateReading.BlockLength, ids.Length)))];
        measuresCachesAlone = known is not null;
        Parts = known is not null
            ? new PartProbabilities(known.Parts, settings)
            : new PartProbabilities(MeasuredOf(ids.Length), settings, nGram is not null, mixture.Networks.Sum(part => part.WeightOfNetwork(cached: false)));
    }

    /// <summary>What has been measured.</summary>
    public PartProbabilities Parts { get; }

    /// <summary>The cache of a setting, of which there are as many as sizes times sharpnesses.</summary>
    public (int Size, double Sharpness) Setting(int index) => (sizes[index / sharpnesses.Length], sharpnesses[index % sharpnesses.Length]);

    /// <summary>Of how many blocks one is measured, so that no more is kept than may be.</summary>
    internal static int PeriodFor(int words, int settings) => (int)Math.Max(1, (((long)words * settings) + MostKept - 1) / MostKept);

    private int MeasuredOf(int words)
    {
        var measured = 0L;
        for (var first = 0L; first < words; first += (long)period * StateReading.BlockLength) measured += Math.Min(StateReading.BlockLength, words - first);
        return (int)measured;
    }

    /// <summary>Measures.</summary>
    public void Run(IProgress<double>? progress, CancellationToken cancellationToken) => reading.Run(handle: null, progress, cancellationToken);

    private void Measure(int thread, int position, int count)
    {
        var block = position / StateReading.BlockLength;
        if (block % period != 0) return;
        var room = rooms[thread];
        for (var done = 0; done < count; done += room.RowsAtOnce)
            Measure(room, position + done, Math.Min(room.RowsAtOnce, count - done), (block / period * StateReading.BlockLength) + done);
    }

    private int Word(int position) => text.Span[position + 1];

    private void Measure(Room room, int position, int rows, int place)
    {
        for (var network = 0; network < mixture.Networks.Count; network++)
        {
            var part = mixture.Networks[network];
            var share = part.WeightOfNetwork(cached: false) / Parts.NetworkWeight;
            var hidden = reading.Windows[network].Rows(position, rows);
            if (!measuresCachesAlone) MeasureNetwork(room, network, hidden, position, place, share);
            if (sizes.Length > 0) MeasureCaches(room, network, hidden, position, place, share);
        }
        if (measuresCachesAlone) return;
        for (var row = 0; row < rows; row++)
        {
            var context = text.Span[..(position + row + 1)];
            foreach (var other in mixture.NGrams) Parts.OfOthers[place + row] += other.Weight * Math.Exp(other.LogProbability(context, Word(position + row)));
            if (nGram is not null) Parts.OfNGram[place + row] = Math.Exp(nGram.LogProbability(context, Word(position + row)));
        }
    }

    private void MeasureNetwork(Room room, int network, MatrixView hidden, int position, int place, double share)
    {
        room.Queries.Clear();
        for (var row = 0; row < hidden.Rows; row++) room.Queries.Add(row, Word(position + row));
        room.Scorers[network].Score(hidden, room.Queries);
        for (var row = 0; row < hidden.Rows; row++) Parts.OfNetworks[place + row] += share * Math.Exp(room.Queries.LogProbabilities[row]);
    }

    private void MeasureCaches(Room room, int network, MatrixView hidden, int position, int place, double share)
    {
        var start = Math.Max(0, position - sizes[^1]);
        var held = position + hidden.Rows - 1 - start;
        var likeness = new MatrixView(room.Products, hidden.Rows, held);
        if (held > 0) MatrixProduct.Multiply(hidden, reading.Windows[network].Rows(start, held).Transposed, likeness, accumulate: false, Workers.Single);
        for (var row = 0; row < hidden.Rows; row++)
        {
            var end = position + row;
            var first = Math.Max(0, end - sizes[^1]);
            if (first == end)
            {
                // Where nothing has been read, the network has the cache's share.
                foreach (var values in Parts.OfCaches) values[place + row] = (float)Parts.OfNetworks[place + row];
                continue;
            }
            var products = likeness.Row(row)[(first - start)..(end - start)];
            room.FindWord(Word(end), text.Span.Slice(first + 1, products.Length));
            for (var index = 0; index < sharpnesses.Length; index++) MeasureSizes(room, products, index, place + row, share);
        }
    }

    /// <summary>Measures caches of every size and of one sharpness: from the smallest on, each has the words of the one before and older ones.</summary>
    private void MeasureSizes(Room room, ReadOnlySpan<float> products, int sharpness, int place, double share)
    {
        var likeness = room.Likeness.AsSpan(0, products.Length);
        products.CopyTo(likeness);
        VectorFunctions.Scale((float)sharpnesses[sharpness], likeness);
        double sum = 0, ofWord = 0, shift = double.NegativeInfinity;
        var (end, found) = (likeness.Length, room.Found.Count);
        for (var index = 0; index < sizes.Length; index++)
        {
            var begin = Math.Max(0, likeness.Length - sizes[index]);
            if (begin < end)
            {
                // Sums of each piece are of e^(x − its greatest), and are brought to the greatest of all pieces so far.
                var piece = likeness[begin..end];
                var greatest = VectorFunctions.Max(piece);
                var sumOfPiece = VectorFunctions.ExpAndSum(piece, greatest);
                if (!double.IsFinite(sumOfPiece)) throw Normalizer.Overflow();
                var ofWordInPiece = 0.0;
                for (; found > 0 && room.Found[found - 1] >= begin; found--) ofWordInPiece += likeness[room.Found[found - 1]];
                var shiftOfAll = Math.Max(shift, greatest);
                var (before, now) = (Math.Exp(shift - shiftOfAll), Math.Exp(greatest - shiftOfAll));
                sum = (sum * before) + (sumOfPiece * now);
                ofWord = (ofWord * before) + (ofWordInPiece * now);
                (shift, end) = (shiftOfAll, begin);
            }
            Parts.OfCaches[(index * sharpnesses.Length) + sharpness][place] += (float)(share * ofWord / sum);
        }
    }

    /// <summary>The working room of a thread.</summary>
    private sealed class Room
    {
        public Room(Mixture mixture, int greatest, int sizes, int capacity)
        {
            RowsAtOnce = sizes == 0 ? capacity : Math.Clamp(MostOfProducts / (greatest + capacity), 1, capacity);
            Scorers = [.. mixture.Networks.Select(part => part.Network.Output.CreateScorer(RowsAtOnce))];
            Products = new float[sizes == 0 ? 0 : RowsAtOnce * (greatest + RowsAtOnce)];
            Likeness = new float[greatest];
        }

        public int RowsAtOnce { get; }

        public WordQueries Queries { get; } = new();

        public WordScorer[] Scorers { get; }

        public float[] Products { get; }

        public float[] Likeness { get; }

        /// <summary>The places in the cache where the word at hand is, rising.</summary>
        public List<int> Found { get; } = [];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void FindWord(int word, ReadOnlySpan<int> words)
        {
            Found.Clear();
            for (var (place, next) = (0, 0); (next = words[place..].IndexOf(word)) >= 0; place += next + 1) Found.Add(place + next);
        }
    }
}
