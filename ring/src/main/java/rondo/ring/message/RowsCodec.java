package rondo.ring.message;

import java.util.List;

/** The bytes of lists of rows, in the grammar of {@link MessageCodec}. */
final class RowsCodec {
  private static final int SMALLEST_ROW = 30;

  private RowsCodec() {}

  static MessageWriter write(MessageWriter out, List<Row> rows) {
    out.i32(rows.size());
    for (Row row : rows) {
      out.key(row.key()).versioned(row.state());
      Row.Pending pending = row.pending();
      out.flag(pending != null);
      if (pending != null) {
        out.stamp(pending.base()).ballot(pending.ballot()).value(pending.value());
      }
    }
    return out;
  }

  static List<Row> read(MessageReader in) throws MalformedException {
    return in.list(SMALLEST_ROW, () -> row(in));
  }

  private static Row row(MessageReader in) throws MalformedException {
    return new Row(
        in.key(),
        in.versioned(),
        in.flag() ? new Row.Pending(in.stamp(), in.ballot(), in.value()) : null);
  }
}
