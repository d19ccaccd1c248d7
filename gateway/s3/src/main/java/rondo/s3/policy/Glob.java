package rondo.s3.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Text of a policy, in which {@code *} stands for any text, {@code ?} for any character and <code>
 *  ${key}</code> for the request's value of the key. Immutable.
 *
 * <p>A pattern is expanded no further than the compared text is long, since a longer one can't
 * match it; {@link GlobMatcher} then takes time and memory in proportion to both.
 */
public final class Glob {
  private sealed interface Part {
    record Text(List<Integer> codes) implements Part {}

    record Variable(String key, @Nullable String otherwise) implements Part {}
  }

  private final String source;
  private final List<Part> parts;

  private Glob(String source, List<Part> parts) {
    this.source = source;
    this.parts = parts;
  }

  /**
   * Parses a text.
   *
   * @param variables whether the policy's version has variables
   * @throws PolicyException for a variable that isn't closed
   */
  public static Glob of(String source, boolean variables) {
    var parts = new ArrayList<Part>();
    int from = 0;
    int dollar = variables ? source.indexOf("${") : -1;
    while (dollar >= 0) {
      int end = source.indexOf('}', dollar);
      if (end < 0) {
        throw new PolicyException("Invalid policy variable in " + source);
      }
      parts.add(text(source.substring(from, dollar), false));
      parts.add(variable(source.substring(dollar + 2, end)));
      from = end + 1;
      dollar = source.indexOf("${", from);
    }
    parts.add(text(source.substring(from), false));
    return new Glob(source, List.copyOf(parts));
  }

  private static Part variable(String name) {
    if (name.equals("*") || name.equals("?") || name.equals("$")) {
      return text(name, true);
    }
    int comma = name.indexOf(',');
    if (comma < 0) {
      return new Part.Variable(name.strip(), null);
    }
    String otherwise = name.substring(comma + 1).strip();
    boolean quoted = otherwise.length() > 1 && otherwise.startsWith("'") && otherwise.endsWith("'");
    return new Part.Variable(
        name.substring(0, comma).strip(),
        quoted ? otherwise.substring(1, otherwise.length() - 1) : otherwise);
  }

  private static Part text(String text, boolean literal) {
    return new Part.Text(
        text.codePoints()
            .map(code ->
                literal
                    ? code
                    : code == '*' ? GlobMatcher.MANY : code == '?' ? GlobMatcher.ONE : code)
            .boxed()
            .toList());
  }

  /** The text as the policy has it. */
  public String source() {
    return source;
  }

  /** Whether it matches one text only, whatever the request: no wildcards, no variables. */
  public boolean isFixed() {
    return parts.stream()
        .allMatch(part ->
            part instanceof Part.Text(List<Integer> codes)
                && codes.stream().allMatch(code -> code >= 0));
  }

  /** Whether the pattern matches the text. False when one of its variables has no value. */
  public boolean matches(String text, boolean ignoreCase, PolicyContext context) {
    int[] codes = codes(text, ignoreCase);
    int[] pattern = pattern(codes.length, ignoreCase, context);
    return pattern != null && GlobMatcher.matches(pattern, codes);
  }

  /** Whether it equals the text. Stars and question marks stand for themselves. */
  public boolean equals(String text, boolean ignoreCase, PolicyContext context) {
    int[] codes = codes(text, ignoreCase);
    int[] pattern = pattern(codes.length, ignoreCase, context);
    if (pattern == null || pattern.length != codes.length) {
      return false;
    }
    for (int i = 0; i < pattern.length; i++) {
      int code = pattern[i];
      if (codes[i] != (code == GlobMatcher.ONE ? '?' : code == GlobMatcher.MANY ? '*' : code)) {
        return false;
      }
    }
    return true;
  }

  /** The expanded pattern; null when it can't match a text of {@code most} characters. */
  private int @Nullable [] pattern(int most, boolean ignoreCase, PolicyContext context) {
    IntStream.Builder pattern = IntStream.builder();
    int characters = 0;
    for (Part part : parts) {
      switch (part) {
        case Part.Text(List<Integer> codes) -> {
          for (int code : codes) {
            characters += code == GlobMatcher.MANY ? 0 : 1;
            pattern.add(ignoreCase ? Character.toLowerCase(code) : code);
          }
        }
        case Part.Variable(String key, var otherwise) -> {
          List<String> values = context.values(key);
          String value = values.size() == 1 ? values.getFirst() : otherwise;
          if (value == null) {
            return null;
          }
          characters += value.codePointCount(0, value.length());
          if (characters <= most) {
            value
                .codePoints()
                .map(c -> ignoreCase ? Character.toLowerCase(c) : c)
                .forEach(pattern::add);
          }
        }
      }
      if (characters > most) {
        return null;
      }
    }
    return pattern.build().toArray();
  }

  private static int[] codes(String text, boolean ignoreCase) {
    return text.codePoints().map(c -> ignoreCase ? Character.toLowerCase(c) : c).toArray();
  }

  @Override
  public String toString() {
    return source;
  }
}
