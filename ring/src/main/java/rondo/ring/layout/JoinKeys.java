package rondo.ring.layout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The join tokens of a layout's members. */
public final class JoinKeys {
  /** The most tokens that a layout names; the oldest counted one gives way to the next. */
  private static final int MOST = 64;

  private JoinKeys() {}

  /** The token of that id; null when the layout names none. */
  public static @Nullable JoinKey of(Members members, String id) {
    return members.joinKeys().stream().filter(it -> it.id().equals(id)).findFirst().orElse(null);
  }

  /** The members with one use of a token less; those of the other tokens stay. */
  public static Members using(Members members, String id) {
    List<JoinKey> keys =
        members.joinKeys().stream().map(it -> it.id().equals(id) ? it.used() : it).toList();
    return keys.equals(members.joinKeys()) ? members : members.joinedBy(keys);
  }

  /** The members with a token; one of the same id stays as it is, so that no use comes back. */
  static Members with(Members members, JoinKey key) {
    JoinKey known = of(members, key.id());
    if (known != null && (known.revoked() || !key.revoked())) {
      return members;
    }
    var keys = new ArrayList<>(members.joinKeys());
    keys.removeIf(it -> it.id().equals(key.id()));
    if (keys.size() >= MOST) {
      JoinKey oldest =
          keys.stream()
              .filter(it -> !it.isLasting())
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException("there are %d tokens already".formatted(MOST)));
      keys.remove(oldest);
    }
    keys.add(key);
    return members.joinedBy(keys);
  }

  /**
   * The members with a token ended.
   *
   * @throws IllegalArgumentException with a message in one line, when there is no such token
   */
  static Members without(Members members, String id) {
    JoinKey known = of(members, id);
    if (known == null) {
      throw new IllegalArgumentException("there is no token '%s'".formatted(id));
    }
    return with(members, known.ended());
  }
}
