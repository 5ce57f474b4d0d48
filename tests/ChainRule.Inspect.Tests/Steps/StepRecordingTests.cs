using System.Text.Json;
using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Inspect.Tests.Steps;

public sealed class StepRecordingTests
{
    private static readonly RandomKey Key = new(3);

    [Fact]
    public void A_recorded_step_is_the_step_that_would_have_been_made_without_recording()
    {
        (Sequential ours, Sequential theirs) = (Model(), Model());
        Tensor x = Tensor.Normal([5, 3], Key.Child(9)), y = Tensor.From<long>([0, 1, 1, 0, 1]);
        var recorded = new Adam(ours.Parameters());
        var plain = new Adam(theirs.Parameters());
        for (int i = 0; i < 3; i++)
        {
            StepRecording.Of(() => Loss.CrossEntropy(ours.Apply(x), y), recorded, ours);
            plain.ZeroGrad();
            Loss.CrossEntropy(theirs.Apply(x), y).Backward();
            plain.Step();
        }
        foreach ((Tensor our, Tensor their) in ours.Parameters().Zip(theirs.Parameters()))
        {
            Assert.Equal(their.ToArray<float>(), our.ToArray<float>());
            Assert.Equal(their.Grad!.ToArray<float>(), our.Grad!.ToArray<float>());
        }
    }

    [Fact]
    public void Adam_remembers_the_means_of_its_paper()
    {
        Tensor w = Tensor.From([3.0]).RequiresGrad();
        StepRecording recording = StepRecording.Of(() => w.Square().Sum(), new Adam([w], 0.1), names: [("w", w)]);
        StepState end = recording.StateAt(recording.Count);
        double Of(string name) => end.ToTensor(recording.Tensors.Single(tensor => tensor.Name == name).Id)!.ToArray<double>()[0];

        // g = 2·3 = 6: m = 0.1·6, v = 0.001·36, and the first step is the learning rate itself.
        Assert.Equal(6, Of("w.Grad"));
        Assert.Equal(0.6, Of("m(w)"), 1e-15);
        Assert.Equal(0.036, Of("v(w)"), 1e-15);
        Assert.Equal(2.9, Of("w"), 1e-8);
        Assert.Null(recording.StateAt(recording.Count - 1)[recording.Tensors.Single(tensor => tensor.Name == "m(w)").Id]);
    }

    [Fact]
    public void Without_an_optimizer_nothing_is_left_behind()
    {
        Tensor w = Tensor.From([3f]).RequiresGrad();
        StepRecording recording = StepRecording.Of(() => w.Square().Sum());
        Assert.Null(w.Grad);
        Assert.Equal(3f, w.ToArray<float>()[0]);
        Assert.DoesNotContain(recording.Events, happened => happened.Kind is StepEventKind.Keep or StepEventKind.Update);
    }

    [Fact]
    public void A_walk_goes_both_ways_and_stops_at_its_ends()
    {
        Tensor w = Tensor.From([3f]).RequiresGrad();
        StepRecording recording = StepRecording.Of(() => (w * 2).Exp().Sum());
        StepWalk walk = recording.Walk();
        Assert.Null(walk.Event);
        Assert.False(walk.Back());
        List<StepEvent> there = [], back = [];
        while (walk.Next())
            there.Add(walk.Event!);
        Assert.False(walk.Next());
        Assert.Equal(recording.Events, there);
        do
            back.Add(walk.Event!);
        while (walk.Back() && walk.Event is not null);
        Assert.Equal(there, back.AsEnumerable().Reverse());
        Assert.Throws<ArgumentOutOfRangeException>(() => walk.GoTo(recording.Count + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => recording.StateAt(-1));
    }

    [Fact]
    public void What_is_written_in_place_and_what_a_hook_does_are_events_too()
    {
        Tensor w = Tensor.From([3f]).RequiresGrad(), data = Tensor.From([1f]);
        StepRecording recording = StepRecording.Of(() =>
        {
            Tensor first = w + data;
            first.OnGradient(gradient => gradient * 10);
            data.Fill(5);
            return (first + w.Detach() * data).Sum();
        }, names: [("w", w), ("data", data)]);
        Assert.Contains("data was overwritten in place: [5]", recording.Events.Select(happened => happened.Text));
        Assert.Equal("[10]", Assert.Single(recording.Events, happened => happened.Kind == StepEventKind.Hook).RunningSum!.Text);
        for (int k = 0; k <= recording.Count; k++)
            Assert.True(recording.Replay(k).SameBytesAs(recording.StateAt(k)));
    }

    [Fact]
    public void A_recording_that_grows_too_large_says_where_and_what_to_do()
    {
        Tensor w = Tensor.Zeros([1000]).RequiresGrad();
        StepLimitException error = Assert.Throws<StepLimitException>(() => StepRecording.Of(() => w.Exp().Sum(), mostBytes: 5000));
        Assert.Contains("event 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("mostBytes", error.Message, StringComparison.Ordinal);
        Assert.Null(w.Grad);
        // It watches no longer.
        StepRecording.Of(() => w.Exp().Sum(), mostBytes: 50_000);
    }

    [Fact]
    public void What_is_not_tracked_has_a_forward_pass_only_and_gives_an_optimizer_nothing_to_do()
    {
        Tensor x = Tensor.From([1f, 2f]), w = Tensor.From([1f]).RequiresGrad();
        Assert.All(StepRecording.Of(() => x.Exp().Sum()).Events, happened => Assert.Equal(StepEventKind.Forward, happened.Kind));
        Assert.Throws<DifferentiationException>(() => StepRecording.Of(() => x.Sum(), new Sgd([w], 1)));
        Assert.Throws<DifferentiationException>(() => StepRecording.Of(() => w * x));
    }

    [Fact]
    public void A_hostile_name_is_text_in_the_page_and_in_JSON()
    {
        const string name = "</script><script>alert(1)</script>{{data}}\"]";
        Tensor w = Tensor.From([3f]).RequiresGrad();
        StepRecording recording = StepRecording.Of(() => w.Square().Sum(), new Sgd([w], 0.1), names: [(name, w)]);
        string page = recording.ToHtml(name);
        Assert.Equal(2, page.Split("</script>").Length - 1);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(recording.ToJson());
        Assert.Equal(name, json.RootElement.GetProperty("tensors")[0].GetProperty("name").GetString());
        Assert.Throws<ArgumentException>(() => recording.Save("step.pdf"));
    }

    private static Sequential Model() => new(new Linear(3, 4, Key.Child(1)), new Tanh(), new Linear(4, 2, Key.Child(2)));
}
