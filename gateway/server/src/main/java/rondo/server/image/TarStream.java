package rondo.server.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A tar archive (POSIX ustar) that follows from names and contents alone: all times are one, and
 * owners are numbers. Not for use by several threads.
 */
final class TarStream implements AutoCloseable {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int PREFIX = 155;

  private final OutputStream out;
  private final long seconds;

  /**
   * @param seconds every entry's time, since 1970
   */
  TarStream(OutputStream out, long seconds) {
    this.out = out;
    this.seconds = seconds;
  }

  void folder(String name, int mode, int owner) throws IOException {
    header(name + "/", '5', mode, owner, 0, "");
  }

  void link(String name, String target) throws IOException {
    header(name, '2', 0777, 0, 0, target);
  }

  void file(String name, int mode, Path content) throws IOException {
    long size = Files.size(content);
    header(name, '0', mode, 0, size, "");
    Files.copy(content, out);
    out.write(new byte[(int) (-size & (BLOCK - 1))]);
  }

  void file(String name, byte[] content) throws IOException {
    header(name, '0', 0644, 0, content.length, "");
    out.write(content);
    out.write(new byte[-content.length & (BLOCK - 1)]);
  }

  /** Ends the archive, and the stream below. */
  @Override
  public void close() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.close();
  }

  private void header(String name, char kind, int mode, int owner, long size, String target)
      throws IOException {
    byte[] block = new byte[BLOCK];
    int split = split(name);
    put(block, 0, NAME, name.substring(split));
    put(block, 345, PREFIX, split == 0 ? "" : name.substring(0, split - 1));
    number(block, 100, 8, mode);
    number(block, 108, 8, owner);
    number(block, 116, 8, owner);
    number(block, 124, 12, size);
    number(block, 136, 12, seconds);
    block[156] = (byte) kind;
    put(block, 157, NAME, target);
    put(block, 257, 8, "ustar\00000");
    put(block, 148, 8, "        ");
    int sum = 0;
    for (byte value : block) {
      sum += value & 0xff;
    }
    put(block, 148, 8, String.format(Locale.ROOT, "%06o\0 ", sum));
    out.write(block);
  }

  /** Where a name is cut into a prefix and the rest, behind a slash; 0 for a short one. */
  private static int split(String name) {
    if (name.length() <= NAME) {
      return 0;
    }
    int slash = name.indexOf('/', name.length() - NAME - 1);
    if (slash < 0 || slash > PREFIX || slash == name.length() - 1) {
      throw new IllegalArgumentException("the name is too long for an archive: " + name);
    }
    return slash + 1;
  }

  private static void number(byte[] block, int at, int size, long value) {
    put(block, at, size, String.format(Locale.ROOT, "%0" + (size - 1) + "o", value));
  }

  private static void put(byte[] block, int at, int size, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > size) {
      throw new IllegalArgumentException("too long for an archive: " + text);
    }
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
