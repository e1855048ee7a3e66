using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using RnnLm.AspNetCore;

namespace RnnLm.Cli.Serving;

/// <summary>Sends metrics to a collector of OpenTelemetry, by its own protocol (OTLP) over HTTP. How often, and what else there is to set, the variables <c>OTEL_…</c> of the environment say.</summary>
static class MetricsExport
{
    private const string Path = "/v1/metrics";

    /// <summary>Begins; what is disposed of at last sends what is left.</summary>
    /// <param name="collector">The address of the collector, such as <c>http://127.0.0.1:4318</c>.</param>
    public static IDisposable Start(Uri collector) => Sdk.CreateMeterProviderBuilder()
        .ConfigureResource(resource => resource.AddService("rnnlm"))
        .AddMeter(LanguageModelEndpoints.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
        .AddOtlpExporter(exporter =>
        {
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = new Uri(collector.AbsoluteUri.TrimEnd('/') + Path);
        })
        .Build();
}
