package rondo.s3.auth;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an identity may do in the admin API. */
public enum AdminRole {
  NONE,
  /** Reads the state of nodes, and nothing about accounts or objects. */
  OPERATOR,
  /** Does everything. */
  ADMINISTRATOR;

  /** The word in rows, requests and answers; empty for {@link #NONE}. */
  public String word() {
    return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
  }

  /** The role of that word; null when there is none. */
  public static @Nullable AdminRole named(String word) {
    return Arrays.stream(values())
        .filter(role -> role.word().equals(word))
        .findFirst()
        .orElse(null);
  }
}
