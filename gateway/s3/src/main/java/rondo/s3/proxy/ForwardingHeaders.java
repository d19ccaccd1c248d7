package rondo.s3.proxy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The headers by which proxies tell of their clients: {@code X-Forwarded-For} and {@code
 * X-Forwarded-Proto}, else {@code Forwarded} (RFC 7239). The nearest proxy's word stands last.
 * Pure.
 */
final class ForwardingHeaders {
  /** A chain whose nearest client isn't an address, so that the connection's other end counts. */
  private static final List<@Nullable InetAddress> UNKNOWN = Collections.singletonList(null);

  private final Function<String, List<String>> values;

  /**
   * @param values the values of the header lines of a name, in order
   */
  ForwardingHeaders(Function<String, List<String>> values) {
    this.values = values;
  }

  /** The clients that proxies named, the nearest last; null for one that isn't an IP address. */
  List<@Nullable InetAddress> clients() {
    List<@Nullable InetAddress> plain = addresses(elements("x-forwarded-for"));
    List<@Nullable InetAddress> standard = addresses(forwarded("for"));
    return agreed(plain, standard, UNKNOWN);
  }

  /** Whether the nearest proxy says that it was reached over HTTPS. */
  boolean secure() {
    List<String> schemes =
        agreed(elements("x-forwarded-proto"), forwarded("proto"), List.of("unknown"));
    return !schemes.isEmpty() && schemes.getLast().equalsIgnoreCase("https");
  }

  /**
   * A proxy sets one of the two headers, and may pass on the other as its client sent it. So where
   * both are there and differ, neither is believed.
   */
  private static <T> List<T> agreed(List<T> plain, List<T> standard, List<T> unknown) {
    if (plain.isEmpty() || standard.isEmpty()) {
      return plain.isEmpty() ? standard : plain;
    }
    return plain.equals(standard) ? plain : unknown;
  }

  private static List<@Nullable InetAddress> addresses(List<String> texts) {
    var addresses = new ArrayList<@Nullable InetAddress>();
    texts.forEach(text -> addresses.add(address(text)));
    return addresses;
  }

  private List<String> elements(String name) {
    return values.apply(name).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  /**
   * A parameter of each element of Forwarded; empty text for an element without it, and no text
   * where no element has it.
   */
  private List<String> forwarded(String parameter) {
    List<String> found = parameters(parameter);
    return found.stream().allMatch(String::isEmpty) ? List.of() : found;
  }

  private List<String> parameters(String parameter) {
    return elements("forwarded").stream()
        .map(element ->
            Arrays.stream(element.split(";", -1))
                .map(String::strip)
                .filter(
                    pair -> pair.regionMatches(true, 0, parameter + "=", 0, parameter.length() + 1))
                .map(pair -> pair.substring(parameter.length() + 1).replace("\"", ""))
                .findFirst()
                .orElse(""))
        .toList();
  }

  /** Reads an address with or without a port; IPv6 with a port stands in brackets. */
  private static @Nullable InetAddress address(String text) {
    String bare = text;
    if (text.startsWith("[") && text.indexOf(']') > 0) {
      bare = text.substring(1, text.indexOf(']'));
    } else if (text.indexOf('.') > 0 && text.indexOf(':') == text.lastIndexOf(':')) {
      bare = text.split(":", 2)[0];
    }
    try {
      return InetAddress.ofLiteral(bare);
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }
}
