using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>Some steps of a window that follow one another without a reset; a window is cut before every step that has one.</summary>
/// <param name="Start">The first step.</param>
/// <param name="Length">The number of steps.</param>
/// <param name="Resets">Which streams begin it from the zero state: <c>[1, batch, 1]</c>; null where none does.</param>
internal readonly record struct WindowSegment(int Start, int Length, Tensor? Resets)
{
    /// <summary>A window without resets.</summary>
    public static IReadOnlyList<WindowSegment> Whole(int length) => [new(0, length, null)];

    /// <summary>The segments of a window, in their order.</summary>
    public static IReadOnlyList<WindowSegment> Of(Window window, Device device)
    {
        var resets = window.Resets;
        var batch = window.BatchSize;
        List<int> starts = [0];
        for (var step = 1; step < window.Length; step++)
        {
            if (resets.Slice(step * batch, batch).Contains(true)) starts.Add(step);
        }
        if (starts.Count == 1 && !resets.Contains(true)) return Whole(window.Length);

        // All masks go to the device as one tensor: [segments, 1, batch, 1]
        var masks = new bool[starts.Count * batch];
        foreach (var (index, start) in starts.Index()) resets.Slice(start * batch, batch).CopyTo(masks.AsSpan(index * batch));
        var uploaded = tensor(masks, [starts.Count, 1, batch, 1], device: device);
        starts.Add(window.Length);
        var segments = new WindowSegment[starts.Count - 1];
        for (var index = 0; index < segments.Length; index++)
            segments[index] = new WindowSegment(starts[index], starts[index + 1] - starts[index], uploaded.select(0, index));
        return segments;
    }
}
