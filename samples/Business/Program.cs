using System.Globalization;
using Business;

// Business [FOLDER]   a ledger in a database: learns how its entries are written, finds those that are not written so, suggests the next ones, and takes a new model while it serves
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var folder = Directory.CreateDirectory(args is [var named, ..] ? named : Path.Combine(AppContext.BaseDirectory, "ledger")).FullName;
var (database, model) = (Path.Combine(folder, "ledger.db"), Path.Combine(folder, "ledger.zip"));
var ledger = new Ledger(database);
var bookkeeper = new Bookkeeper(seed: 1);
ledger.Add(Enumerable.Range(0, 4_000).Select(_ => bookkeeper.Next()));

Learning.Run(ledger, model);
Checking.Run(ledger, bookkeeper, model);

using var form = new EntryForm(model);
form.Show("Invoice from ");
form.Show("Monthly rent for the wa");

// Another supplier, of whom the model knows nothing; and the nightly training, which the form hears of without being started again.
ledger.Add(Enumerable.Range(0, 400).Select(_ => bookkeeper.Next("Quendel")));
form.Show("Invoice from Quen");
Learning.Run(ledger, model);
await form.Reloaded(version: 2);
form.Show("Invoice from Quen");
return 0;
