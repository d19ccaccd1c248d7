package rondo.server.health;

import java.util.Locale;

/** What is asked about a node's health. */
public enum HealthQuestion {
  /** Does the process work? If not, restart it. */
  LIVE("alive"),
  /** May clients be sent to this node? */
  READY("ready"),
  /** Can every partition be read and written now? */
  QUORUM("all partitions have quorums"),
  /** Has everything all its copies, in distinct zones, verified? */
  WHOLE("whole");

  private final String yes;

  HealthQuestion(String yes) {
    this.yes = yes;
  }

  /** The name in paths, metrics and the log. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The answer when there is no reason against it. */
  public String yes() {
    return yes;
  }
}
