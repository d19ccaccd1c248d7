package rondo.s3.form;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.RequestBody;

/**
 * A form's file. How long it is has to be known before its first byte is stored: a small form is
 * held whole, and may have fields behind the file, which S3 ignores; of a large one the file is the
 * last field.
 *
 * @param length of the file, in bytes
 */
record FormFile(RequestBody data, long length) {
  /** So much of a form costs no more than a few others of a request's buffers. */
  private static final int MOST_HELD_BYTES = 1 << 20;

  /**
   * @param rest what comes behind the form's beginning
   * @param bytes how many bytes the request's body has behind the form's head
   * @throws S3Exception MalformedPOSTRequest when the file has no end
   */
  static FormFile of(PostForm form, RequestBody rest, long bytes, String boundary) {
    if (bytes > MOST_HELD_BYTES) {
      var last = new FormFileBody(form.fileStart(), rest, bytes, boundary);
      return new FormFile(last, last.length());
    }
    Buffer all = form.fileStart().copy();
    for (Buffer piece = rest.next(); piece != null; piece = rest.next()) {
      all.appendBuffer(piece);
    }
    int end = end(all, boundary);
    if (all.length() != bytes || end < 0) {
      throw new S3Exception(S3Error.MALFORMED_POST_REQUEST);
    }
    return new FormFile(new Held(all.getBuffer(0, end)), end);
  }

  /** Where the first delimiter begins; -1 when there is none. */
  private static int end(Buffer all, String boundary) {
    String text = new String(all.getBytes(), StandardCharsets.ISO_8859_1);
    String delimiter = "\r\n--" + boundary;
    for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + 1)) {
      String behind = text.substring(at + delimiter.length(), nextTwo(text, at, delimiter));
      if (behind.equals("\r\n") || behind.equals("--")) {
        return at;
      }
    }
    return -1;
  }

  private static int nextTwo(String text, int at, String delimiter) {
    return Math.min(text.length(), at + delimiter.length() + 2);
  }

  /** One piece. */
  private static final class Held implements RequestBody {
    private @Nullable Buffer piece;

    Held(Buffer piece) {
      this.piece = piece;
    }

    @Override
    public @Nullable Buffer next() {
      Buffer next = piece;
      piece = null;
      return next;
    }
  }
}
