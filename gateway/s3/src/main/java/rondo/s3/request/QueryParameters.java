package rondo.s3.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** A request's query parameters, decoded, in the order in which they came. Immutable. */
public final class QueryParameters {
  private final Map<String, List<String>> parameters = new LinkedHashMap<>();

  /**
   * @param raw percent-encoded, without the question mark
   * @throws S3Exception InvalidURI when a name or value isn't UTF-8
   */
  public QueryParameters(String raw) {
    for (String parameter : raw.split("&", -1)) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        parameters
            .computeIfAbsent(utf8(PercentCoding.decode(name, true)), n -> new ArrayList<>())
            .add(utf8(PercentCoding.decode(value, true)));
      }
    }
  }

  public boolean has(String name) {
    return parameters.containsKey(name);
  }

  public Set<String> names() {
    return parameters.keySet();
  }

  /** The first value of that name: empty when it has none, null when the name isn't there. */
  public @Nullable String value(String name) {
    List<String> values = parameters.get(name);
    return values == null ? null : values.getFirst();
  }

  /** All values of that name, in the order in which they came. */
  public List<String> values(String name) {
    return List.copyOf(parameters.getOrDefault(name, List.of()));
  }

  /** The first value of that name, or {@code otherwise} when it isn't there or empty. */
  public String value(String name, String otherwise) {
    String value = value(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }

  /**
   * The number of that name, at most {@code most}; {@code otherwise} when it isn't there, or is
   * empty.
   *
   * @throws S3Exception InvalidArgument for anything but a number from 0 to the largest int
   */
  public int number(String name, int otherwise, int most) {
    String value = value(name);
    if (value == null || value.isEmpty()) {
      return otherwise;
    }
    if (!value.matches("[0-9]{1,18}") || Long.parseLong(value) > Integer.MAX_VALUE) {
      throw S3Exception.argument(
          name, value, "Provided " + name + " not an integer or within integer range");
    }
    return Math.min(Integer.parseInt(value), most);
  }

  /**
   * The text of decoded bytes of a URL.
   *
   * @throws S3Exception InvalidURI for bytes that aren't UTF-8
   */
  static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new S3Exception(S3Error.INVALID_URI);
    }
  }
}
