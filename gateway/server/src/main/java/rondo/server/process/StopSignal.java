package rondo.server.process;

/** Ends the process well when it is told to end: by SIGTERM, SIGINT or SIGHUP. */
public final class StopSignal {
  private StopSignal() {}

  /** Runs {@code orderly} then, and makes the process' status 0. */
  public static void onSignal(Runnable orderly) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  orderly.run();
                  // Without this the status would tell of the signal, as if nobody had caught it.
                  Runtime.getRuntime().halt(0);
                }));
  }
}
