package rondo.metadata.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.VersionChange;
import rondo.metadata.table.Tables;
import rondo.ring.register.Bytes;

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
  void a_value_loses_its_data_and_its_changes_and_nothing_else()
      throws InvalidProtocolBufferException {
    ObjectRow row =
        PLAIN.toBuilder()
            .setInlineData(ByteString.copyFromUtf8("abc"))
            .addChanges(VersionChange.newBuilder().setSort(ByteString.copyFromUtf8("s")))
            .addChanges(VersionChange.newBuilder().setSort(ByteString.copyFromUtf8("t")))
            .build();
    assertThat(ObjectRow.parseFrom(listed(Tables.OBJECTS, bytes(row)).array())).isEqualTo(PLAIN);
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
  void what_has_nothing_to_lose_is_given_as_it_is() {
    Bytes value = bytes(PLAIN);
    assertThat(listed(Tables.OBJECTS, value)).isSameAs(value);
    Bytes other = Bytes.utf8("of another table");
    assertThat(listed(Tables.BUCKETS, other)).isSameAs(other);
  }

  @Test
  void what_is_cut_off_is_refused() {
    Bytes value = bytes(PLAIN);
    Bytes cut = value.slice(0, value.length() - 1);
    assertThatThrownBy(() -> listed(Tables.OBJECTS, cut))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Bytes listed(int table, Bytes value) {
    return ListedValue.of(table).apply(value);
  }

  private static Bytes bytes(ObjectRow row) {
    return Bytes.wrap(row.toByteArray());
  }
}
