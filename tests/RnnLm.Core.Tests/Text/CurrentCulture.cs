using System.Globalization;

namespace RnnLm.Tests.Text;

/// <summary>Makes a culture current until it is disposed.</summary>
internal sealed class CurrentCulture : IDisposable
{
    private readonly CultureInfo former = CultureInfo.CurrentCulture;

    public CurrentCulture(string name) => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);

    public void Dispose() => CultureInfo.CurrentCulture = former;
}
