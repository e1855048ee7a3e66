// The ranks of a test are threads or processes already.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
