using RnnLm.Persistence;

namespace RnnLm.Training;

/// <summary>
/// The right to write into a folder of checkpoints, which one training has at a time: an empty file there that it has locked. The lock is gone with the
/// process, however that ends; the file that a killed one leaves is in nobody's way, and the next training removes it.
/// </summary>
/// <remarks>
/// Where locks mean nothing every training has it. Whoever has the lock may have deleted the file, which another has made anew meanwhile: so the lock counts
/// where the file that is locked is that of the path, known by its time.
/// </remarks>
/// <param name="folder">The folder.</param>
/// <param name="files">The file system.</param>
internal sealed class CheckpointClaim(string folder, FileSystem files) : IDisposable
{
    private const string Name = ".training.lock";

    // Whoever only looks whether there is a training has the file locked for that moment.
    private const int MostAttempts = 5;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private FileStream? locked;

    /// <summary>The file, in the whole path of the folder.</summary>
    public string Path { get; } = System.IO.Path.Join(System.IO.Path.GetFullPath(folder), Name);

    /// <summary>Takes the right where the folder is there, and leaves it to <see cref="Take"/> where that does not succeed.</summary>
    /// <exception cref="CheckpointException">Another training has it.</exception>
    public void TakeWhereThereIsAFolder()
    {
        try
        {
            if (files.FolderExists(folder)) Take();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Before anything is written it is tried again.
        }
    }

    /// <summary>Takes the right where it has not been taken yet, or has been lost with the folder, which is made where it is not there.</summary>
    /// <exception cref="CheckpointException">Another training has it.</exception>
    /// <exception cref="IOException">The folder cannot be made, or no file in it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made, or no file in it.</exception>
    public void Take()
    {
        files.CreateFolder(folder);
        for (var attempt = 1; !IsHeld() && attempt <= MostAttempts; attempt++)
        {
            Close();
            try
            {
                locked = Open();
            }
            catch (IOException fault) when (FileSystem.IsOfLock(fault))
            {
                if (attempt == MostAttempts) throw Taken(fault);
                Thread.Sleep(Moment);
            }
        }
    }

    /// <summary>Throws where a training has the right to write into the folder. Changes nothing, and takes no right.</summary>
    /// <exception cref="CheckpointException">Another training has it.</exception>
    public void ThrowIfTaken()
    {
        try
        {
            if (files.Look(Path).Exists)
                files.Open(Path, new FileStreamOptions { Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 }).Dispose();
        }
        catch (IOException fault) when (FileSystem.IsOfLock(fault))
        {
            throw Taken(fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // That is for whoever takes it.
        }
    }

    /// <summary>Gives the right back.</summary>
    public void Dispose()
    {
        try
        {
            // Not the file of another that has come into its place.
            if (IsHeld()) files.Delete(Path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It stays, and is in nobody's way.
        }
        Close();
    }

    private bool IsHeld()
        => locked is not null && files.Look(Path) is { Exists: true } there && there.LastWriteTimeUtc == File.GetLastWriteTimeUtc(locked.SafeFileHandle);

    private FileStream Open()
    {
        try
        {
            return files.Open(Path, FileSystem.Alone(FileMode.OpenOrCreate));
        }
        catch (UnauthorizedAccessException) when (files.Look(Path).Exists)
        {
            // Another user's, who may write into the folder too.
            return files.Open(Path, FileSystem.Alone(FileMode.Open, FileAccess.Read));
        }
    }

    private void Close()
    {
        try
        {
            locked?.Dispose();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // There is nothing in it.
        }
        locked = null;
    }

    private CheckpointException Taken(Exception cause)
        => new($"The folder \"{folder}\" is being written by another training. Wait until that has ended, or name another folder.", cause);
}
