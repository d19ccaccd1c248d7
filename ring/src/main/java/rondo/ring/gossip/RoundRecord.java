package rondo.ring.gossip;

/**
 * The rounds of gossip of a node, recorded on its disk before they are told to others. A disk that
 * was restored from a copy has fewer of them than others have heard. Thread-safe.
 */
public interface RoundRecord {
  /** A record that keeps nothing: then the age of the disk isn't judged by rounds. */
  RoundRecord NONE =
      new RoundRecord() {
        @Override
        public long start() {
          return -1;
        }

        @Override
        public long rounds() {
          return 0;
        }

        @Override
        public void reserve(long rounds) {}
      };

  /** The number of the last start before this one that recorded rounds; -1 when there is none. */
  long start();

  /** The most rounds that start may have told. */
  long rounds();

  /** Records, durably, that this start may tell so many rounds. */
  void reserve(long rounds);
}
