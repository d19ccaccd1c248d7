package rondo.s3.lifecycle;

import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.XmlElement;

/** Reads the numbers in a document of lifecycle rules. Pure. */
final class RuleNumbers {
  private RuleNumbers() {}

  /**
   * The number in the child of that name; null without such a child.
   *
   * @throws S3Exception MalformedXML for anything but a number
   */
  static @Nullable Long of(XmlElement parent, String name) {
    String text = parent.text(name);
    if (text == null) {
      return null;
    }
    if (!text.strip().matches("[+-]?[0-9]{1,18}")) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    return Long.parseLong(text.strip());
  }

  /**
   * The number of days or versions in the child of that name; null without such a child.
   *
   * @param least a smaller one is refused
   * @throws S3Exception MalformedXML, InvalidArgument
   */
  static @Nullable Integer count(XmlElement parent, String name, String action, int least) {
    Long number = of(parent, name);
    if (number == null) {
      return null;
    }
    if (number > Integer.MAX_VALUE) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    if (number < least) {
      throw S3Exception.argument(
          name,
          number.toString(),
          "'%s' for %s action must be %s"
              .formatted(name, action, least > 0 ? "a positive integer" : "nonnegative"));
    }
    return number.intValue();
  }

  /**
   * The number of days or versions in the child of that name, which must be there.
   *
   * @throws S3Exception MalformedXML, InvalidArgument
   */
  static int required(XmlElement parent, String name, int least) {
    Integer number = count(parent, name, parent.name(), least);
    if (number == null) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    return number;
  }
}
