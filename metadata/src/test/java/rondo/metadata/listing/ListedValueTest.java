package rondo.metadata.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.VersionChange;
import rondo.metadata.table.Tables;
import rondo.ring.value.Bytes;

final class ListedValueTest {
  private static final ObjectRow PLAIN =
      ObjectRow.newBuilder()
          .setModifiedMicros(1)
          .setSize(3)
          .setEtag("e")
          .addHeaders(Header.newBuilder().setName("n").setValue("v"))
          .setNonce(ByteString.copyFromUtf8("nonce"))
          .build();

  @Test
  void a_value_loses_its_data_and_its_changes_and_nothing_else() {
    ObjectRow row =
        PLAIN.toBuilder()
            .setInlineData(ByteString.copyFromUtf8("abc"))
            .addChanges(VersionChange.newBuilder().setSort(ByteString.copyFromUtf8("s")))
            .addChanges(VersionChange.newBuilder().setSort(ByteString.copyFromUtf8("t")))
            .build();
    assertThat(listed(Tables.OBJECTS, bytes(row))).isEqualTo(bytes(PLAIN));
  }

  @Test
  void fields_that_are_not_known_stay() {
    // Field 1000, a string of one byte, behind the data.
    Bytes unknown = Bytes.wrap(new byte[] {(byte) 0xc2, 0x3e, 1, 'x'});
    Bytes data = bytes(ObjectRow.newBuilder().setInlineData(ByteString.copyFromUtf8("d")).build());
    assertThat(listed(Tables.VERSIONS, Bytes.concat(bytes(PLAIN), data, unknown)))
        .isEqualTo(Bytes.concat(bytes(PLAIN), unknown));
  }

  @Test
  void what_has_nothing_to_lose_stays_as_it_is() {
    Bytes value = bytes(PLAIN);
    assertThat(listed(Tables.OBJECTS, value)).isEqualTo(value);
    Bytes other = Bytes.utf8("of another table");
    assertThat(listed(Tables.BUCKETS, other)).isEqualTo(other);
  }

  @Test
  void delete_markers_are_shown_among_versions_only() {
    Bytes marker = bytes(PLAIN.toBuilder().setDeleteMarker(true).build());
    assertThat(listed(Tables.OBJECTS, marker)).isNull();
    assertThat(listed(Tables.OBJECTS, bytes(PLAIN.toBuilder().setGone(true).build()))).isNull();
    assertThat(listed(Tables.VERSIONS, marker)).isEqualTo(marker);
  }

  @Test
  void what_is_cut_off_is_refused() {
    Bytes value = bytes(PLAIN);
    Bytes cut = value.slice(0, value.length() - 1);
    assertThatThrownBy(() -> listed(Tables.OBJECTS, cut))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Passes a view into the middle of an array. */
  private static @Nullable Bytes listed(int table, Bytes value) {
    Bytes around = Bytes.concat(Bytes.utf8("before"), value, Bytes.utf8("behind"));
    ByteBuffer view = ByteBuffer.wrap(around.array()).slice(6, value.length());
    return ListedValue.of(table, view);
  }

  private static Bytes bytes(ObjectRow row) {
    return Bytes.wrap(row.toByteArray());
  }
}
