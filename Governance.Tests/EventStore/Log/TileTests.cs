using Governance.EventStore.Log;
using Xunit;

namespace Governance.Tests.EventStore.Log;

public sealed class TileTests
{
    // C2SP tlog-tiles: index 1234067 is written x001/x234/067.
    [Theory]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(0, 273, 112, "tile/0/273.p/112")]
    [InlineData(1, 1, 17, "tile/1/001.p/17")]
    [InlineData(2, 0, 1, "tile/2/000.p/1")]
    public void A_tile_has_one_address(int level, long index, int width, string path)
    {
        Assert.Equal(path, new Tile(level, index).PathOf(width));
        Assert.Equal((new Tile(level, index), width), Tile.Parse(path));
    }

    [Theory]
    [InlineData("tile/0/67")]
    [InlineData("tile/00/067")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/x000/067")]
    [InlineData("tile/0/001/x234/067")]
    [InlineData("tile/0/x001/x234")]
    [InlineData("tile/0/067.p/0")]
    [InlineData("tile/0/067.p/256")]
    [InlineData("tile/0/067.p/012")]
    [InlineData("tile/0/067.p/")]
    [InlineData("tile/0/067\n")]
    [InlineData("tile/entries/067")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999")]
    public void No_other_address_is_one(string path) => Assert.Null(Tile.Parse(path));

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, 0, 255, 255)]
    [InlineData(0, 0, 256, 256)]
    [InlineData(1, 0, 256, 1)]
    [InlineData(0, 1, 256, 0)]
    [InlineData(0, 273, 70_000, 112)]
    [InlineData(63, 0, 70_000, 0)]
    public void A_tile_is_as_wide_as_the_size_makes_it(int level, long index, long size, int width) =>
        Assert.Equal(width, new Tile(level, index).WidthAt(size));
}
