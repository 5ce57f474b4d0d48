using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Inspect.Tests.Steps;

/// <summary>State k computed anew from the beginning has the bytes that were recorded, for every k.</summary>
public sealed class ReplayTests
{
    private static readonly RandomKey Key = new(11);

    public static TheoryData<string> Cases => [.. Recordings.Keys];

    private static Dictionary<string, Func<StepRecording>> Recordings { get; } = new()
    {
        ["scalar"] = Scalar,
        ["network with Adam, third step"] = () => Network(p => new Adam(p, 0.01), steps: 3),
        ["network with momentum"] = () => Network(p => new Sgd(p, 0.1, momentum: 0.9), steps: 2),
        ["network with AdamW"] = () => Network(p => new AdamW(p, 0.01), steps: 1),
        ["network with RMSprop"] = () => Network(p => new RmsProp(p, 0.01), steps: 2),
        ["convolution"] = Convolution,
        ["shared parameter"] = Shared,
        ["dropout and layer norm"] = Dropped,
        ["recurrence"] = Recurrent,
    };

    [Theory, MemberData(nameof(Cases))]
    public void Every_state_replayed_from_the_beginning_has_the_recorded_bytes(string name)
    {
        StepRecording recording = Recordings[name]();
        Assert.True(recording.Count > 5);
        for (int k = 0; k <= recording.Count; k++)
            Assert.True(recording.Replay(k).SameBytesAs(recording.StateAt(k)), $"event {k} of {name}: {(k == 0 ? "" : recording.Events[k - 1])}");
    }

    [Fact]
    public void Two_states_of_a_walk_differ_in_what_the_event_changed_and_in_nothing_else()
    {
        StepRecording recording = Network(p => new Adam(p, 0.01), steps: 2);
        for (int k = 1; k <= recording.Count; k++)
        {
            StepState before = recording.StateAt(k - 1), after = recording.StateAt(k);
            Assert.False(before.SameBytesAs(after) && recording.Events[k - 1].Kind == StepEventKind.Forward);
            foreach (StepTensor tensor in recording.Tensors.Where(tensor => !recording.Events[k - 1].Changes.Contains(tensor.Id)))
                Assert.Equal(before[tensor.Id]?.Text, after[tensor.Id]?.Text);
            Assert.All(recording.Events[k - 1].Changes, tensor => Assert.NotNull(after[tensor]));
        }
    }

    [Fact]
    public void A_replay_leaves_the_model_and_the_optimizer_as_they_were()
    {
        var model = new Sequential(new Linear(2, 3, Key.Child(1)), new Tanh(), new Linear(3, 1, Key.Child(2)));
        var twin = new Sequential(new Linear(2, 3, Key.Child(1)), new Tanh(), new Linear(3, 1, Key.Child(2)));
        Tensor x = Tensor.Normal([4, 2], Key.Child(3));
        var adam = new Adam(model.Parameters(), 0.01);
        var plain = new Adam(twin.Parameters(), 0.01);
        for (int step = 0; step < 3; step++)
        {
            StepRecording recording = StepRecording.Of(() => model.Apply(x).Square().Mean(), adam, model);
            recording.Replay(recording.Count);
            plain.ZeroGrad();
            twin.Apply(x).Square().Mean().Backward();
            plain.Step();
        }
        foreach ((Tensor ours, Tensor theirs) in model.Parameters().Zip(twin.Parameters()))
            Assert.Equal(theirs.ToArray<float>(), ours.ToArray<float>());
    }

    private static StepRecording Scalar()
    {
        Tensor w = Tensor.From([3.0]).RequiresGrad(), b = Tensor.From([1.0]).RequiresGrad(), x = Tensor.From([2.0]);
        return StepRecording.Of(() => (w * x + b).Square().Sum(), new Sgd([w, b], 0.1), names: [("w", w), ("b", b), ("x", x)]);
    }

    private static StepRecording Network(Func<IEnumerable<Tensor>, Optimizer> make, int steps)
    {
        var model = new Sequential(new Linear(2, 4, Key.Child(1)), new Relu(), new Linear(4, 3, Key.Child(2)));
        Optimizer optimizer = make(model.Parameters());
        Tensor x = Tensor.Normal([5, 2], Key.Child(3)), y = Tensor.From<long>([0, 1, 2, 1, 0]);
        StepRecording? recording = null;
        for (int i = 0; i < steps; i++)
            recording = StepRecording.Of(() => Loss.CrossEntropy(model.Apply(x), y), optimizer, model, [("x", x), ("y", y)]);
        return recording!;
    }

    private static StepRecording Convolution()
    {
        var model = new Sequential(new Conv2d(1, 2, 3, key: Key.Child(1)), new BatchNorm2d(2), new Relu(), new MaxPool2d(2), new Flatten(), new Linear(8, 2, Key.Child(2)));
        Tensor x = Tensor.Normal([2, 1, 6, 6], Key.Child(3)), y = Tensor.From<long>([0, 1]);
        return StepRecording.Of(() => Loss.CrossEntropy(model.Apply(x), y), new Adam(model.Parameters()), model, [("x", x)]);
    }

    private static StepRecording Shared()
    {
        Tensor w = Tensor.Normal([3, 3], Key.Child(1)).RequiresGrad(), x = Tensor.Normal([2, 3], Key.Child(2));
        return StepRecording.Of(() => ((x.MatMul(w).Tanh().MatMul(w) * w[0]).MatMul(w.T) - x).Square().Mean(), new Adam([w]), names: [("w", w), ("x", x)]);
    }

    private static StepRecording Dropped()
    {
        var model = new Sequential(new Linear(4, 6, Key.Child(1)), new LayerNorm([6]), new Gelu(), new Dropout(0.5, Key.Child(4)), new Linear(6, 1, Key.Child(2)), new Sigmoid());
        Tensor x = Tensor.Normal([3, 4], Key.Child(3));
        return StepRecording.Of(() => (model.Apply(x) - 1).Square().Mean(), new AdamW(model.Parameters()), model);
    }

    private static StepRecording Recurrent()
    {
        var model = new Gru(2, 3, key: Key.Child(1));
        Tensor x = Tensor.Normal([2, 4, 2], Key.Child(2));
        return StepRecording.Of(() => model.Forward(x).Square().Sum(), new Adam(model.Parameters()), model);
    }
}
