package rondo.gateway.boot;

/** How the process ends: 0 when all went well, or one of these. */
final class ExitStatus {
  /** A start or a command that failed. */
  static final int FAILED = 1;

  /** Wrong use. */
  static final int USAGE = 2;

  private ExitStatus() {}
}
