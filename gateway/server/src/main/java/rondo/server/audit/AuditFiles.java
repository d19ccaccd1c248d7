package rondo.server.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one audit log, each named by the number of its first line. Written by one thread,
 * read by any.
 */
final class AuditFiles {
  private static final String NAME = "audit-[0-9]{18}\\.log";

  private final Path folder;
  private final long mostBytes;
  private final int files;
  private final AppendFile.Opener opener;
  private @Nullable AppendFile out;
  private Path current;
  private long bytes;

  /** The place where a log goes on, and what was odd there; empty when nothing was. */
  record End(long number, String hash, String trouble) {}

  /** The oldest file, which is to be deleted, and its lines. */
  record Oldest(Path path, long first, long last, String lastHash) {}

  /**
   * @param mostBytes of a file, before a further one is begun
   * @param files how many are kept
   */
  AuditFiles(Path folder, long mostBytes, int files, AppendFile.Opener opener) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.files = files;
    this.opener = opener;
    this.current = file(1);
  }

  private Path file(long first) {
    return folder.resolve(String.format(Locale.ROOT, "audit-%018d.log", first));
  }

  /** The files, oldest first. */
  List<Path> list() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(path -> path.getFileName().toString().matches(NAME)).sorted().toList();
    }
  }

  /** Finds where the log ends, and goes on there. A line that a crash has cut is removed. */
  End recover() throws IOException {
    Files.createDirectories(folder);
    List<Path> found = list();
    if (found.isEmpty()) {
      return new End(0, AuditLine.NONE, "");
    }
    current = found.getLast();
    byte[] all = Files.readAllBytes(current);
    bytes = endOfLines(all);
    String torn = bytes < all.length ? "a line that a crash has cut was removed" : "";
    byte[] last = lastLine(Arrays.copyOf(all, (int) bytes));
    if (last.length == 0) {
      // An empty file is named by the number that comes next.
      long next = firstOf(current);
      byte[] before =
          found.size() == 1 ? last : lastLine(Files.readAllBytes(found.get(found.size() - 2)));
      AuditLine line = AuditLine.parse(before);
      return new End(next - 1, line == null ? AuditLine.NONE : line.hash(), torn);
    }
    AuditLine line = AuditLine.parse(last);
    if (line != null) {
      return new End(line.number(), line.hash(), torn);
    }
    long lines = new String(all, 0, (int) bytes, StandardCharsets.UTF_8).lines().count();
    return new End(
        firstOf(current) + lines - 1, AuditLine.NONE, "the last line is not as it was written");
  }

  private static int endOfLines(byte[] all) {
    int end = all.length;
    while (end > 0 && all[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static byte[] lastLine(byte[] lines) {
    int end = endOfLines(lines);
    if (end == 0) {
      return new byte[0];
    }
    int from = endOfLines(Arrays.copyOf(lines, end - 1));
    return Arrays.copyOfRange(lines, from, end - 1);
  }

  static long firstOf(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring("audit-".length(), name.length() - ".log".length()));
  }

  /** Appends lines; they are on stable storage when this returns. */
  void append(List<AuditLine> lines) throws IOException {
    var all = new ByteArrayOutputStream();
    for (AuditLine line : lines) {
      all.writeBytes(line.text().getBytes(StandardCharsets.UTF_8));
      all.write('\n');
    }
    boolean gone = bytes > 0 && !Files.exists(current);
    if (gone || bytes >= mostBytes) {
      close();
      current = file(lines.getFirst().number());
      bytes = 0;
    }
    AppendFile open = out;
    if (open == null) {
      open = opener.open(current, bytes);
      out = open;
    }
    open.append(all.toByteArray());
    bytes += all.size();
  }

  /**
   * The files that are to be deleted, oldest first: none while there are few enough. One place is
   * left, since the lines that say so may begin a file.
   */
  List<Oldest> surplus() throws IOException {
    List<Path> found = list();
    List<Oldest> surplus = new ArrayList<>();
    for (int i = 0; found.size() > files && i <= found.size() - files; i++) {
      AuditLine line = AuditLine.parse(lastLine(Files.readAllBytes(found.get(i))));
      long last = firstOf(found.get(i + 1)) - 1;
      String hash = line == null ? "" : line.hash();
      surplus.add(new Oldest(found.get(i), firstOf(found.get(i)), last, hash));
    }
    return surplus;
  }

  /** Closes the file after a failure; the next lines open it anew, behind what is certain. */
  void close() {
    AppendFile open = out;
    out = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        return; // Every line was synced before it counted.
      }
    }
  }

  /**
   * A page of a file's bytes.
   *
   * @param name as {@link #list} has it
   */
  byte[] read(String name, long from, int most) throws IOException {
    if (!name.matches(NAME)) {
      throw new IOException("no file of an audit log: " + name);
    }
    try (var file = new RandomAccessFile(folder.resolve(name).toFile(), "r")) {
      long there = Math.clamp(file.length() - from, 0, most);
      byte[] page = new byte[(int) there];
      file.seek(from);
      file.readFully(page);
      return page;
    }
  }

  /** The whole lines of a file, as bytes without newlines. */
  static List<byte[]> lines(byte[] all) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == '\n') {
        lines.add(Arrays.copyOfRange(all, from, i));
        from = i + 1;
      }
    }
    return lines;
  }
}
