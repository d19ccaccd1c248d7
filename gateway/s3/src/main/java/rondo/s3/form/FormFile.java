package rondo.s3.form;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Exception;
import rondo.s3.request.RequestBody;

/**
 * A form's file. What stands behind it is ignored. A small form is held whole, so that the length
 * of its file is known before the first byte is stored; of a large one only the last bytes are
 * uncertain.
 *
 * @param mostBytes the length of the file, or of a large one the most that it can be
 */
record FormFile(RequestBody data, long mostBytes) {
  /** So much of a form costs no more than a few others of a request's buffers. */
  private static final int MOST_HELD_BYTES = 1 << 20;

  /**
   * @param rest what comes behind the form's beginning
   * @param bytes how many bytes the request's body has behind the form's head
   * @param lengthCheck takes the file's length as soon as it is known: now, or before the data ends
   * @throws S3Exception MalformedPOSTRequest when the file has no end
   */
  static FormFile of(
      PostForm form,
      RequestBody rest,
      long bytes,
      String boundary,
      FormFileBody.LengthCheck lengthCheck) {
    var body = new FormFileBody(form.fileStart(), rest, bytes, boundary, lengthCheck);
    if (bytes > MOST_HELD_BYTES) {
      return new FormFile(body, body.mostBytes());
    }
    Buffer all = Buffer.buffer();
    for (Buffer piece = body.next(); piece != null; piece = body.next()) {
      all.appendBuffer(piece);
    }
    return new FormFile(new Held(all), all.length());
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
