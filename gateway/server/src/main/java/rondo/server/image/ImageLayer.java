package rondo.server.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Which files are a layer. Those that seldom change come first, so that an upgrade fetches little.
 */
enum ImageLayer {
  /** Also has all folders. */
  BASE("the C library, a shell and its tools"),
  JAVA("the Java runtime"),
  LIBRARIES("the libraries"),
  PROGRAM("the program"),
  LEARNT("what a JVM has learnt of the program, so that it starts quickly");

  /** A file of the image that a manifest names. */
  record Packed(ImageLayer layer, String digest, String plainDigest, long sizeBytes) {}

  static final int USER = 10001;

  private static final Pattern OWN =
      Pattern.compile(".*/(ring|metadata|storage-node|store|s3|server)-[0-9][^/]*");

  private final String words;

  ImageLayer(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** The layer of a file, by its path from the root. */
  static ImageLayer of(String path) {
    if (path.startsWith("opt/java/")) {
      return JAVA;
    }
    if (path.equals(ImageBuild.LEARNT)) {
      return LEARNT;
    }
    if (path.startsWith(ImageBuild.JARS)) {
      return OWN.matcher(path).matches() ? PROGRAM : LIBRARIES;
    }
    return path.startsWith("opt/rondo/") || path.contains("rondo") ? PROGRAM : BASE;
  }

  /**
   * Packs this layer's files of a root, in the order of their names.
   *
   * @return what a manifest says of it
   */
  Packed pack(Path root, Path to, long seconds) throws IOException {
    MessageDigest plain = sha256();
    MessageDigest packed = sha256();
    try (var tar = new TarStream(new DigestOutputStream(gzip(to, packed), plain), seconds);
        Stream<Path> all = Files.walk(root)) {
      List<Path> sorted =
          all.filter(path -> !path.equals(root))
              .sorted(Comparator.comparing(path -> name(root, path)))
              .toList();
      for (Path path : sorted) {
        add(tar, name(root, path), path);
      }
    }
    return new Packed(this, hex(packed), hex(plain), Files.size(to));
  }

  private void add(TarStream tar, String name, Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      if (this == BASE) {
        boolean isData = name.equals("data");
        tar.folder(name, name.equals("tmp") ? 01777 : 0755, isData ? USER : 0);
      }
    } else if (of(name) == this) {
      if (Files.isSymbolicLink(path)) {
        tar.link(name, Files.readSymbolicLink(path).toString());
      } else {
        tar.file(name, Files.isExecutable(path) ? 0755 : 0644, path);
      }
    }
  }

  private static String name(Path root, Path path) {
    return root.relativize(path).toString();
  }

  private static OutputStream gzip(Path to, MessageDigest digest) throws IOException {
    var file = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16);
    var packed = new GZIPOutputStream(new DigestOutputStream(file, digest), 1 << 16);
    return new BufferedOutputStream(packed, 1 << 16);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
