package rondo.server.process;

/** Ends the process in order on SIGTERM, SIGINT or SIGHUP. */
public final class StopSignal {
  private StopSignal() {}

  /** Ends the process as such a signal does; returns at once. */
  public static void raise() {
    Thread.ofPlatform().name("stopping").start(() -> System.exit(0));
  }

  /** Runs {@code orderly} on such a signal, and makes the process' exit status 0. */
  public static void onSignal(Runnable orderly) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  orderly.run();
                  // Else the exit status would report the signal, as if it had not been caught.
                  Runtime.getRuntime().halt(0);
                }));
  }
}
