// The folder that programs and commands run in is that of the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
