namespace ChainRule.Nn;

/// <summary>Sees every module that is applied on a thread, while someone draws the graph of a call.</summary>
internal abstract class ModuleWitness
{
    /// <summary>The one of this thread; null if nobody looks.</summary>
    [field: ThreadStatic]
    public static ModuleWitness? Current { get; set; }

    /// <summary>Calls the module's function in its place.</summary>
    public abstract Tensor Run(Module module, Tensor x);
}
