package rondo.server.cli.option;

/** How the process ends: 0 when all went well, or one of these. */
public final class ExitStatus {
  /** A start or a command that failed. */
  public static final int FAILED = 1;

  /** Wrong use. */
  public static final int USAGE = 2;

  private ExitStatus() {}
}
