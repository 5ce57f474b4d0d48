using System.Text.Unicode;
using ChainRule.Formats;

namespace ChainRule.Data;

/// <summary>The lines of a text file as UTF-8 bytes, one at a time in one buffer.</summary>
internal sealed class CsvLines(Stream source, string path)
{
    public const int LongestLine = 1 << 20;

    private byte[] _buffer = new byte[1 << 16];
    private int _start, _end; // what is read but not yet given out
    private int _line, _length; // the current line
    private bool _isAtEnd;

    public string Path => path;

    /// <summary>The number of the current line, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The current line without its end; valid until the next call of <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_line, _length);

    /// <summary>Goes to the next line that is not blank; blank lines may only stand at the end.</summary>
    /// <exception cref="FileFormatException">A line is too long, not UTF-8, or blank between others.</exception>
    public bool Next()
    {
        long blank = 0;
        while (NextRaw())
        {
            if (Current.Trim(" \t"u8).IsEmpty)
                blank = blank == 0 ? Number : blank;
            else if (blank != 0)
                throw FileFormatException.AtLine(path, blank, "the line is empty");
            else
                return true;
        }
        return false;
    }

    private bool NextRaw()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0 && !_isAtEnd)
            Fill();
        if (_start == _end)
            return false;
        Number++;
        (_line, _length) = (_start, length < 0 ? _end - _start : length);
        _start = length < 0 ? _end : _start + length + 1;
        if (Current.EndsWith("\r"u8))
            _length--;
        if (_length > LongestLine)
            throw TooLong(Number);
        if (!Utf8.IsValid(Current))
            throw FileFormatException.AtLine(path, Number, "the line is not UTF-8 text");
        return true;
    }

    private void Fill()
    {
        if (_end - _start > LongestLine)
            throw TooLong(Number + 1);
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        int read = source.Read(_buffer, _end, _buffer.Length - _end);
        _isAtEnd = read == 0;
        _end += read;
        if (Number == 0 && _buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
            _start = 3;
    }

    private FileFormatException TooLong(long line) => FileFormatException.AtLine(path, line, $"the line is longer than {LongestLine} bytes");
}
