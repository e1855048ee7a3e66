#!/usr/bin/env dotnet
// dotnet run serve.cs -- --urls http://127.0.0.1:5000 [--model MODEL.zip]     serves what train.cs wrote; NextWordModel.zip beside this file where nothing is said
//   curl "http://127.0.0.1:5000/next?text=Gets+or+sets+the"
//   curl http://127.0.0.1:5000/predict --json '{"text": "Gets or sets the"}'
#:sdk Microsoft.NET.Sdk.Web
#:include NextWordModel.cs
// Outside a clone, in place of the next line:  #:package RnnLm.Transforms@*-*
#:project ../../src/RnnLm.Transforms
// ASP.NET's JSON needs reflection, which is off where a program may be compiled ahead of time.
#:property PublishAot=false

var builder = WebApplication.CreateBuilder(args);
// A web application runs in the folder of its source.
if (builder.Configuration["model"] is { } path) NextWordModel.ModelPath = path;
if (!File.Exists(NextWordModel.ModelPath))
{
    Console.Error.WriteLine($"There is no {NextWordModel.ModelPath}: dotnet run train.cs -- corpus.txt makes it.");
    return 1;
}
// A prediction engine is for one thread at a time: each has its own, and all share one network.
using var engines = new ThreadLocal<Microsoft.ML.PredictionEngine<NextWordModel.ModelInput, NextWordModel.ModelOutput>>(NextWordModel.CreatePredictEngine);
var app = builder.Build();
app.MapPost("/predict", (NextWordModel.ModelInput input) => engines.Value!.Predict(input));
app.MapGet("/next", (string text) => engines.Value!.Predict(new NextWordModel.ModelInput { Text = text }).NextWords);
app.Run();
return 0;
