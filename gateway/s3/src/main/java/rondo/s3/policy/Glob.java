package rondo.s3.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Text of a policy, in which {@code *} stands for any text, {@code ?} for any character and <code>
 *  ${key}</code> for the request's value of the key. Immutable.
 *
 * <p>Matching takes at most a number of steps proportional to the length of the pattern times that
 * of the text, since no star is tried again once a later one has been reached.
 */
public final class Glob {
  private static final int ONE = -1;
  private static final int MANY = -2;

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
            .map(code -> literal ? code : code == '*' ? MANY : code == '?' ? ONE : code)
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
    int[] pattern = pattern(ignoreCase, context);
    return pattern != null && matches(pattern, codes(text, ignoreCase));
  }

  /** Whether it equals the text. Stars and question marks stand for themselves. */
  public boolean equals(String text, boolean ignoreCase, PolicyContext context) {
    int[] pattern = pattern(ignoreCase, context);
    if (pattern == null) {
      return false;
    }
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = pattern[i] == ONE ? '?' : pattern[i] == MANY ? '*' : pattern[i];
    }
    return Arrays.equals(pattern, codes(text, ignoreCase));
  }

  private int @Nullable [] pattern(boolean ignoreCase, PolicyContext context) {
    IntStream.Builder pattern = IntStream.builder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(List<Integer> codes) ->
            codes.forEach(code -> pattern.add(ignoreCase ? Character.toLowerCase(code) : code));
        case Part.Variable(String key, var otherwise) -> {
          List<String> values = context.values(key);
          String value = values.size() == 1 ? values.getFirst() : otherwise;
          if (value == null) {
            return null;
          }
          Arrays.stream(codes(value, ignoreCase)).forEach(pattern::add);
        }
      }
    }
    return pattern.build().toArray();
  }

  private static int[] codes(String text, boolean ignoreCase) {
    return text.codePoints().map(c -> ignoreCase ? Character.toLowerCase(c) : c).toArray();
  }

  private static boolean matches(int[] pattern, int[] text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length) {
      if (p < pattern.length && pattern[p] == MANY) {
        star = p++;
        resume = t;
      } else if (p < pattern.length && (pattern[p] == ONE || pattern[p] == text[t])) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == MANY) {
      p++;
    }
    return p == pattern.length;
  }

  @Override
  public String toString() {
    return source;
  }
}
