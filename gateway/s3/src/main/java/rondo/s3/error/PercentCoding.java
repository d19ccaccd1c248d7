package rondo.s3.error;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Percent-encoding as signatures need it: unreserved characters (RFC 3986, section 2.3) stand for
 * themselves, every other byte is {@code %XX} in upper case.
 */
public final class PercentCoding {
  private static final String HEX = "0123456789ABCDEF";

  private PercentCoding() {}

  /** Decodes {@code text}; a percent sign without two hex digits stands for itself. */
  public static byte[] decode(String text, boolean plusIsSpace) {
    var out = new ByteArrayOutputStream(text.length());
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '%' && at + 2 < text.length() && hex(text, at + 1) >= 0) {
        out.write(hex(text, at + 1));
        at += 2;
      } else if (c == '+' && plusIsSpace) {
        out.write(' ');
      } else if (c < 0x80) {
        out.write(c);
      } else {
        out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  private static int hex(String text, int at) {
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  public static String encode(byte[] bytes, boolean keepSlash) {
    var out = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      char c = (char) (b & 0xFF);
      if (isUnreserved(c) || (c == '/' && keepSlash)) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  /** The path as a signature covers it: encoded once, and otherwise unchanged. */
  public static String canonicalPath(String rawPath) {
    return rawPath.isEmpty() ? "/" : encode(decode(rawPath, false), true);
  }

  /** The query's parameters, encoded and ordered as a signature covers them. */
  public static List<Map.Entry<String, String>> canonicalParameters(String rawQuery) {
    var parameters = new ArrayList<Map.Entry<String, String>>();
    for (String parameter : rawQuery.split("&", -1)) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        parameters.add(
            Map.entry(encode(decode(name, true), false), encode(decode(value, true), false)));
      }
    }
    parameters.sort(Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry::getValue));
    return parameters;
  }

  /** The value of a query's first parameter of that name; empty when it has none. */
  public static Optional<String> parameter(String rawQuery, String name) {
    for (String parameter : rawQuery.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String rawName = equals < 0 ? parameter : parameter.substring(0, equals);
      if (new String(decode(rawName, true), StandardCharsets.UTF_8).equals(name)) {
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        return Optional.of(new String(decode(value, true), StandardCharsets.UTF_8));
      }
    }
    return Optional.empty();
  }
}
