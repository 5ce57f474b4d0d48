namespace ChainRule.Optim;

/// <summary>A running average of weights beside the weights that are trained: <c>Update()</c> after each step, <c>Apply()</c> to use it, <c>Restore()</c> to train on.</summary>
public abstract class WeightAverage
{
    private readonly Tensor[] _parameters, _averages;
    private Tensor[]? _trained;

    /// <summary>Begins with the present weights.</summary>
    /// <exception cref="ArgumentException">There are no parameters.</exception>
    private protected WeightAverage(IEnumerable<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = [.. parameters.Distinct(ReferenceEqualityComparer.Instance).Cast<Tensor>()];
        if (_parameters.Length == 0)
            throw new ArgumentException($"{GetType().Name}: there are no parameters to average.", nameof(parameters));
        foreach (Tensor parameter in _parameters)
            ArgumentNullException.ThrowIfNull(parameter, nameof(parameters));
        _averages = Copies(_parameters);
    }

    /// <summary>How many times weights were taken in.</summary>
    public long Updates { get; internal set; }

    /// <summary>The kind of average and its numbers: what must be the same for a training to go on.</summary>
    internal abstract string Setting { get; }

    /// <summary>Whether the parameters hold the averages now.</summary>
    public bool IsApplied => _trained is not null;

    /// <summary>The averages, one for each parameter.</summary>
    public IReadOnlyList<Tensor> Averages => _averages;

    /// <summary>Takes the present weights in.</summary>
    /// <exception cref="InvalidOperationException">The parameters hold the averages.</exception>
    public void Update()
    {
        if (IsApplied)
            throw new InvalidOperationException($"{GetType().Name}.Update: the parameters hold the averages themselves. Call Restore() first.");
        Updates++;
        double share = Share(Updates);
        using (new NoGrad())
        {
            for (int i = 0; i < _averages.Length; i++)
                _averages[i].CopyFrom(_averages[i] + share * (_parameters[i] - _averages[i]));
        }
    }

    /// <summary>Puts the averages into the parameters and keeps the trained weights aside.</summary>
    /// <exception cref="InvalidOperationException">They are there already.</exception>
    public void Apply()
    {
        if (IsApplied)
            throw new InvalidOperationException($"{GetType().Name}.Apply: the parameters hold the averages already.");
        _trained = Copies(_parameters);
        Overwrite(_averages);
    }

    /// <summary>Puts the trained weights back into the parameters, exactly.</summary>
    /// <exception cref="InvalidOperationException">They are there already.</exception>
    public void Restore()
    {
        if (_trained is null)
            throw new InvalidOperationException($"{GetType().Name}.Restore: the parameters hold the trained weights already.");
        Overwrite(_trained);
        _trained = null;
    }

    /// <summary>The share by which the average moves towards the weights.</summary>
    /// <param name="update">Counts from 1.</param>
    private protected abstract double Share(long update);

    private static Tensor[] Copies(Tensor[] tensors) => Array.ConvertAll(tensors, tensor => tensor.Detach().Clone());

    private void Overwrite(Tensor[] values)
    {
        using (new NoGrad())
        {
            for (int i = 0; i < values.Length; i++)
                _parameters[i].CopyFrom(values[i]);
        }
    }
}
