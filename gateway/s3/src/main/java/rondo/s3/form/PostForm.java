package rondo.s3.form;

import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.RequestBody;

/**
 * The fields of a form before its file.
 *
 * @param fields by their names in lower case; the first of a name counts
 * @param fileName what the client calls the file; null where it is a field without a name
 * @param headBytes how many bytes of the body came before the file's first
 * @param fileStart the bytes behind those which were read with them
 */
record PostForm(
    Map<String, String> fields, @Nullable String fileName, long headBytes, Buffer fileStart) {
  private static final int MOST_HEAD_BYTES = 64 * 1024;
  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);

  /**
   * The boundary that a form's content type announces.
   *
   * @throws S3Exception PreconditionFailed for what is no form, MalformedPOSTRequest without a
   *     boundary
   */
  static String boundary(@Nullable String contentType) {
    if (contentType == null
        || !contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw new S3Exception(
          S3Error.PRECONDITION_FAILED,
          S3Error.PRECONDITION_FAILED.message(),
          Map.of("Condition", "Bucket POST must be of the enclosure-type multipart/form-data"));
    }
    String found = group(BOUNDARY, contentType);
    if (found == null) {
      throw new S3Exception(S3Error.MALFORMED_POST_REQUEST);
    }
    return found;
  }

  /**
   * Reads up to the file's first byte, and of the file at most one piece.
   *
   * @throws S3Exception MalformedPOSTRequest; MaxMessageLengthExceeded when the fields exceed 64
   *     KiB
   */
  static PostForm read(RequestBody body, String boundary) {
    var head = new FormHead(boundary);
    for (Buffer piece = body.next(); piece != null; piece = body.next()) {
      head.append(piece);
      if (head.isWhole()) {
        return head.form();
      }
      if (head.length() > MOST_HEAD_BYTES) {
        throw new S3Exception(S3Error.MAX_MESSAGE_LENGTH_EXCEEDED);
      }
    }
    throw new S3Exception(S3Error.MALFORMED_POST_REQUEST);
  }

  static @Nullable String group(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      return null;
    }
    String quoted = found.group(1);
    return quoted != null ? quoted : found.group(2);
  }

  @Nullable String field(String name) {
    return fields.get(name.toLowerCase(Locale.ROOT));
  }

  String field(String name, String otherwise) {
    String value = field(name);
    return value == null ? otherwise : value;
  }

  /** Leaves the fields out: secrets are among them. */
  @Override
  public String toString() {
    return "Form[" + fileName + "]";
  }
}
