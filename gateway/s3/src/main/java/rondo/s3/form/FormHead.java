package rondo.s3.form;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * The beginning of a form, up to its file's first byte, as its bytes arrive. Each byte is looked at
 * a fixed number of times, however small the pieces are. For one thread.
 */
final class FormHead {
  private static final Pattern NAME =
      Pattern.compile(";\\s*name=(?:\"([^\"]*)\"|([^\\s;\"]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE_NAME =
      Pattern.compile(";\\s*filename=(?:\"([^\"]*)\"|([^\\s;\"]+))", Pattern.CASE_INSENSITIVE);

  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private final byte[] first;
  private final byte[] delimiter;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private byte[] bytes = new byte[1024];
  private int length;

  /** The first byte that wasn't understood yet; before it lie whole fields. */
  private int at;

  /** Up to here, the end that is looked for doesn't begin. */
  private int searched;

  private boolean begun;

  /** The name of the field whose value is looked for; null while a field's head is. */
  private @Nullable String name;

  private @Nullable PostForm form;

  FormHead(String boundary) {
    this.first = latin1("--" + boundary + "\r\n");
    this.delimiter = latin1("\r\n--" + boundary);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Takes the next piece.
   *
   * @throws S3Exception MalformedPOSTRequest, IncorrectNumberOfFilesInPostRequest
   */
  void append(Buffer piece) {
    int needed = length + piece.length();
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
    piece.getBytes(bytes, length);
    length = needed;
    if (begun || begin()) {
      while (form == null && (name == null ? head() : value(name))) {
        searched = at;
      }
    }
  }

  private boolean begin() {
    int count = Math.min(length, first.length);
    if (!Arrays.equals(bytes, 0, count, first, 0, count)) {
      throw malformed();
    }
    begun = length >= first.length;
    at = first.length;
    searched = at;
    return begun;
  }

  /** Reads a field's head; false when it hasn't all arrived. */
  private boolean head() {
    int end = find(HEAD_END);
    if (end < 0) {
      return false;
    }
    String disposition = disposition(text(at, end));
    String found = PostForm.group(NAME, disposition);
    if (found == null) {
      throw malformed();
    }
    at = end + HEAD_END.length;
    if (found.equalsIgnoreCase("file")) {
      finish(PostForm.group(FILE_NAME, disposition));
    } else {
      name = found;
    }
    return true;
  }

  /** Reads a field's value; false when its delimiter hasn't all arrived. */
  private boolean value(String field) {
    int end = find(delimiter);
    int next = end + delimiter.length;
    if (end < 0 || length < next + 2) {
      return false;
    }
    if (bytes[next] != '\r' || bytes[next + 1] != '\n') {
      throw new S3Exception(S3Error.INCORRECT_NUMBER_OF_FILES_IN_POST_REQUEST);
    }
    fields.putIfAbsent(utf8(field).toLowerCase(Locale.ROOT), utf8(text(at, end)));
    at = next + 2;
    name = null;
    return true;
  }

  /** Where the end begins, from {@link #searched} on; -1 when it hasn't arrived. */
  private int find(byte[] end) {
    int last = length - end.length;
    for (int from = searched; from <= last; from++) {
      if (bytes[from] == '\r'
          && Arrays.equals(bytes, from, from + end.length, end, 0, end.length)) {
        searched = from;
        return from;
      }
    }
    searched = Math.max(searched, last + 1);
    return -1;
  }

  private void finish(@Nullable String fileName) {
    form =
        new PostForm(
            Collections.unmodifiableMap(fields),
            fileName == null ? null : utf8(fileName),
            at,
            Buffer.buffer(Arrays.copyOfRange(bytes, at, length)));
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static String disposition(String head) {
    for (String line : head.split("\r\n", -1)) {
      if (line.regionMatches(true, 0, "content-disposition:", 0, 20)) {
        return line;
      }
    }
    throw new S3Exception(S3Error.MALFORMED_POST_REQUEST);
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  boolean isWhole() {
    return form != null;
  }

  /** The form's beginning, once it {@link #isWhole}. */
  PostForm form() {
    if (form == null) {
      throw new IllegalStateException("the file hasn't begun");
    }
    return form;
  }

  /** The number of bytes that have come. */
  int length() {
    return length;
  }

  private static S3Exception malformed() {
    return new S3Exception(S3Error.MALFORMED_POST_REQUEST);
  }
}
