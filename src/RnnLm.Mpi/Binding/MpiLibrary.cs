using System.Runtime.InteropServices;

namespace RnnLm.Mpi;

/// <summary>
/// The functions of MPI that training needs, with the handles of MPICH, which are whole numbers (<c>mpi.h</c> of MPICH 4.0; those of Intel MPI and MVAPICH are the
/// same). Of Open MPI they are pointers, so that its library cannot take its place.
/// </summary>
internal static unsafe partial class MpiLibrary
{
    public const int Success = 0;
    public const int World = 0x44000000; // MPI_COMM_WORLD
    public const int Byte = 0x4c00010d; // MPI_BYTE
    public const int ErrorsReturn = 0x54000001; // MPI_ERRORS_RETURN
    public const int AnyTag = -1; // MPI_ANY_TAG
    public const int AnySource = -2; // MPI_ANY_SOURCE
    public const int NoRequest = 0x2c000000; // MPI_REQUEST_NULL
    public const int Serialized = 2; // MPI_THREAD_SERIALIZED
    public const int GreatestErrorLength = 512; // MPI_MAX_ERROR_STRING
    public const int GreatestVersionLength = 8192; // MPI_MAX_LIBRARY_VERSION_STRING

    private const string Name = "mpich";

    [LibraryImport(Name)]
    public static partial int MPI_Init_thread(nint argumentCount, nint arguments, int required, out int provided);

    [LibraryImport(Name)]
    public static partial int MPI_Initialized(out int flag);

    [LibraryImport(Name)]
    public static partial int MPI_Comm_set_errhandler(int communicator, int handler);

    [LibraryImport(Name)]
    public static partial int MPI_Comm_rank(int communicator, out int rank);

    [LibraryImport(Name)]
    public static partial int MPI_Comm_size(int communicator, out int size);

    [LibraryImport(Name)]
    public static partial int MPI_Isend(byte* buffer, int count, int datatype, int destination, int tag, int communicator, out int request);

    [LibraryImport(Name)]
    public static partial int MPI_Iprobe(int source, int tag, int communicator, out int flag, out Status status);

    [LibraryImport(Name)]
    public static partial int MPI_Recv(byte* buffer, int count, int datatype, int source, int tag, int communicator, out Status status);

    [LibraryImport(Name)]
    public static partial int MPI_Test(ref int request, out int flag, out Status status);

    [LibraryImport(Name)]
    public static partial int MPI_Error_string(int error, byte* text, out int length);

    [LibraryImport(Name)]
    public static partial int MPI_Get_library_version(byte* text, out int length);

    [LibraryImport(Name)]
    public static partial int MPI_Finalize();

    [LibraryImport(Name)]
    public static partial int MPI_Abort(int communicator, int error);

    /// <summary>What a message was, laid out as MPICH has it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct Status
    {
        private readonly int countLow;
        private readonly int countHighAndCancelled;

        public readonly int Source;
        public readonly int Tag;
        public readonly int Error;

        /// <summary>The bytes of a message that is less than 2 GB.</summary>
        public int Count => countLow;
    }
}
