package rondo.server.space;

/** What a disk still takes, from more to less. */
public enum SpaceLevel {
  /** Everything. */
  ROOM,
  /** Everything, but an operator should see to it. */
  WARN,
  /** Nothing that changes of the layout move; new data and repairs. */
  NO_MOVES,
  /** No chunk at all. */
  FULL
}
