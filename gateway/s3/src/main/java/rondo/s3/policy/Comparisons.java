package rondo.s3.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The comparisons of condition operators. Pure. A value of another kind compares as false. */
final class Comparisons {
  private static final int ARN_PARTS = 6;

  private Comparisons() {}

  static boolean isText(Glob wanted, String given, PolicyContext context) {
    return wanted.equals(given, false, context);
  }

  static boolean isTextInAnyCase(Glob wanted, String given, PolicyContext context) {
    return wanted.equals(given, true, context);
  }

  static boolean isLike(Glob wanted, String given, PolicyContext context) {
    return wanted.matches(given, false, context);
  }

  /** Compares the parts of an ARN one by one: only in the last does a star match a colon. */
  static boolean isArn(Glob wanted, String given, PolicyContext context) {
    String[] patterns = wanted.source().split(":", ARN_PARTS);
    String[] parts = given.split(":", ARN_PARTS);
    if (wanted.source().contains("${") || patterns.length != parts.length) {
      // A colon in a variable's name doesn't separate parts.
      return (wanted.source().contains("${") || wanted.source().equals("*"))
          && wanted.matches(given, false, context);
    }
    for (int i = 0; i < parts.length; i++) {
      if (!Glob.of(patterns[i], false).matches(parts[i], false, context)) {
        return false;
      }
    }
    return true;
  }

  static boolean isInNetwork(Glob wanted, String given, PolicyContext context) {
    NetworkRange.Network network = NetworkRange.parse(wanted.source());
    return network != null && network.holds(given);
  }

  static ConditionOperator.Comparison number(IntPredicate order) {
    return (wanted, given, context) -> {
      BigDecimal limit = number(wanted.source());
      BigDecimal value = number(given);
      return limit != null && value != null && order.test(value.compareTo(limit));
    };
  }

  static ConditionOperator.Comparison date(IntPredicate order) {
    return (wanted, given, context) -> {
      Instant limit = date(wanted.source());
      Instant value = date(given);
      return limit != null && value != null && order.test(value.compareTo(limit));
    };
  }

  static @Nullable BigDecimal number(String text) {
    return text.matches("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?") ? new BigDecimal(text) : null;
  }

  /** The time of ISO 8601 text or seconds since 1970; null for anything else. */
  static @Nullable Instant date(String text) {
    try {
      if (text.matches("[0-9]{1,12}")) {
        return Instant.ofEpochSecond(Long.parseLong(text));
      }
      if (text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException noDate) {
      return null;
    }
  }
}
