namespace ChainRule.Inspect;

/// <summary>A rectangle of a picture.</summary>
/// <param name="X">Its left edge.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="Width">To the right.</param>
/// <param name="Height">Downwards.</param>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double Middle => X + Width / 2;

    public bool Overlaps(Box other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    /// <summary>The smallest rectangle around both.</summary>
    public Box Around(Box other)
    {
        double x = Math.Min(X, other.X), y = Math.Min(Y, other.Y);
        return new(x, y, Math.Max(Right, other.Right) - x, Math.Max(Bottom, other.Bottom) - y);
    }

    public Box Padded(double by) => new(X - by, Y - by, Width + 2 * by, Height + 2 * by);
}
