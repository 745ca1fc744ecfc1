namespace Governance.EventStore.Following;

/// <summary>
/// Thrown by a follower that can do nothing for an association at present, though nothing is wrong with its events: the others are followed meanwhile, and it is tried
/// again from the first of its events that was set aside, until it can be followed.
/// </summary>
public sealed class SetAsideException(string why) : Exception(why);
