package rondo.s3.head;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the bucket that a host's name begins with (virtual-hosted style). Pure. */
public final class VirtualHost {
  private VirtualHost() {}

  /** The bucket; null when the host lies under none of these domains. */
  public static @Nullable String bucket(@Nullable String host, List<String> domains) {
    if (host == null) {
      return null;
    }
    String name = host.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT);
    for (String domain : domains) {
      if (name.endsWith("." + domain)) {
        return name.substring(0, name.length() - domain.length() - 1);
      }
    }
    return null;
  }
}
