namespace RnnLm.StandIns.TorchSharp.Tests;

public class DisposeScopeTests
{
    [TorchFact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        Tensor inside;
        using (NewDisposeScope()) inside = Values.Row(1);
        Assert.True(inside.IsInvalid);
    }

    [TorchFact]
    public void What_is_detached_outlives_the_scope()
    {
        Tensor kept;
        using (NewDisposeScope()) kept = Values.Row(1).DetachFromDisposeScope();
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [TorchFact]
    public void Scopes_nest()
    {
        using var outer = NewDisposeScope();
        var before = Values.Row(1);
        Tensor inside;
        using (NewDisposeScope()) inside = Values.Row(2);
        var after = Values.Row(3);
        Assert.False(before.IsInvalid);
        Assert.True(inside.IsInvalid);
        outer.Dispose();
        Assert.True(before.IsInvalid);
        Assert.True(after.IsInvalid);
    }

    [TorchFact]
    public void Statistics_count_the_tensors_that_live_in_scopes()
    {
        long Live() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var before = Live();
        using (NewDisposeScope())
        {
            var one = Values.Row(1);
            var two = Values.Row(2);
            Assert.Equal(before + 2, Live());
            one.Dispose();
            Assert.Equal(before + 1, Live());
            two.DetachFromDisposeScope();
            Assert.Equal(before, Live());
            two.Dispose();
            Values.Row(3);
        }
        Assert.Equal(before, Live());
    }
}
