using System.Text;
using System.Text.Json;
using ChainRule.TensorBoard;
using ChainRule.TensorBoard.Tests;

namespace ChainRule.Cli.Tests.Runs;

/// <summary>What a run shows and leaves behind.</summary>
public sealed class TrainTests : IDisposable
{
    private static readonly string[] _files = ["config.json", "loss.png", "loss.svg", "metrics.jsonl", "model.safetensors", "report.html"];

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Without_options_it_learns_the_digits()
    {
        ToolResult result = _tool.Run("train --json").MustSucceed();
        Assert.Equal("digits", result.Json.GetProperty("data").GetString());
        Assert.InRange(result.TestAccuracy, 0.965, 1);
        Assert.Equal(_files, Directory.GetFiles(_tool.Folder.File("runs/digits")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_last_line_is_the_promised_object_and_its_hash_is_that_of_the_file()
    {
        JsonElement json = _tool.Run("train --data xor --layers 8,4 --epochs 30 --batch 2 --seed 5 --json --output out").MustSucceed().Json;
        Assert.Equal(["data", "parameters", "epochs", "steps", "seconds", "trainLoss", "testAccuracy", "seed", "weightsHash", "findings"], json.EnumerateObject().Select(property => property.Name));
        var file = new ModelFile(_tool.Folder.File("out/model.safetensors"));
        Assert.Equal(file.WeightsHash, json.GetProperty("weightsHash").GetString());
        // 2-8-4-2: (2 + 1) 8 + (8 + 1) 4 + (4 + 1) 2.
        Assert.Equal((70, 70), (file.ParameterCount, json.GetProperty("parameters").GetInt64()));
        // 4 cases in batches of 2, 30 times.
        Assert.Equal((30, 60, 5), (json.GetProperty("epochs").GetInt64(), json.GetProperty("steps").GetInt64(), json.GetProperty("seed").GetInt64()));
        Assert.InRange(json.GetProperty("seconds").GetDouble(), 0, 300);
        Assert.InRange(json.GetProperty("trainLoss").GetDouble(), 0, 1);
    }

    [Fact]
    public void Names_are_hashed_in_ordinal_order_also_beyond_nine()
    {
        // The eleventh module is 10.weight, which comes before 2.weight.
        ToolResult result = _tool.Run("train --data xor --layers 2,2,2,2,2 --epochs 1 --json -q --output out").MustSucceed();
        Assert.Equal(new ModelFile(_tool.Folder.File("out/model.safetensors")).WeightsHash, result.WeightsHash);
    }

    [Fact]
    public void A_piped_run_shows_model_epochs_and_confusion_without_escape_codes()
    {
        _tool.Folder.Write("kinds.csv", Tables.Separable());
        ToolResult result = _tool.Run("train --data kinds.csv --layers 7,5 --epochs 4").MustSucceed();
        Assert.DoesNotContain('\e', result.Output + result.Error);
        Assert.DoesNotContain('\r', result.Output);
        string[] wanted = ["48 examples to learn from, 12 for the test", "Linear(2, 7)", "Linear(7, 5)", "Linear(5, 2)", "epoch 4/4", "samples/s", "short", "long", "found", "of the test right", "in runs/kinds: report.html loss.png loss.svg metrics.jsonl config.json model.safetensors"];
        Assert.All(wanted, part => Assert.Contains(part, result.Output, StringComparison.Ordinal));
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void Metrics_hold_one_object_for_each_epoch()
    {
        _tool.Run("train --data xor --epochs 7 --quiet --output out").MustSucceed();
        string[] lines = File.ReadAllLines(_tool.Folder.File("out/metrics.jsonl"));
        Assert.Equal(7, lines.Length);
        foreach ((int index, string line) in lines.Index())
        {
            JsonElement epoch = JsonDocument.Parse(line).RootElement;
            Assert.Equal((index + 1, index + 1), (epoch.GetProperty("epoch").GetInt32(), epoch.GetProperty("steps").GetInt32()));
            Assert.InRange(epoch.GetProperty("testAccuracy").GetDouble(), 0, 1);
        }
    }

    [Fact]
    public void An_event_file_for_TensorBoard_has_each_epoch_and_each_layer()
    {
        _tool.Run("train --data xor --epochs 4 --quiet --output out --tensorboard events").MustSucceed();
        IReadOnlyList<EventValue> values = TensorBoardReader.Read(Assert.Single(Directory.GetFiles(_tool.Folder.File("events")))).Values;
        // All four cases are one batch, so that each epoch is a step.
        foreach (string tag in new[] { "loss/step", "loss/train", "loss/test", "accuracy/train", "accuracy/test", "gradient/0.weight", "gradient/2.weight", "update-ratio/0.weight", "weights/0.weight" })
            Assert.Equal([1L, 2, 3, 4], values.Where(value => value.Tag == tag).Select(value => value.Step));
        Assert.All(values.Where(value => value.Tag == "weights/0.weight"), value => Assert.Equal((16.0, 16), (value.Histogram!.Count, (int)Math.Round(value.Histogram.Counts.Sum()))));
    }

    [Fact]
    public void An_event_file_holds_all_five_kinds_for_a_parser_that_is_not_ours()
    {
        _tool.Run("train --data xor --epochs 3 --quiet --output out --tensorboard events").MustSucceed();
        List<byte[]> events = WireFields.Records(File.ReadAllBytes(Assert.Single(Directory.GetFiles(_tool.Folder.File("events")))));
        // GraphDef.node.op, in an event's field 4: two layers of the network 2-n-2 and what is between them.
        byte[] graph = WireFields.Part(events.Single(record => WireFields.Of(record).Exists(field => field.Number == 4)), 4);
        string[] operations = [.. WireFields.Of(graph).Where(field => field.Number == 1).Select(node => Encoding.UTF8.GetString(WireFields.Part(node.Bytes, 2)))];
        Assert.Equal(2, operations.Count(operation => operation == "Affine"));
        // Summary.Value: scalar 2, image 4, histogram 5, tensor 8 (text).
        int[] kinds = [.. events.SelectMany(WireFields.Of).Where(field => field.Number == 5).SelectMany(summary => WireFields.Of(WireFields.Part(summary.Bytes, 1))).Select(field => field.Number).Distinct()];
        Assert.All(new[] { 2, 4, 5, 8 }, kind => Assert.Contains(kind, kinds));
    }

    [Fact]
    public void Findings_and_what_was_seen_are_the_same_in_each_run()
    {
        string[] seen = [.. new[] { "a", "b" }.Select(place =>
        {
            JsonElement json = _tool.Run($"train --data xor --epochs 3000 --learning-rate 3 --doctor full --quiet --json --output {place}").MustSucceed().Json;
            return json.GetProperty("findings").GetRawText() + File.ReadAllText(_tool.Folder.File($"{place}/doctor.json"));
        })];
        Assert.Equal(seen[0], seen[1]);
        Assert.Contains("\"readings\"", seen[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_doctor_nothing_is_found_and_the_layers_are_still_shown()
    {
        _tool.Run("train --data xor --epochs 30 --doctor off --quiet --output out").MustSucceed();
        string report = File.ReadAllText(_tool.Folder.File("out/report.html"));
        Assert.Contains("Gradient flow over time", report, StringComparison.Ordinal);
        Assert.DoesNotContain("What was found", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_for_events_that_cannot_be_written_to_is_refused_before_the_work()
    {
        _tool.Folder.Write("file", "");
        _tool.Run("train --data xor --epochs 1 --output out --tensorboard file").MustEndWithError(2, "cannot write to the output folder file");
    }

    [Fact]
    public void Quiet_is_silent_and_quiet_with_json_is_one_line()
    {
        ToolResult quiet = _tool.Run("train --data xor --epochs 2 --quiet --output a").MustSucceed();
        Assert.Equal(("", ""), (quiet.Output, quiet.Error));
        Assert.Single(_tool.Run("train --data xor --epochs 2 -q --json -o b").MustSucceed().Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Without_a_name_each_run_gets_a_folder_of_its_own()
    {
        foreach (string name in new[] { "xor", "xor-2", "xor-3" })
        {
            _tool.Run("train --data xor --epochs 1 --quiet").MustSucceed();
            Assert.True(File.Exists(_tool.Folder.File($"runs/{name}/report.html")), name);
        }
    }

    [Fact]
    public void A_folder_of_pictures_is_learned_and_predicted()
    {
        Tables.WritePictures(_tool.Folder, "pictures");
        ToolResult train = _tool.Run("train --data pictures --layers 8 --epochs 20 --batch 8 --json --quiet --output out").MustSucceed();
        Assert.Equal(1, train.TestAccuracy);
        ToolResult predict = _tool.Run("predict out/model.safetensors pictures/t10k-images-idx3-ubyte").MustSucceed();
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i % 2}"), predict.Lines.Select(line => line.Split('\t')[1]));
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void Each_optimizer_learns_a_table_with_the_rate_that_suits_it(string optimizer)
    {
        _tool.Folder.Write("kinds.csv", Tables.Separable());
        Assert.Equal(1, _tool.Run($"train --data kinds.csv --optimizer {optimizer} --quiet --json").MustSucceed().TestAccuracy);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_run_with_advice_and_keeps_what_there_is()
    {
        _tool.Folder.Write("kinds.csv", Tables.Separable());
        ToolResult result = _tool.Run("train --data kinds.csv --optimizer sgd --learning-rate 100 --layers 64,64,64,64 --quiet --json --output out");
        result.MustEndWithError(1, "The loss became", "--learning-rate 10", "--optimizer adam", "What there is is in out.");
        Assert.Equal(new ModelFile(_tool.Folder.File("out/model.safetensors")).WeightsHash, result.WeightsHash);
        Assert.Equal(_files, Directory.GetFiles(_tool.Folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(File.ReadAllLines(_tool.Folder.File("out/metrics.jsonl")), line => JsonDocument.Parse(line).Dispose());
    }
}
