// libtorch has one generator of random numbers for a process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
