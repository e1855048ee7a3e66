namespace RnnLm.Cli.Serving;

/// <summary>How a command serves: what is not the model's.</summary>
sealed class ServeSettings
{
    public string ModelPath { get; set; } = "";

    public ListenAddresses Addresses { get; set; } = ListenAddresses.Read(ListenAddresses.Usual);

    /// <summary>Where metrics are sent; null for nowhere.</summary>
    public Uri? Collector { get; set; }

    /// <summary>Whether the line that tells the address is an object of JSON.</summary>
    public bool Json { get; set; }
}
