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
        var library = MakeOpenMpi("libmpi.so.12");
        Assert.Throws<InvalidOperationException>(() => MpiLibraryFile.Load([library]));
    }

    [CompilerFact]
    public void Where_there_is_Open_MPI_alone_the_command_says_so_and_what_to_install()
    {
        // The loader looks here first.
        foreach (var name in (string[])["libmpich.so.12", "libmpi.so.12", "libmpi.so.40"]) MakeOpenMpi(name);
        var text = Path.Join(folder, "text.txt");
        File.WriteAllLines(text, Texts.Lines(20, seed: 1));
        var (code, output, error) = Mpiexec.RunCommandAlone(["train", text, "--output", Path.Join(folder, "m.rnnlm"), "--engine", "mpi"], ("LD_LIBRARY_PATH", folder));
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("rnnlm: MPICH is not to be found on this machine", error, StringComparison.Ordinal);
        Assert.Contains("There is Open MPI on this machine", error, StringComparison.Ordinal);
        Assert.Contains("apt-get install mpich", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Join(folder, "m.rnnlm")));
    }

    private string MakeOpenMpi(string name)
    {
        var (source, library) = (Path.Join(folder, "open.c"), Path.Join(folder, name));
        File.WriteAllText(source, "int ompi_mpi_comm_world; int MPI_Comm_rank(void *communicator, int *rank) { return 0; }\n");
        using (var compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", library, source])) compiler.WaitForExit();
        Assert.True(File.Exists(library));
        return library;
    }
}
