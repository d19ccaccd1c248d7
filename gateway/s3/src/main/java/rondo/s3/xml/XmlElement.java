package rondo.s3.xml;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * An element of a document whose schema S3 enforces.
 *
 * @param name the name without its namespace
 * @param text all its text, as written; blank when it has children
 */
public record XmlElement(String name, String text, List<XmlElement> children) {
  /** The children of that name, in order. */
  public List<XmlElement> all(String child) {
    return children.stream().filter(element -> element.name.equals(child)).toList();
  }

  /**
   * The child of that name; null for none.
   *
   * @throws S3Exception MalformedXML when there are several
   */
  public @Nullable XmlElement one(String child) {
    List<XmlElement> found = all(child);
    if (found.size() > 1) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  /**
   * The text of the child of that name; null without such a child.
   *
   * @throws S3Exception MalformedXML when there are several, or it has children of its own
   */
  public @Nullable String text(String child) {
    XmlElement found = one(child);
    if (found == null) {
      return null;
    }
    found.checkChildren(Set.of());
    return found.text;
  }

  /**
   * Refuses children with other names than these.
   *
   * @throws S3Exception MalformedXML
   */
  public void checkChildren(Set<String> names) {
    if (!children.stream().allMatch(child -> names.contains(child.name))) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
  }
}
