package rondo.s3.policy;

import java.util.List;

/** The values of condition keys in one request. */
@FunctionalInterface
public interface PolicyContext {
  /**
   * The values of a key.
   *
   * @param key as a policy writes it: case doesn't matter, except after a slash
   * @return empty when the request has no value of the key
   */
  List<String> values(String key);
}
