using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Bench;

/// <summary>A convolutional classifier of 28 x 28 images: two convolutions of 3 x 3 with pooling, two dense layers; random data.</summary>
public sealed class ImageNetwork
{
    private readonly Tensor _images, _classes;
    private readonly Sequential _model;
    private readonly Adam _optimizer;

    /// <summary>Makes the network and a batch for it.</summary>
    public ImageNetwork(int batch)
    {
        var key = new RandomKey(1);
        _images = Tensor.Normal([batch, 1, 28, 28], key.Child(0));
        _classes = Tensor.RandomIntegers([batch], key.Child(1), 0, 10);
        _model = new Sequential(
            new Conv2d(1, 32, 3, padding: 1, key: key.Child(2)), new Relu(), new MaxPool2d(2),
            new Conv2d(32, 64, 3, padding: 1, key: key.Child(3)), new Relu(), new MaxPool2d(2),
            new Flatten(), new Linear(64 * 49, 128, key: key.Child(4)), new Relu(), new Linear(128, 10, key: key.Child(5)));
        _optimizer = new Adam(_model.Parameters());
    }

    /// <summary>The logits of the batch, compiled.</summary>
    public Action Inference()
    {
        CompiledFunction compiled = Compile.Of(_model.Forward);
        return () => compiled.Run(_images);
    }

    /// <summary>One step of training: forward, backward, update.</summary>
    public void Step()
    {
        _optimizer.ZeroGrad();
        Loss(_images, _classes).Backward();
        _optimizer.Step();
    }

    /// <summary>The same step, compiled.</summary>
    public Action CompiledStep()
    {
        CompiledStep step = Compile.Step(_optimizer, Loss);
        return () => step.Run(_images, _classes);
    }

    /// <summary>The memory that a step will take.</summary>
    public MemoryPlan Plan() => MemoryPlan.OfStep(_model, _optimizer, batch => Loss(batch[0], batch[1]), _images, _classes);

    private Tensor Loss(Tensor images, Tensor classes) => Nn.Loss.CrossEntropy(_model.Forward(images), classes);
}
