namespace ChainRule.Cli.Tests;

/// <summary>What is asked wrongly is refused in one line with exit code 2, and nothing is left behind.</summary>
public sealed class MisuseTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("", "a command is missing: train, predict, check, graph, step, learn, explain.", "chainrule --help")]
    [InlineData("trian", "there is no command \"trian\"; did you mean train?", "chainrule --help")]
    [InlineData("frobnicate", "there is no command \"frobnicate\". See")]
    [InlineData("train --epohcs 3", "there is no option --epohcs; did you mean --epochs?", "chainrule train --help")]
    [InlineData("train --zzzzz 3", "there is no option --zzzzz. See")]
    [InlineData("train digits", "did you mean --data digits?")]
    [InlineData("check xor xor", "\"xor\" is one argument too many.")]
    [InlineData("train --epochs", "--epochs")]
    [InlineData("train --epochs 0", "--epochs: \"0\" is not a whole number from 1 to 1000000")]
    [InlineData("train --epochs -3", "\"-3\"")]
    [InlineData("train --epochs 99999999999", "\"99999999999\"")]
    [InlineData("train --epochs 1.5", "\"1.5\"")]
    [InlineData("train --batch 0", "--batch: \"0\"")]
    [InlineData("train --threads 0", "--threads: \"0\" is not a whole number from 1 to 256")]
    [InlineData("train --threads 99999", "--threads")]
    [InlineData("train --learning-rate 0,1", "--learning-rate: \"0,1\" is not a number above 0", "like 0.001")]
    [InlineData("train --learning-rate 0", "\"0\"")]
    [InlineData("train --learning-rate -0.1", "\"-0.1\"")]
    [InlineData("train --learning-rate nan", "\"nan\"")]
    [InlineData("train --learning-rate 1e999", "\"1e999\"")]
    [InlineData("train --seed x", "--seed: \"x\"")]
    [InlineData("train --seed 9223372036854775808", "64 bits")]
    [InlineData("train --layers 12,", "--layers: \"12,\" is not a list of sizes", "none")]
    [InlineData("train --layers 1,0,2", "--layers")]
    [InlineData("train --layers 70000", "65536")]
    [InlineData("train --layers 65536,65536,65536", "--layers", "parameters")]
    [InlineData("train --optimizer adma", "--optimizer: \"adma\" is not one of sgd, momentum, adam, adamw; did you mean adam?")]
    [InlineData("train --data digts", "there is no file or folder \"digts\"", "did you mean digits?")]
    [InlineData("train --data nowhere.csv", "nowhere.csv")]
    [InlineData("train --data nowhere/deep/folder", "nowhere/deep/folder")]
    [InlineData("predict", "MODEL")]
    [InlineData("predict model", "FILE")]
    [InlineData("check", "MODEL")]
    [InlineData("graph", "RUN")]
    [InlineData("graph nowhere", "nowhere")]
    [InlineData("graph .", "there is no model.safetensors in it")]
    [InlineData("graph . --output graph.png", "--output: \"graph.png\" must end in one of .svg, .html")]
    [InlineData("graph nowhere --output no/such/graph.svg", "--output", "does not exist")]
    [InlineData("graph nowhere --depth 0", "--depth: \"0\"")]
    public void Wrong_words_and_numbers_are_named(string arguments, params string[] parts)
    {
        _tool.Run(arguments).MustRefuse(2, parts);
        Assert.Empty(_tool.Folder.Listing);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_output_folder_without_a_name_is_refused(string name)
    {
        _tool.RunWith(["train", "--data", "xor", "--output", name]).MustRefuse(2, "--output: a folder must have a name");
        Assert.Empty(_tool.Folder.Listing);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/below")]
    [InlineData("/proc/chainrule")]
    [InlineData("/dev/full")]
    public void An_output_folder_that_cannot_be_written_is_refused_before_the_work(string folder)
    {
        _tool.Folder.Write("file", "kept");
        _tool.Run($"train --data xor --output {folder}").MustRefuse(2, "cannot write to the output folder", "--output");
        Assert.Equal(["file"], _tool.Folder.Listing);
        Assert.Equal("kept", File.ReadAllText(_tool.Folder.File("file")));
    }

    [Theory]
    [InlineData("1.0,2.0,a\n3.0,,b\n", "line 2, column 2", "empty")]
    [InlineData("1.0,2.0,a\n3.0,b\n", "line 2, column 3", "missing")]
    [InlineData("1.0,2.0,a\n3.0,nan,b\n", "line 2, column 2", "not a finite number")]
    [InlineData("1.0,2.0,a\n3.0,x,b\n", "line 2, column 2", "'x' is not a number")]
    [InlineData("1.0;2.0;a\n3.0;4.0;b\n", "no commas")]
    [InlineData("", "empty")]
    [InlineData("x,y,class\n", "no line of data")]
    [InlineData("1,2,a\n2,3,b\n", "2 examples of 2 classes", "at least 10 examples of 2 classes")]
    [InlineData("1,2,a\n1,2,a\n1,2,a\n1,2,a\n1,2,a\n1,2,a\n1,2,a\n1,2,a\n1,2,a\n1,2,a\n1,2,a\n", "11 examples of 1 class;")]
    [InlineData("9000000000000000,2,a,b\n1,2,0\n", "9000000000000000 lines of data are promised")]
    public void A_bad_table_is_refused_with_its_place(string table, params string[] parts)
    {
        _tool.Folder.Write("data.csv", table);
        _tool.Run("train --data data.csv").MustRefuse(2, parts);
        Assert.Equal(["data.csv"], _tool.Folder.Listing);
    }

    [Fact]
    public void A_bad_folder_of_pictures_is_refused()
    {
        Directory.CreateDirectory(_tool.Folder.File("pictures"));
        _tool.Run("train --data pictures").MustRefuse(2, "train-images-idx3-ubyte");
        Tables.WritePictures(_tool.Folder, "pictures");
        _tool.Folder.Write("pictures/train-images-idx3-ubyte", [0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 28]);
        _tool.Run("train --data pictures").MustRefuse(2, "train-images-idx3-ubyte");
        _tool.Folder.Write("pictures/train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 4, 0, 0, 0, 4, 1, 2, 3]);
        _tool.Run("train --data pictures").MustRefuse(2, "train-images-idx3-ubyte");
        Assert.Equal(["pictures"], _tool.Folder.Listing);
    }

    [Fact]
    public void A_run_that_is_refused_leaves_an_older_one_as_it_was()
    {
        Directory.CreateDirectory(_tool.Folder.File("out"));
        _tool.Folder.Write("out/loss.png", "old");
        _tool.Folder.Write("bad.csv", "1,2,a\n1,,b\n");
        _tool.Run("train --data bad.csv --output out").MustRefuse(2, "bad.csv");
        Assert.Equal("old", Assert.Single(Directory.GetFiles(_tool.Folder.File("out")).Select(File.ReadAllText)));
    }

    [Theory]
    [InlineData("$chainrule train --help > /dev/full")]
    [InlineData("$chainrule check xor > /dev/full")]
    [InlineData("$chainrule train --data xor --epochs 1 --output out > /dev/full")]
    public void A_full_disk_is_a_failure_in_one_line(string command)
    {
        _tool.RunShell(command).MustRefuse(1, "No space left");
        Assert.Empty(_tool.Folder.Listing);
    }

    [Fact]
    public void Names_in_files_cannot_write_to_the_terminal()
    {
        _tool.Folder.Write("data.csv", Tables.Separable("\e[31mred", "bl\aue"));
        ToolResult result = _tool.Run("train --data data.csv --epochs 1 --output out").MustSucceed();
        Assert.DoesNotContain('\e', result.Output);
        Assert.DoesNotContain('\a', result.Output);
        Assert.DoesNotContain('\e', _tool.Run("predict out/model.safetensors data.csv").MustSucceed().Output);
    }
}
