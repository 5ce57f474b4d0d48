using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class SummaryTests
{
    [Fact]
    public void The_table_of_a_sequence()
    {
        var model = new Sequential(new Flatten(), new Linear(64, 32), new Relu(), new Dropout(0.25), new Linear(32, 10, bias: false));
        Assert.Equal(
            """
               layer                    output   parameters
            -----------------------------------------------
            0  Flatten                  [1, 64]           0
            1  Linear(64, 32)           [1, 32]       2,080
            2  Relu                     [1, 32]           0
            3  Dropout(0.25)            [1, 32]           0
            4  Linear(32, 10, no bias)  [1, 10]         320
            -----------------------------------------------
               total                                  2,400

            """.ReplaceLineEndings("\n"), model.Summary([1, 8, 8]).ToString());
    }

    [Fact]
    public void Rows_are_layers_not_the_modules_around_them()
    {
        var model = new Sequential(new Sequential(new Linear(2, 3), new Tanh()), new Linear(3, 1));
        ModuleSummary summary = model.Summary([5, 7, 2]);
        Assert.Equal(
        [
            new SummaryRow("0.0", "Linear(2, 3)", [5, 7, 3], 9),
            new SummaryRow("0.1", "Tanh", [5, 7, 3], 0),
            new SummaryRow("1", "Linear(3, 1)", [5, 7, 1], 4),
        ], summary.Rows);
        Assert.Equal(13, summary.ParameterCount);
    }

    [Fact]
    public void In_a_module_of_ones_own_layers_are_seen_by_their_parameters_and_shared_ones_count_once()
    {
        ModuleSummary summary = new Own().Summary([4, 2]);
        Assert.Equal(
        [
            new SummaryRow("", "Own", [4, 5], 1),
            new SummaryRow("narrow", "Linear(2, 3)", [4, 3], 9),
            new SummaryRow("bend", "Relu", null, 0),
            new SummaryRow("wide", "Linear(3, 5)", [4, 5], 20),
            new SummaryRow("tied", "Tied", null, 0),
        ], summary.Rows);
        Assert.Contains("bend    Relu          ?                0\n", summary.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_modules_apply_is_seen_and_recurrent_layers_tell_their_outputs()
    {
        ModuleSummary summary = new Reader().Summary([4, 7, 2]);
        Assert.Equal(
        [
            new SummaryRow("memory", "Lstm(2, 3, layers 2, batch first, dropout 0.5)", [4, 7, 3], 84 + 96),
            new SummaryRow("memory.dropout", "Dropout(0.5)", [4, 7, 3], 0),
            new SummaryRow("step", "GruCell(3, 5)", [4, 5], 150),
            new SummaryRow("around.inner", "Relu", [4, 5], 0),
        ], summary.Rows);
    }

    [Fact]
    public void A_single_layer_is_its_own_row() =>
        Assert.Equal([new SummaryRow("", "Linear(2, 3)", [1, 3], 9)], new Linear(2, 3).Summary([1, 2]).Rows);

    [Fact]
    public void A_summary_leaves_the_model_as_it_was()
    {
        var dropout = new Dropout(0.5, new RandomKey(1));
        var model = new Sequential(new Linear(2, 2), dropout, new Sequential(new Relu()));
        model[2].Eval();
        model.Summary([3, 2]);
        Assert.Equal(0, dropout.Draws);
        Assert.True(model.IsTraining && dropout.IsTraining);
        Assert.False(model[2].IsTraining);
        Assert.All(model.Parameters(), parameter => Assert.Null(parameter.Grad));
    }

    [Fact]
    public void An_input_that_does_not_fit_is_an_error_of_the_layer_and_leaves_no_trace()
    {
        var model = new Sequential(new Linear(2, 2), new Linear(3, 1));
        Assert.StartsWith("Linear(3, 1): the input has shape [1, 2]", Assert.Throws<ShapeException>(() => model.Summary([1, 2])).Message, StringComparison.Ordinal);
        Assert.True(model[1].IsTraining);
        Assert.Null(Interpreter.Witness);
        Assert.Throws<ArgumentNullException>(() => model.Summary(null!));
    }

    [Fact]
    public void A_model_in_float64_is_run_with_zeros_in_float64()
    {
        var model = new Sequential(new Linear(2, 2, dtype: DType.Float64));
        Assert.Equal([new SummaryRow("0", "Linear(2, 2)", [1, 2], 6)], model.Summary([1, 2]).Rows);
    }

    private sealed class Reader : Module
    {
        public Lstm Memory { get; } = new(2, 3, layers: 2, batchFirst: true, dropout: 0.5);

        public GruCell Step { get; } = new(3, 5);

        public Residual Around { get; } = new(new Relu());

        public override Tensor Forward(Tensor x) => Around.Forward(Step.Forward(Memory.Forward(x)[.., ^1]));
    }

    private sealed class Own : Module
    {
        public Own() => Tied = new Tied(Wide.Weight);

        public Linear Narrow { get; } = new(2, 3);

        public Relu Bend { get; } = new();

        public Linear Wide { get; } = new(3, 5);

        public Tied Tied { get; }

        public Parameter Gain { get; } = new(Tensor.Ones([1]));

        public override Tensor Forward(Tensor x) => Tied.Forward(Wide.Forward(Bend.Forward(Narrow.Forward(x)))) * Gain.Value;
    }

    /// <summary>Goes back and forth through the weight of another layer.</summary>
    private sealed class Tied(Parameter weight) : Module
    {
        public override Tensor Forward(Tensor x) => x.MatMul(weight.Value).MatMul(weight.Value.T);
    }
}
