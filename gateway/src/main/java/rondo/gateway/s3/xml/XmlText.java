package rondo.gateway.s3.xml;

/** Character data of a document. Pure. */
public final class XmlText {
  private XmlText() {}

  /**
   * Appends {@code text}, its markup escaped. XML 1.0 has no way to write most control characters
   * (section 2.2), which become U+FFFD: encoding-type=url is there for those.
   */
  public static void append(StringBuilder out, String text) {
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0xD800 && c != '&' && c != '<' && c != '>') {
        continue;
      }
      out.append(text, done, i);
      int codePoint = text.codePointAt(i);
      append(out, codePoint);
      i += Character.charCount(codePoint) - 1;
      done = i + 1;
    }
    out.append(text, done, text.length());
  }

  private static void append(StringBuilder out, int codePoint) {
    switch (codePoint) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '\t', '\n' -> out.append((char) codePoint);
      case '\r' -> out.append("&#13;");
      default -> out.appendCodePoint(isXml(codePoint) ? codePoint : 0xFFFD);
    }
  }

  private static boolean isXml(int c) {
    return (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
  }
}
