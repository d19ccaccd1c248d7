package rondo.server.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Hashes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of an audit log. Pure.
 *
 * <pre>
 * line      = body with its last brace replaced by  ,"hash":"HASH"}
 * body      = a JSON object: number, previous, time, node, and the fields of the entry
 * HASH      = the SHA-256 of the body's bytes, in hex; 64 digits
 * previous  = the HASH of the line before; 64 zeros in the first
 * </pre>
 *
 * @param number 1 for the first line of a log
 * @param text without its newline
 */
record AuditLine(long number, String previous, String hash, String text) {
  /** The hash before the first line. */
  static final String NONE = "0".repeat(64);

  private static final String HASH = ",\"hash\":\"";
  private static final int SUFFIX = HASH.length() + NONE.length() + 2;

  /** The line of these fields behind a line with that number and hash. */
  static AuditLine behind(long number, String hash, Map<String, Object> fields) {
    var all = new LinkedHashMap<String, Object>();
    all.put("number", number + 1);
    all.put("previous", hash);
    all.putAll(fields);
    String body = JsonMapper.shared().writeValueAsString(all);
    String own = Hashes.sha256Hex(body.getBytes(StandardCharsets.UTF_8));
    String text = body.substring(0, body.length() - 1) + HASH + own + "\"}";
    return new AuditLine(number + 1, hash, own, text);
  }

  /**
   * Reads a line.
   *
   * @return null when its bytes aren't those that its hash was made of, or it is no such line
   */
  static @Nullable AuditLine parse(byte[] line) {
    int end = line.length - SUFFIX;
    if (end <= 0) {
      return null;
    }
    String suffix = new String(line, end, SUFFIX, StandardCharsets.UTF_8);
    String hash = suffix.substring(Math.min(suffix.length(), HASH.length()));
    byte[] body = Arrays.copyOf(line, end + 1);
    body[end] = '}';
    if (!suffix.startsWith(HASH) || !hash.equals(Hashes.sha256Hex(body) + "\"}")) {
      return null;
    }
    try {
      JsonNode fields = JsonMapper.shared().readTree(body);
      return new AuditLine(
          fields.path("number").asLong(0),
          fields.path("previous").asString(""),
          hash.substring(0, NONE.length()),
          new String(line, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      return null;
    }
  }

  JsonNode fields() {
    return JsonMapper.shared().readTree(text);
  }

  /**
   * What a line says of a file that rotation has deleted. It makes the start of what is left a part
   * of the chain. Pure.
   */
  record Drop(long first, long last, String lastHash) {
    static final String OPERATION = "DropFile";

    private static final Pattern DETAIL =
        Pattern.compile("entries ([0-9]{1,18}) to ([0-9]{1,18}), the last with hash ([0-9a-f]*)");

    static String detail(long first, long last, String lastHash) {
      return "entries " + first + " to " + last + ", the last with hash " + lastHash;
    }

    /** What a line says of a deleted file; null when it says nothing of one. */
    static @Nullable Drop of(JsonNode line) {
      if (!line.path("operation").asString("").equals(OPERATION)
          || !line.path("source").asString("").equals("audit")) {
        return null;
      }
      Matcher detail = DETAIL.matcher(line.path("detail").asString(""));
      return detail.matches()
          ? new Drop(
              Long.parseLong(detail.group(1)), Long.parseLong(detail.group(2)), detail.group(3))
          : null;
    }
  }
}
