// libtorch has one number of threads and one generator of random numbers for a process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
