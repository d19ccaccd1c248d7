package rondo.s3.admission;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that the requests of one client hold. Thread-safe. */
final class ClientUse {
  private final String name;
  private final boolean bounded;
  private final AtomicLong heldBytes = new AtomicLong();

  /** Requests of this client; changed under the lock of the map's entry alone. */
  private int requests;

  /**
   * @param bounded false for the senders of signatures that are about to be verified
   */
  ClientUse(String name, boolean bounded) {
    this.name = name;
    this.bounded = bounded;
  }

  String name() {
    return name;
  }

  boolean isBounded() {
    return bounded;
  }

  ClientUse began() {
    requests++;
    return this;
  }

  /** True when no request of this client is left. */
  boolean ended() {
    return --requests == 0;
  }

  long heldBytes() {
    return heldBytes.get();
  }

  void add(long bytes) {
    heldBytes.addAndGet(bytes);
  }
}
