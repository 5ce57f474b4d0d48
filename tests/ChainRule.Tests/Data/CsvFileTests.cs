using System.Globalization;
using ChainRule.Data;
using ChainRule.Tests.Formats;

namespace ChainRule.Tests.Data;

public sealed class CsvFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Iris_has_its_header_its_rows_and_its_classes()
    {
        Dataset iris = CsvFile.Read(_folder.Write("iris.csv", TestFile.Bytes("iris.csv")));
        Assert.Equal("iris", iris.Name);
        Assert.Equal(150, iris.Count);
        Assert.Equal(Shape.Create([150, 4]), iris.Inputs.Shape);
        Assert.Equal(["setosa", "versicolor", "virginica"], iris.ClassNames);
        Assert.Equal([5.1f, 3.5f, 1.4f, 0.2f], iris.Inputs[0].ToArray<float>());
        Assert.Equal([5.9f, 3.0f, 5.1f, 1.8f], iris.Inputs[^1].ToArray<float>());
        Assert.All(Enumerable.Range(0, 150), row => Assert.Equal(row / 50, iris.Labels[row].Item<long>()));
    }

    [Fact]
    public void A_header_of_column_names_is_passed_over()
    {
        Dataset data = Read("length,width,kind\n1,2,cat\n3,4,ant\n5,6,cat\n");
        Assert.Equal(["ant", "cat"], data.ClassNames);
        Assert.Equal([1L, 0, 1], data.Labels.ToArray<long>());
        Assert.Equal([1f, 2, 3, 4, 5, 6], data.Inputs.ToArray<float>());
    }

    [Theory]
    [InlineData("length,\"width, \"\"w\"\"\",kind\n1,2,cat\n", new[] { "length", "width, \"w\"", "kind" })]
    [InlineData("1,2,cat\n", null)]
    [InlineData("1,2,cat,dog\n1,2,0\n", null)]
    public void The_names_of_columns_are_those_of_a_first_line_that_is_neither_data_nor_counts(string text, string[]? names) =>
        Assert.Equal(names, CsvFile.ReadColumnNames(_folder.Write("data.csv", System.Text.Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void A_file_without_a_header_is_all_data()
    {
        Dataset data = Read("0.5,-1e-3,7\n+2,.25,10\n3,4,7");
        Assert.Equal(["7", "10"], data.ClassNames);
        Assert.Equal([0L, 1, 0], data.Labels.ToArray<long>());
        Assert.Equal([0.5f, -0.001f, 2, 0.25f, 3, 4], data.Inputs.ToArray<float>());
    }

    [Fact]
    public void A_file_without_a_header_may_name_its_classes()
    {
        Dataset data = Read("1,2,b\n3,4,a");
        Assert.Equal(["a", "b"], data.ClassNames);
        Assert.Equal([1L, 0], data.Labels.ToArray<long>());
    }

    [Fact]
    public void Classes_do_not_depend_on_the_order_of_the_lines()
    {
        Assert.Equal(Read("1,1,10\n1,1,9\n1,1,-1").ClassNames, Read("1,1,9\n1,1,-1\n1,1,10").ClassNames);
        Assert.Equal(["-1", "9", "10"], Read("1,1,10\n1,1,9\n1,1,-1").ClassNames);
    }

    [Fact]
    public void Whole_numbers_are_classes_however_they_are_written() =>
        Assert.Equal(["0", "1"], Read("5,1.0\n6,0e0\n7,1").ClassNames);

    [Theory]
    [InlineData("1,2,a\r\n3,4,b\r\n")]
    [InlineData("\uFEFF1,2,a\n3,4,b")]
    [InlineData("1,2,a\n3,4,b\n\n  \n")]
    [InlineData(" 1 ,\t2, a\n3,4,b ")]
    [InlineData("\"1\",\"2\",\"a\"\n3,4, \"b\" ")]
    [InlineData("x,y,z\n1,2,a\n3,4,b")]
    [InlineData("2,2,a,b\n1,2,0\n3,4,1")]
    [InlineData("\"x\",\"y, or not\",\"\"\n1,2,a\n3,4,b")]
    public void The_same_data_are_read_from_every_layout(string text)
    {
        Dataset data = Read(text);
        Assert.Equal(["a", "b"], data.ClassNames);
        Assert.Equal([1f, 2, 3, 4], data.Inputs.ToArray<float>());
        Assert.Equal([0L, 1], data.Labels.ToArray<long>());
    }

    [Fact]
    public void Names_in_quotes_keep_commas_and_quotes() =>
        Assert.Equal(["a \"b\", c", "d"], Read("1,\"a \"\"b\"\", c\"\n2,d").ClassNames);

    [Fact]
    public void The_language_of_the_system_does_not_matter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // Decimal comma, and a minus sign of its own.
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            Assert.Equal([1.5f, -2], Read("1.5,-2,a\n1,1,b").Inputs[0].ToArray<float>());
            Assert.Equal(["-1", "1"], Read("1,-1\n1,1").ClassNames);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_line_may_be_longer_than_the_buffer()
    {
        string wide = string.Join(",", Enumerable.Range(0, 30_000)) + ",a";
        Dataset data = Read(wide + "\n" + wide);
        Assert.Equal(30_000, data.FeatureCount);
        Assert.Equal(29_999, data.Inputs[1, ^1].Item<float>());
    }

    [Fact]
    public void Features_are_read_with_or_without_a_class()
    {
        Assert.Equal([1f, 2, 3, 4], CsvFile.ReadFeatures(_folder.Write("f.csv", "1,2\n3,4"), 2).ToArray<float>());
        Assert.Equal([1f, 2, 3, 4], CsvFile.ReadFeatures(_folder.Write("f.csv", "x,y\n1,2\n3,4"), 2).ToArray<float>());
        Assert.Equal([1f, 2, 3, 4], CsvFile.ReadFeatures(_folder.Write("f.csv", "1,2,a\n3,4,b"), 2).ToArray<float>());
        Assert.Equal([1f, 2], CsvFile.ReadFeatures(_folder.Write("f.csv", "1,2,a,b\n1,2,0"), 2).ToArray<float>());
    }

    private Dataset Read(string text) => CsvFile.Read(_folder.Write("data.csv", text));
}
