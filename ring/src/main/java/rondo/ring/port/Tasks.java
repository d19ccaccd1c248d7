package rondo.ring.port;

/** Virtual threads and their mailboxes; the simulator runs them one at a time. Thread-safe. */
public interface Tasks {
  void start(String name, Runnable body);

  <T> Mailbox<T> mailbox();
}
