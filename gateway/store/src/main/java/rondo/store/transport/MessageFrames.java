package rondo.store.transport;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;

/**
 * Cuts a stream into frames. Used on one event loop.
 *
 * <pre>
 * frame = length(4, of what follows), payload
 * </pre>
 */
final class MessageFrames implements Handler<Buffer> {
  private final RecordParser parser;
  private final int longest;
  private final Handler<Buffer> frames;
  private final Handler<String> malformed;
  private boolean inFrame;

  /**
   * @param longest the longest payload accepted, in bytes
   * @param malformed told once why the stream can't be read any further
   */
  MessageFrames(int longest, Handler<Buffer> frames, Handler<String> malformed) {
    this.longest = longest;
    this.frames = frames;
    this.malformed = malformed;
    this.parser = RecordParser.newFixed(Integer.BYTES, this::cut);
  }

  static Buffer frame(Buffer payload) {
    return Buffer.buffer(Integer.BYTES + payload.length())
        .appendInt(payload.length())
        .appendBuffer(payload);
  }

  @Override
  public void handle(Buffer piece) {
    parser.handle(piece);
  }

  private void cut(Buffer record) {
    if (inFrame) {
      inFrame = false;
      parser.fixedSizeMode(Integer.BYTES);
      frames.handle(record);
      return;
    }
    int length = record.getInt(0);
    if (length <= 0 || length > longest) {
      malformed.handle("a frame of " + length + " bytes");
      return;
    }
    inFrame = true;
    parser.fixedSizeMode(length);
  }
}
