namespace ChainRule.Playground.Lab;

/// <summary>What each neuron answers at each place of a square grid over the picture, from its upper left corner on.</summary>
public static class Surface
{
    /// <summary>Places along each side.</summary>
    public const int Side = 28;

    /// <summary>The picture goes from minus this to this.</summary>
    public const float Reach = 1.2f;

    private static readonly Tensor Grid = MakeGrid();

    /// <summary>The hidden neurons' activations, one square each, and the classes' probabilities, one square each.</summary>
    public static (float[] Hidden, float[] Classes) Of(Trainer trainer)
    {
        var hidden = new List<float>();
        using (new NoGrad())
        {
            Tensor value = Grid;
            for (int i = 0; i < trainer.Model.Count; i++)
            {
                value = trainer.Model[i].Apply(value);
                if (i % 2 == 1)
                    hidden.AddRange(value.Transpose(0, 1).ToArray<float>());
            }
            return ([.. hidden], Probabilities(trainer, value).Transpose(0, 1).ToArray<float>());
        }
    }

    /// <summary>How likely each class is, [points, classes]; a squared error is read as a distance from the targets.</summary>
    public static Tensor Probabilities(Trainer trainer, Tensor output)
    {
        if (trainer.LossKind == LossKind.CrossEntropy) return output.Softmax(-1);
        if (output.Shape[1] > 1) return output.Clamp(0, 1);
        Tensor second = trainer.LossKind == LossKind.Binary ? output.Sigmoid() : ((output + 1f) * 0.5f).Clamp(0, 1);
        return Tensor.Concat([1f - second, second], axis: 1);
    }

    private static Tensor MakeGrid()
    {
        var places = new float[Side * Side * 2];
        for (int i = 0; i < Side * Side; i++)
        {
            places[2 * i] = Reach * ((i % Side + 0.5f) / Side * 2 - 1);
            places[2 * i + 1] = Reach * (1 - (i / Side + 0.5f) / Side * 2);
        }
        return Tensor.From(places, [Side * Side, 2]);
    }
}
