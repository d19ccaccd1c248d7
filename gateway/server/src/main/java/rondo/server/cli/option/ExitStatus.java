package rondo.server.cli.option;

/** The process' exit codes: 0 for success, or one of these. */
public final class ExitStatus {
  /** A start or a command failed. */
  public static final int FAILED = 1;

  /** The command line was wrong. */
  public static final int USAGE = 2;

  private ExitStatus() {}
}
