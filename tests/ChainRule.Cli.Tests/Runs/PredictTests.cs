using System.Globalization;
using System.Text.Json;

namespace ChainRule.Cli.Tests.Runs;

/// <summary>A saved model answers as its numbers say.</summary>
public sealed class PredictTests(TrainedTable trained) : IClassFixture<TrainedTable>
{
    private static readonly string[] _rows = Tables.Separable().TrimEnd().Split('\n')[1..];

    private readonly Tool _tool = trained.Tool;

    [Fact]
    public void Answers_are_those_of_the_network_in_the_file()
    {
        var file = new ModelFile(_tool.Folder.File("out/model.safetensors"));
        string[] lines = _tool.Run("predict out/model.safetensors kinds.csv").MustSucceed().Lines;
        Assert.Equal(60, lines.Length);
        // Classes are in the order of their names.
        string[] classes = [.. _rows.Select(row => row.Split(',')[2]).Distinct().Order(StringComparer.Ordinal)];
        for (int i = 0; i < lines.Length; i++)
        {
            double[] expected = file.Predict([.. _rows[i].Split(',')[..2].Select(number => double.Parse(number, CultureInfo.InvariantCulture))]);
            string[] fields = lines[i].Split('\t');
            Assert.Equal(((i + 1).ToString(CultureInfo.InvariantCulture), classes[expected.IndexOf(expected.Max())]), (fields[0], fields[1]));
            Assert.Equal(expected.Max(), double.Parse(fields[2], CultureInfo.InvariantCulture), 1e-4);
        }
    }

    [Fact]
    public void The_class_column_and_the_header_change_nothing()
    {
        _tool.Folder.Write("bare.csv", string.Join('\n', _rows.Select(row => row[..row.LastIndexOf(',')])));
        Assert.Equal(_tool.Run("predict out/model.safetensors kinds.csv").Output, _tool.Run("predict out/model.safetensors bare.csv").MustSucceed().Output);
    }

    [Fact]
    public void Json_has_an_object_for_each_example()
    {
        string[] lines = _tool.Run("predict out/model.safetensors kinds.csv --json").MustSucceed().Lines;
        Assert.Equal(60, lines.Length);
        foreach ((int index, string line) in lines.Index())
        {
            JsonElement answer = JsonDocument.Parse(line).RootElement;
            Assert.Equal(index + 1, answer.GetProperty("example").GetInt32());
            Assert.Contains(answer.GetProperty("class").GetString(), new[] { "short", "long" });
            Assert.InRange(answer.GetProperty("probability").GetDouble(), 0.5, 1);
        }
    }

    [Fact]
    public void A_well_trained_model_knows_every_row()
    {
        _tool.Run("train --data kinds.csv --quiet --output good").MustSucceed();
        Assert.Equal(_rows.Select(row => row.Split(',')[2]), _tool.Run("predict good/model.safetensors kinds.csv").MustSucceed().Lines.Select(line => line.Split('\t')[1]));
    }

    [Fact]
    public void Examples_of_the_wrong_size_are_refused()
    {
        _tool.Folder.Write("four.csv", "1,2,3,4\n");
        _tool.Run("predict out/model.safetensors four.csv").MustRefuse(2, "four.csv, line 1", "4 fields", "2 features");
        _tool.Folder.Write("longer.csv", "1,2\n1,2,3,4\n");
        _tool.Run("predict out/model.safetensors longer.csv").MustRefuse(2, "longer.csv, line 2, column 3");
        Tables.WritePictures(_tool.Folder, "pictures");
        _tool.Run("predict out/model.safetensors pictures/t10k-images-idx3-ubyte").MustRefuse(2, "[12, 4, 4]", "[2]");
    }

    [Theory]
    [InlineData("predict out kinds.csv", "out is a folder; name the model.safetensors in it.")]
    [InlineData("predict out/model.safetensors out", "out is a folder; name a file in it.")]
    [InlineData("predict nowhere kinds.csv", "nowhere")]
    [InlineData("predict out/model.safetensors nowhere.csv", "nowhere.csv")]
    [InlineData("predict kinds.csv kinds.csv", "kinds.csv")]
    [InlineData("check kinds.csv", "kinds.csv")]
    [InlineData("check out", "out is a folder")]
    public void What_is_not_there_or_no_model_is_refused(string arguments, string part) => _tool.Run(arguments).MustRefuse(2, part);

    [Fact]
    public void Lying_pictures_are_refused_without_memory()
    {
        _tool.Folder.Write("lie.idx", [0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 28]);
        _tool.Run("predict out/model.safetensors lie.idx").MustRefuse(2, "lie.idx");
        _tool.Folder.Write("short.idx", [0, 0, 8, 2, 0, 0, 0, 9, 0, 0, 0, 2, 1, 2, 3]);
        _tool.Run("predict out/model.safetensors short.idx").MustRefuse(2, "short.idx");
    }
}
