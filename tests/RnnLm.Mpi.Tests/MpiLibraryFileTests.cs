using System.Diagnostics;

namespace RnnLm.Mpi.Tests;

public sealed class MpiLibraryFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnlm-mpi-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [LinuxFact]
    public void Where_MPICH_is_missing_its_library_and_the_package_that_has_it_are_named()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => MpiLibraryFile.Load(["libmpich-that-is-not-there.so.12"]));
        Assert.Contains("there is no libmpich-that-is-not-there.so.12", fault.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install mpich", fault.Message, StringComparison.Ordinal);
        Assert.Contains("managed engine", fault.Message, StringComparison.Ordinal);
    }

    [CompilerFact]
    public void A_library_of_Open_MPI_is_not_taken_for_MPICH()
    {
        var source = Path.Join(folder, "open.c");
        var library = Path.Join(folder, "libmpi.so.12");
        File.WriteAllText(source, "int ompi_mpi_comm_world; int MPI_Comm_rank(void *communicator, int *rank) { return 0; }\n");
        using (var compiler = Process.Start("cc", ["-shared", "-o", library, source])) compiler.WaitForExit();
        Assert.True(File.Exists(library));
        Assert.Throws<InvalidOperationException>(() => MpiLibraryFile.Load([library]));
    }
}
