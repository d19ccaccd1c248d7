package rondo.s3.xml;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Text as every document carries it: a character that XML 1.0 has no way to write (section 2.2) is
 * told as U+FFFD, so that parsers take the document whatever a client called its objects. Requests
 * that ask for encoding-type=url learn the real one. Pure.
 */
public final class XmlText extends StdSerializer<String> {
  private static final int STAND_IN = 0xFFFD;

  private XmlText() {
    super(String.class);
  }

  static SimpleModule module() {
    return new SimpleModule("text").addSerializer(String.class, new XmlText());
  }

  /** The text without what XML can't carry. */
  public static String legible(String text) {
    if (text.codePoints().allMatch(XmlText::isCarried)) {
      return text;
    }
    var legible = new StringBuilder(text.length());
    text.codePoints().forEach(c -> legible.appendCodePoint(isCarried(c) ? c : STAND_IN));
    return legible.toString();
  }

  private static boolean isCarried(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c < 0xD800)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  @Override
  public void serialize(String text, JsonGenerator document, SerializationContext context) {
    document.writeString(legible(text));
  }
}
