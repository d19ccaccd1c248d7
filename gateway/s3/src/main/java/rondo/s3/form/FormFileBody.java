package rondo.s3.form;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.RequestBody;

/**
 * The bytes of a large form's file, piece by piece. The file has to be the form's last field: then
 * its length is known beforehand from the request's, and nothing needs to be held back. A delimiter
 * found earlier is a field behind the file and is refused. For one thread.
 */
final class FormFileBody implements RequestBody {
  private final RequestBody rest;
  private final byte[] tail;
  private final byte[] delimiter;
  private final int[] fallback;
  private final long length;
  private @Nullable Buffer fileStart;
  private long taken;
  private int matched;

  /**
   * Begins the file.
   *
   * @param rest the body after {@code fileStart}
   * @param bytes the length of the request's body after the form's head
   * @throws S3Exception MalformedPOSTRequest when that is too short for the closing delimiter
   */
  FormFileBody(Buffer fileStart, RequestBody rest, long bytes, String boundary) {
    this.fileStart = fileStart;
    this.rest = rest;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    this.tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.ISO_8859_1);
    this.fallback = fallback(delimiter);
    this.length = bytes - tail.length;
    if (length < 0) {
      throw malformed();
    }
  }

  long length() {
    return length;
  }

  @Override
  public @Nullable Buffer next() {
    while (true) {
      Buffer piece = fileStart != null ? fileStart : rest.next();
      fileStart = null;
      if (piece == null) {
        if (taken != length + tail.length) {
          throw malformed();
        }
        return null;
      }
      long before = taken;
      check(piece);
      int own = Math.clamp(length - before, 0, piece.length());
      if (own > 0) {
        return piece.getBuffer(0, own);
      }
    }
  }

  private void check(Buffer piece) {
    for (byte b : piece.getBytes()) {
      if (taken >= length) {
        long at = taken - length;
        if (at >= tail.length || tail[(int) at] != b) {
          throw malformed();
        }
      }
      taken++;
      while (matched > 0 && (matched == delimiter.length || delimiter[matched] != b)) {
        matched = fallback[matched - 1];
      }
      if (delimiter[matched] == b) {
        matched++;
      }
      if (matched == delimiter.length && taken != length + delimiter.length) {
        throw malformed();
      }
    }
  }

  /** The length of the longest border of each prefix of the pattern (Knuth, Morris and Pratt). */
  private static int[] fallback(byte[] pattern) {
    int[] borders = new int[pattern.length];
    int border = 0;
    for (int i = 1; i < pattern.length; i++) {
      while (border > 0 && pattern[border] != pattern[i]) {
        border = borders[border - 1];
      }
      if (pattern[border] == pattern[i]) {
        border++;
      }
      borders[i] = border;
    }
    return borders;
  }

  private static S3Exception malformed() {
    return new S3Exception(
        S3Error.MALFORMED_POST_REQUEST,
        "The file of a form of more than 1 MiB must be its last field, followed by nothing but the"
            + " closing delimiter.");
  }
}
