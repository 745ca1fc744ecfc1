using System.Collections;

namespace Governance.Domain.Kernel;

/// <summary>A list that never changes. A longer one that grows from it shares what the two have in common instead of copying it.</summary>
internal sealed class AppendOnlyList<T> : IReadOnlyList<T>
{
    private readonly Room _room;

    /// <param name="items">Handed over: nobody else changes it from now on.</param>
    public AppendOnlyList(T[] items)
        : this(new Room(items, items.Length), items.Length)
    {
    }

    private AppendOnlyList(Room room, int count)
    {
        _room = room;
        Count = count;
    }

    public int Count { get; }

    public T this[int index] => index < Count ? _room.Items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    public AppendOnlyList<T> With(IReadOnlyList<T> added)
    {
        if (added.Count == 0)
            return this;
        var count = Count + added.Count;
        // The places behind the end go to the first list that grows from this one; any other takes a copy.
        var room = count <= _room.Items.Length && Interlocked.CompareExchange(ref _room.Taken, count, Count) == Count ? _room : Copy(count);
        for (var i = 0; i < added.Count; i++)
            room.Items[Count + i] = added[i];
        return new(room, count);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return _room.Items[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Room Copy(int taken)
    {
        var items = new T[taken + (taken / 2)];
        Array.Copy(_room.Items, items, Count);
        return new(items, taken);
    }

    private sealed class Room(T[] items, int taken)
    {
        public readonly T[] Items = items;
        public int Taken = taken;
    }
}
