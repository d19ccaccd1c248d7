package rondo.s3.object;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartInfo;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.HttpDates;
import rondo.s3.request.S3Request;

/**
 * Which bytes of an object a read asks for.
 *
 * @param range all of the object, or less
 * @param partial whether the answer says 206 and which bytes they are
 * @param part null unless one was asked for by number, and the object is made of parts
 */
record ByteSelection(ByteRange range, boolean partial, @Nullable PartInfo part) {
  private static final int MOST_PARTS = 10_000;

  /**
   * @throws S3Exception InvalidRange, InvalidPartNumber, InvalidArgument, InvalidRequest
   */
  static ByteSelection of(S3Request request, ObjectRow row) {
    String number = request.query().value("partNumber");
    String range = request.header("range");
    if (number != null) {
      if (range != null) {
        throw new S3Exception(
            S3Error.INVALID_REQUEST,
            "Cannot specify both Range header and partNumber query parameter");
      }
      return part(number(number), row);
    }
    ByteRange wanted = isCurrent(request, row) ? ByteRange.of(range, row.getSize()) : null;
    return wanted == null
        ? new ByteSelection(new ByteRange(0, row.getSize()), false, null)
        : new ByteSelection(wanted, true, null);
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MOST_PARTS) {
      throw S3Exception.argument(
          "partNumber", text, "Part number must be an integer between 1 and 10000, inclusive");
    }
    return Integer.parseInt(text);
  }

  private static ByteSelection part(int number, ObjectRow row) {
    List<PartInfo> parts = row.getPartsList();
    if (parts.isEmpty() && number == 1) {
      return new ByteSelection(new ByteRange(0, row.getSize()), true, null);
    }
    long offset = 0;
    for (PartInfo part : parts) {
      if (part.getNumber() == number) {
        return new ByteSelection(new ByteRange(offset, part.getSize()), true, part);
      }
      offset += part.getSize();
    }
    throw new S3Exception(
        S3Error.INVALID_PART_NUMBER,
        S3Error.INVALID_PART_NUMBER.message(),
        Map.of(
            "ActualPartCount",
            Integer.toString(Math.max(1, parts.size())),
            "PartNumberRequested",
            Integer.toString(number)));
  }

  /** Whether If-Range, where it is given, names this object: else all of it is wanted. */
  private static boolean isCurrent(S3Request request, ObjectRow row) {
    String ifRange = request.header("if-range");
    if (ifRange == null) {
      return true;
    }
    Instant date = HttpDates.parse(ifRange);
    return date == null
        ? ReadConditions.matches(ifRange, row.getEtag())
        : HttpDates.format(ObjectHeaders.modified(row)).equals(HttpDates.format(date));
  }
}
