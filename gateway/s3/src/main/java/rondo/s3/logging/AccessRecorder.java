package rondo.s3.logging;

/** Takes the line of each request for the node's own access log. Thread-safe. */
public interface AccessRecorder {
  /** Records nothing. */
  AccessRecorder OFF =
      new AccessRecorder() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public void note(String line) {}
      };

  /** Whether lines are wanted; while not, none is made. */
  boolean isOn();

  /**
   * Takes a line; returns at once, whatever the disk does.
   *
   * @param line with its newline
   */
  void note(String line);
}
