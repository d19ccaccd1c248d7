package rondo.server.image;

import java.util.Locale;
import java.util.regex.Pattern;

/** A kind of processor, by the names that others give it. */
enum Architecture {
  AMD64("(x86_64|amd64|linux64)"),
  ARM64("(aarch64|aarch_64|arm64)");

  private static final Pattern NATIVE = Pattern.compile(".*[.](so|dll|dylib|jnilib)");

  private final Pattern own;

  Architecture(String own) {
    this.own = Pattern.compile(own);
  }

  /** Its name in images, and in Debian's packages. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * That of this machine.
   *
   * @throws IllegalArgumentException when images for it aren't made
   */
  static Architecture here() {
    return ofMachine(System.getProperty("os.arch"));
  }

  static Architecture ofMachine(String machine) {
    return switch (machine) {
      case "amd64", "x86_64" -> AMD64;
      case "aarch64", "arm64" -> ARM64;
      default ->
          throw new IllegalArgumentException(
              "images are for amd64 and arm64, and this machine is " + machine);
    };
  }

  /** Whether a jar's entry is of no use on this processor with Linux and glibc. */
  boolean isForeign(String entry) {
    return NATIVE.matcher(entry).matches()
        && (!entry.endsWith(".so") || entry.contains("musl") || !own.matcher(entry).find());
  }
}
