namespace ChainRule.Inspect;

/// <summary>The way of an edge down the picture: straight down where the x of two points is the same, a curve between layers elsewhere.</summary>
/// <param name="Edge">Its place among the edges.</param>
/// <param name="Points">From the lower side of one box to the upper side of the other.</param>
/// <param name="IsReference">Whether it begins at a sign that names its source, which is too far away for a line.</param>
internal sealed record Route(int Edge, (double X, double Y)[] Points, bool IsReference);
