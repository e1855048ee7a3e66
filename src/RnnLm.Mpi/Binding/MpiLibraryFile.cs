using System.Runtime.InteropServices;

namespace RnnLm.Mpi;

/// <summary>Finds MPICH on this machine, and says what helps where it is not there.</summary>
internal static partial class MpiLibraryFile
{
    /// <summary>Its library on Debian and Ubuntu; and as its authors, Intel MPI and MVAPICH call theirs, and old versions of Open MPI, too.</summary>
    private static readonly string[] Names = ["libmpich.so.12", "libmpi.so.12"];

    // What every library of Open MPI has, and no other.
    private const string OpenMpiSymbol = "ompi_mpi_comm_world";
    private static readonly string[] OpenMpiNames = ["libmpi.so.40", "libmpi.so.20", "libmpi.so.12"];

    /// <summary>Loads it, and has <see cref="MpiLibrary"/> find it.</summary>
    /// <param name="names">The names or paths to look for; null means the usual ones.</param>
    /// <exception cref="InvalidOperationException">It is not there; the message says what is, and what would help.</exception>
    public static nint Load(IReadOnlyList<string>? names = null)
    {
        if (!OperatingSystem.IsLinux()) throw new InvalidOperationException("Training on several machines by MPI takes MPICH, which this package looks for on Linux only. Train with the managed engine.");
        LeaveSignalsAlone();
        foreach (var name in names ?? Names)
        {
            if (!NativeLibrary.TryLoad(name, out var library)) continue;
            if (!NativeLibrary.TryGetExport(library, OpenMpiSymbol, out _)) return library;
        }
        throw new InvalidOperationException(Missing(names ?? Names));
    }

    /// <summary>Has calls go to a library that has been loaded.</summary>
    public static void Resolve(nint library)
        => NativeLibrary.SetDllImportResolver(typeof(MpiLibrary).Assembly, (name, assembly, path) => name == "mpich" ? library : 0);

    // UCX, which MPICH sends by, takes the signals for itself of which .NET makes NullReferenceException, unless it is told to take none before it is loaded.
    private static void LeaveSignalsAlone() => _ = setenv("UCX_ERROR_SIGNALS", "", 0);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    private static string Missing(IReadOnlyList<string> names)
    {
        var found = OpenMpiNames.Any(IsOpenMpi) ? " There is Open MPI on this machine, whose handles are others, so that it cannot take its place." : "";
        return $"MPICH is not to be found on this machine: there is no {string.Join(" and no ", names)} that is of it.{found} Install MPICH, on Debian and Ubuntu the package mpich "
            + "(apt-get install mpich), and start the training by its mpiexec; or train with the managed engine, on one machine.";
    }

    private static bool IsOpenMpi(string name) => NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, OpenMpiSymbol, out _);
}
