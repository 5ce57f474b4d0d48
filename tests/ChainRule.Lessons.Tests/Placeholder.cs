public sealed class PlaceholderTests { [Fact] public void X() { } }
