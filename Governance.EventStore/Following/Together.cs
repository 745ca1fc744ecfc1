namespace Governance.EventStore.Following;

/// <summary>
/// Does what many ask for at about the same time in one go, one go at a time: what is asked while one is under way is part of the next. Each go began after all
/// that it answers was asked.
/// </summary>
/// <typeparam name="TAsked">What each brings along.</typeparam>
/// <typeparam name="TAnswer">The answer of a go, the same for all of it.</typeparam>
internal sealed class Together<TAsked, TAnswer>(Func<IReadOnlyList<TAsked>, Task<TAnswer>> go)
{
    private readonly Lock _gate = new();
    private List<TAsked>? _waiting;
    private Task<TAnswer>? _last;

    public Task<TAnswer> AskAsync(TAsked asked, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_waiting is null)
                _last = AfterAsync(_last ?? Task.CompletedTask, _waiting = []);
            _waiting.Add(asked);
            return _last!.WaitAsync(ct);
        }
    }

    private async Task<TAnswer> AfterAsync(Task before, List<TAsked> waiting)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
            _waiting = null;
        return await go(waiting).ConfigureAwait(false);
    }
}
