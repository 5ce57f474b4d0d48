using System.Text.Json;
using ChainRule.Nn;
using ChainRule.Nn.FromScratch;
using ChainRule.Optim;

namespace ChainRule.Tests.Reference;

public sealed class NotebookTests(Notebook notebook) : IClassFixture<Notebook>
{
    // What issue 2 asks for.
    private const double OfLosses = 1e-12, OfWeights = 1e-10, OfGradients = 1e-13;

    [Fact]
    public void The_network_written_by_hand_follows_every_recorded_training()
    {
        foreach (string name in notebook.Trainings)
        {
            JsonElement section = notebook[name];
            var network = new NeuralNetwork(section.GetProperty("initial").EnumerateArray().Select(layer =>
                new NetworkLayer(Notebook.Read(layer.GetProperty("W")), Notebook.Read(layer.GetProperty("b")))));
            Tensor x = Notebook.Read(section.GetProperty("X")), y = Notebook.Read(section.GetProperty("Y"));

            network.Forward(x);
            network.Backward(y);
            CompareLayers(section.GetProperty("first_gradients"), $"{name}, first gradient", OfGradients, i => (network.Layers[i].DW!, network.Layers[i].DB!));

            double[] losses = network.Train(x, y, section.GetProperty("steps").GetInt32(), section.GetProperty("learning_rate").GetDouble());

            notebook.Compare(section.GetProperty("losses"), losses, $"{name}, loss", OfLosses);
            CompareLayers(section.GetProperty("final"), $"{name}, final weight", OfWeights, i => (network.Layers[i].W, network.Layers[i].B));
            notebook.Compare(section.GetProperty("last_output"), network.Layers[^1].A!, $"{name}, last output", OfWeights);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_network_with_automatic_derivatives_follows_every_recorded_training(bool fromLogits)
    {
        foreach (string name in notebook.Trainings)
        {
            JsonElement section = notebook[name];
            (Sequential model, Linear[] layers) = ModelOf(section, fromLogits);
            var optimizer = new Sgd(model.Parameters(), section.GetProperty("learning_rate").GetDouble());
            Tensor x = Notebook.Read(section.GetProperty("X")).T, y = Notebook.Read(section.GetProperty("Y")).T;
            var losses = new double[section.GetProperty("steps").GetInt32()];
            for (int step = 0; step < losses.Length; step++)
            {
                optimizer.ZeroGrad();
                Tensor loss = fromLogits ? Loss.BinaryCrossEntropyWithLogits(model.Forward(x), y) : Loss.BinaryCrossEntropy(model.Forward(x), y);
                losses[step] = loss.Item<double>();
                loss.Backward();
                if (step == 0)
                    CompareLayers(section.GetProperty("first_gradients"), $"{name}, first gradient", OfGradients, i => (layers[i].Weight.Grad!, layers[i].Bias!.Grad!.Unsqueeze(1)));
                optimizer.Step();
            }
            notebook.Compare(section.GetProperty("losses"), losses, $"{name}, loss", OfLosses);
            CompareLayers(section.GetProperty("final"), $"{name}, final weight", OfWeights, i => (layers[i].Weight, layers[i].Bias!.Value.Unsqueeze(1)));
        }
    }

    [Fact]
    public void The_chain_rule_of_a_cube()
    {
        JsonElement section = notebook["chain_rule"];
        Tensor x = Leaf(section, "x");
        Tensor u = (2 * x + 1).RetainGrad();
        Tensor f = u.Pow(3);
        f.Backward(retainGraph: true);

        Compare("chain_rule", "value", f);
        Compare("chain_rule", "derivative", x.Grad!);
        Compare("chain_rule", "u", u);
        Compare("chain_rule", "df_du", u.Grad!);
        Compare("chain_rule", "du_dx", Differentiate.Gradients(u, [x])[0]);
    }

    [Fact]
    public void The_graph_of_a_square()
    {
        JsonElement section = notebook["graph"];
        Tensor w = Leaf(section, "w"), x = Leaf(section, "x"), b = Leaf(section, "b");
        Tensor a = (w * x).RetainGrad();
        Tensor z = (a + b).RetainGrad();
        Tensor loss = z.Square();
        loss.Backward();

        Compare("graph", "a", a);
        Compare("graph", "z", z);
        Compare("graph", "value", loss);
        foreach ((string name, Tensor tensor) in new[] { ("dL_dw", w), ("dL_dx", x), ("dL_db", b), ("dL_dz", z), ("dL_da", a) })
            Compare("graph", name, tensor.Grad!);
    }

    [Fact]
    public void A_single_neuron()
    {
        JsonElement section = notebook["single_neuron"];
        Tensor w = Leaf(section, "w"), b = Leaf(section, "b");
        Tensor z = ((w * Notebook.Read(section.GetProperty("x"))).Sum() + b).RetainGrad();
        Tensor a = z.Sigmoid().RetainGrad();
        Tensor loss = (a - Notebook.Read(section.GetProperty("y"))).Square() / 2;
        loss.Backward(retainGraph: true);

        Compare("single_neuron", "z", z);
        Compare("single_neuron", "a", a);
        Compare("single_neuron", "loss", loss);
        Compare("single_neuron", "dL_da", a.Grad!);
        Compare("single_neuron", "dL_dz", z.Grad!);
        Compare("single_neuron", "dL_dw", w.Grad!);
        Compare("single_neuron", "dL_db", b.Grad!);
        Compare("single_neuron", "da_dz", Differentiate.Gradients(a, [z])[0]);
    }

    [Fact]
    public void The_second_exercise()
    {
        JsonElement section = notebook["exercise_two"];
        Tensor w1 = Leaf(section, "w1"), w2 = Leaf(section, "w2");
        Tensor a = w1 * Notebook.Read(section.GetProperty("x1")), b = w2 * Notebook.Read(section.GetProperty("x2"));
        Tensor value = (a + b).Square() + (a - b).Square();
        value.Backward();

        Compare("exercise_two", "value", value);
        Compare("exercise_two", "dL_dw1", w1.Grad!);
        Compare("exercise_two", "dL_dw2", w2.Grad!);
    }

    [Fact]
    public void The_flow_of_gradients_through_the_layers()
    {
        JsonElement section = notebook["gradient_flow"];
        var model = new Sequential(
            new Linear(2, 8, dtype: DType.Float64), new Relu(), new Linear(8, 4, dtype: DType.Float64), new Relu(), new Linear(4, 1, dtype: DType.Float64), new Sigmoid());
        JsonElement parameters = section.GetProperty("parameters");
        using (new NoGrad())
        {
            Assert.Equal(parameters.EnumerateObject().Select(parameter => parameter.Name), model.NamedParameters().Select(parameter => parameter.Name));
            foreach ((string name, Tensor value) in model.NamedParameters())
                value.CopyFrom(Notebook.Read(parameters.GetProperty(name)));
        }

        Tensor output = model.Forward(new double[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });
        Tensor loss = Loss.BinaryCrossEntropy(output, new double[,] { { 0 }, { 1 }, { 1 }, { 0 } });
        loss.Backward();

        Compare("gradient_flow", "output", output);
        Compare("gradient_flow", "loss", loss);
        foreach ((string name, Tensor value) in model.NamedParameters())
            notebook.Compare(section.GetProperty("gradients").GetProperty(name), value.Grad!, name, OfGradients, 1e-16);
        double[] means = [.. model.OfType<Linear>().Select(layer => layer.Weight.Grad!.Abs().Mean().Item<double>())];
        Compare("gradient_flow", "mean_abs_weight_gradient", means);
    }

    private static Tensor Leaf(JsonElement section, string name) => Notebook.Read(section.GetProperty(name)).RequiresGrad();

    private void Compare(string section, string name, Tensor actual) =>
        notebook.Compare(notebook[section].GetProperty(name), actual, $"{section} of {name}", OfGradients);

    private void CompareLayers(JsonElement layers, string name, double relative, Func<int, (Tensor W, Tensor B)> actual)
    {
        foreach ((int i, JsonElement layer) in layers.EnumerateArray().Index())
        {
            // A gradient may be a small difference of large terms.
            notebook.Compare(layer.GetProperty("W"), actual(i).W, $"{name} of W{i + 1}", relative, 1e-16);
            notebook.Compare(layer.GetProperty("b"), actual(i).B, $"{name} of b{i + 1}", relative, 1e-16);
        }
    }

    private static (Sequential Model, Linear[] Layers) ModelOf(JsonElement section, bool givesLogits)
    {
        JsonElement[] initial = [.. section.GetProperty("initial").EnumerateArray()];
        var model = new Sequential();
        foreach (JsonElement values in initial)
        {
            if (model.Count > 0)
                model.Add(new Relu());
            Tensor weight = Notebook.Read(values.GetProperty("W")), bias = Notebook.Read(values.GetProperty("b"));
            var layer = new Linear((int)weight.Shape[1], (int)weight.Shape[0], dtype: DType.Float64);
            using (new NoGrad())
            {
                layer.Weight.Value.CopyFrom(weight);
                layer.Bias!.Value.CopyFrom(bias.Squeeze(1));
            }
            model.Add(layer);
        }
        Linear[] layers = [.. model.OfType<Linear>()];
        if (!givesLogits)
            model.Add(new Sigmoid());
        return (model, layers);
    }
}
