package rondo.s3.form;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.RequestBody;

/**
 * The bytes of a form's file, piece by piece, up to the delimiter that ends it. The fields behind
 * it are read and ignored, as S3 ignores them. For one thread.
 */
final class FormFileBody implements RequestBody {
  /** The fields behind a file may be as long as those before it. */
  static final long MOST_BEHIND_BYTES = 64 * 1024;

  /** Takes the length of the file, in bytes, once it is known. */
  @FunctionalInterface
  interface LengthCheck {
    /**
     * @throws S3Exception when a file of this length isn't wanted
     */
    void check(long fileBytes);
  }

  private final RequestBody rest;
  private final String delimiter;
  private final long bytes;
  private final LengthCheck lengthCheck;
  private @Nullable Buffer fileStart;
  private String held = "";
  private long taken;
  private long given;
  private boolean ended;

  /**
   * Begins the file.
   *
   * @param rest the body after {@code fileStart}
   * @param bytes the length of the request's body after the form's head
   * @throws S3Exception MalformedPOSTRequest when that is too short for the closing delimiter
   */
  FormFileBody(
      Buffer fileStart, RequestBody rest, long bytes, String boundary, LengthCheck lengthCheck) {
    this.fileStart = fileStart;
    this.rest = rest;
    this.bytes = bytes;
    this.delimiter = "\r\n--" + boundary;
    this.lengthCheck = lengthCheck;
    if (mostBytes() < 0) {
      throw malformed();
    }
  }

  /** The length of the file if nothing but the shortest end stands behind it. */
  long mostBytes() {
    return bytes - delimiter.length() - 2;
  }

  @Override
  public long uncertainBytes() {
    return Math.min(mostBytes(), MOST_BEHIND_BYTES);
  }

  @Override
  public @Nullable Buffer next() {
    while (!ended) {
      Buffer piece = piece();
      if (piece == null) {
        throw malformed();
      }
      Buffer own = own(held + new String(piece.getBytes(), StandardCharsets.ISO_8859_1));
      if (own.length() > 0) {
        return own;
      }
    }
    while (piece() != null) {
      // What stands behind the file counts for the length of the body alone.
    }
    if (taken != bytes) {
      throw malformed();
    }
    return null;
  }

  private @Nullable Buffer piece() {
    Buffer piece = fileStart != null ? fileStart : rest.next();
    fileStart = null;
    taken += piece == null ? 0 : piece.length();
    return piece;
  }

  /** The file's next bytes; so many of the last are held as a delimiter may begin with. */
  private Buffer own(String text) {
    int end = end(text);
    ended = end >= 0;
    int own = ended ? end : Math.max(0, text.length() - delimiter.length() - 1);
    held = ended ? "" : text.substring(own);
    given += own;
    if (ended) {
      if (given < mostBytes() - uncertainBytes()) {
        throw new S3Exception(
            S3Error.MALFORMED_POST_REQUEST,
            "The fields behind a file have at most " + MOST_BEHIND_BYTES + " bytes.");
      }
      lengthCheck.check(given);
    }
    return Buffer.buffer(text.substring(0, own).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Where the first whole delimiter begins; -1 when there is none. */
  private int end(String text) {
    for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + 1)) {
      int behind = at + delimiter.length();
      if (text.startsWith("\r\n", behind) || text.startsWith("--", behind)) {
        return at;
      }
    }
    return -1;
  }

  private static S3Exception malformed() {
    return new S3Exception(S3Error.MALFORMED_POST_REQUEST);
  }
}
