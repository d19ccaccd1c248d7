package rondo.s3.policy;

import java.util.List;

/** What is known of a request, by condition key. */
@FunctionalInterface
public interface PolicyContext {
  /**
   * The values of a key.
   *
   * @param key as a policy writes it: in any case, but for what follows a slash
   * @return empty when the request says nothing of it
   */
  List<String> values(String key);
}
