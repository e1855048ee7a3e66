Imports System.Globalization
Imports System.IO
Imports Microsoft.ML
Imports RnnLm

' VisualBasic CORPUS.txt TEXT...   learns from a file of text, one a line, and says what comes next after each text
Module Program
    Function Main(args As String()) As Integer
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture
        If args.Length < 2 Then
            Console.Error.WriteLine("Usage: VisualBasic CORPUS.txt TEXT...")
            Return 2
        End If

        Dim mlContext As New MLContext(seed:=1)
        Dim lines = File.ReadLines(args(0)).Select(Function(line) New Sentence With {.Text = line})
        Dim data = mlContext.Data.LoadFromEnumerable(lines)

        ' In other languages than C# the catalog is asked for by its name.
        Dim options As New RecurrentNetworkOptions With {.NextWordsColumnName = "NextWords", .ProbabilitiesColumnName = "Probabilities", .NextWordCount = 3, .Tokenizer = Tokenizer.Text()}
        options.Vocabulary.MaximumSize = 5000
        options.Training.Preset = TrainingPreset.Small
        options.Training.EmbeddingSize = 100
        options.Training.HiddenSize = 100
        options.Training.Epochs = 3
        Dim model = LanguageModelingCatalog.For(mlContext).Trainers.RecurrentNetwork(options).Fit(data)

        Using engine = mlContext.Model.CreatePredictionEngine(Of Sentence, NextWords)(model)
            For Each typed In args.Skip(1)
                Dim prediction = engine.Predict(New Sentence With {.Text = typed})
                Console.WriteLine($"{typed} → {String.Join("  ", prediction.NextWords.Zip(prediction.Probabilities, Function(word, probability) $"{word} {probability:P1}"))}")
            Next
        End Using
        Return 0
    End Function
End Module

Class Sentence
    Public Property Text As String = ""
End Class

Class NextWords
    Public Property NextWords As String() = Array.Empty(Of String)()
    Public Property Probabilities As Single() = Array.Empty(Of Single)()
End Class
