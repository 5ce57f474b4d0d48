using ChainRule.Site;

const string Usage = "usage: ChainRule.Site REPOSITORY FOLDER [--without-playground]";

bool hasPlayground = !args.Contains("--without-playground");
string[] places = [.. args.Where(argument => argument != "--without-playground")];
if (places.Length != 2 || places.Any(place => place.StartsWith('-')))
{
    Console.Error.WriteLine(Usage);
    return 2;
}
try
{
    var site = SiteContent.Read(places[0], hasPlayground);
    foreach (string problem in site.Problems)
        Console.Error.WriteLine($"error: {problem}");
    if (site.Problems.Count > 0)
        return 1;
    site.WriteTo(places[1]);
    Console.WriteLine($"{site.Pages.Count} pages and {site.Pictures.Count} pictures, {site.Links} links checked");
    return 0;
}
catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {failure.Message}");
    return 1;
}
