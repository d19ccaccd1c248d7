package rondo.server.config;

/**
 * An address to listen at or to connect to.
 *
 * @param port 0 to 65535; 0 lets the system choose
 */
public record HostPort(String host, int port) {
  /**
   * Reads {@code HOST:PORT}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException saying what is malformed
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon <= 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
      throw new IllegalArgumentException("'" + text + "' is not HOST:PORT, such as 127.0.0.1:9000");
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new HostPort(
        bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
  }

  /** The host with another port. */
  public HostPort withPort(int other) {
    return new HostPort(host, other);
  }

  /**
   * The address for clients of this machine: who listens on all addresses has none of that name.
   */
  public HostPort forClients() {
    return switch (host) {
      case "0.0.0.0" -> new HostPort("127.0.0.1", port);
      case "::" -> new HostPort("::1", port);
      default -> this;
    };
  }

  /** Whether processes of this machine alone reach it. */
  public boolean isLoopback() {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
