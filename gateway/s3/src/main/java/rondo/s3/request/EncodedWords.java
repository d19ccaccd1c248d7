package rondo.s3.request;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text beyond ASCII in headers as mail has it (RFC 2047): S3 decodes such words in metadata that
 * comes, and encodes metadata that it tells where ASCII can't carry it. Header text has one
 * character per byte. Pure.
 */
public final class EncodedWords {
  private static final Pattern WORD =
      Pattern.compile("=\\?([^?*\\s]+)(?:\\*[^?\\s]*)?\\?([bBqQ])\\?([^?\\s]*)\\?=");
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** What a padding sign counts where none may stand: such words come out broken, as in S3. */
  private static final int MISPLACED = 0x3F;

  /** A word has at most 75 characters; its frame takes twelve. */
  private static final int LONGEST = 63;

  private EncodedWords() {}

  /** What header text means: the bytes of UTF-8, with words in it decoded. */
  public static String decoded(String header) {
    if (!header.contains("=?")) {
      return header;
    }
    var out = new StringBuilder();
    String space = "";
    boolean afterWord = false;
    for (String token : header.split("(?<=[ \t])(?=[^ \t])|(?<=[^ \t])(?=[ \t])", -1)) {
      if (token.isBlank()) {
        space = token;
        continue;
      }
      String word = word(token);
      // Space between two words only keeps them apart.
      out.append(word != null && afterWord ? "" : space).append(word == null ? token : word);
      afterWord = word != null;
      space = "";
    }
    return out.append(space).toString();
  }

  /** Null for what is no word, or can't be decoded. */
  private static @Nullable String word(String token) {
    Matcher parts = WORD.matcher(token);
    if (!parts.matches()) {
      return null;
    }
    byte[] bytes =
        parts.group(2).equalsIgnoreCase("B") ? base64(parts.group(3)) : quoted(parts.group(3));
    Charset charset = charset(parts.group(1));
    return bytes == null || charset == null ? null : latin1(new String(bytes, charset));
  }

  private static @Nullable Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return null;
    }
  }

  private static byte @Nullable [] quoted(String text) {
    var bytes = new ByteArrayOutputStream();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '=') {
        int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(at + 2), 16);
        if (low < 0) {
          return null;
        }
        bytes.write(high << 4 | low);
        at += 2;
      } else {
        bytes.write(c == '_' ? ' ' : c);
      }
    }
    return bytes.toByteArray();
  }

  /** As far as it goes: other signs are passed over, padding may stand anywhere. */
  private static byte @Nullable [] base64(String text) {
    var signs = new ArrayList<Integer>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int value = ALPHABET.indexOf(c);
      if (value >= 0 || c == '=') {
        signs.add(value);
      }
    }
    if (signs.size() % 4 != 0) {
      return null;
    }
    var bytes = new ByteArrayOutputStream();
    for (int at = 0; at < signs.size(); at += 4) {
      int first = signs.get(at) < 0 ? MISPLACED : signs.get(at);
      int second = signs.get(at + 1) < 0 ? MISPLACED : signs.get(at + 1);
      int third = signs.get(at + 2);
      int fourth = signs.get(at + 3);
      bytes.write(first << 2 | second >> 4);
      if (third >= 0) {
        bytes.write(second << 4 | third >> 2);
      }
      if (third >= 0 && fourth >= 0) {
        bytes.write(third << 6 | fourth);
      }
    }
    return bytes.toByteArray();
  }

  /** The header that tells this text: words where it isn't plain ASCII. */
  public static String encoded(String header) {
    if (header.chars().allMatch(EncodedWords::isPlain) && header.equals(header.strip())) {
      return header;
    }
    String text = text(header);
    long others = text.chars().filter(c -> !isPlain(c)).count();
    return words(text, text.length() - others > others);
  }

  /** Words that mean this text, which may look like some itself. */
  public static String kept(String header) {
    return header.contains("=?") ? words(text(header), false) : header;
  }

  private static boolean isPlain(int c) {
    return (c >= 0x20 && c < 0x7F) || c == '\t';
  }

  private static String words(String text, boolean quoted) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String word = quoted ? quoted(bytes) : Base64.getEncoder().encodeToString(bytes);
    int half = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
    if (word.length() > LONGEST && half > 0) {
      return words(text.substring(0, half), quoted) + " " + words(text.substring(half), quoted);
    }
    return "=?UTF-8?" + (quoted ? "Q" : "B") + "?" + word + "?=";
  }

  private static String quoted(byte[] bytes) {
    var word = new StringBuilder();
    for (byte b : bytes) {
      if (b == ' ') {
        word.append('_');
      } else if (b > ' ' && b < 0x7F && "=_?".indexOf(b) < 0) {
        word.append((char) b);
      } else {
        word.append('=').append("%02X".formatted(b).toUpperCase(Locale.ROOT));
      }
    }
    return word.toString();
  }

  /** The text whose bytes a header holds; what isn't UTF-8 is read as ISO 8859-1. */
  private static String text(String header) {
    byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return header;
    }
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
