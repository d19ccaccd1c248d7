package rondo.s3.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.ring.value.Bytes;
import rondo.s3.error.S3Exception;
import rondo.s3.request.QueryParameters;

final class PositionTest {
  @ParameterizedTest
  @CsvSource({
    "'',      '',  '',     ''",
    "'',      '',  a,      'a~'",
    "'',      /,   a,      'a~'",
    "'',      /,   a/,     a0",
    "'',      /,   a/b,    a0",
    "a/,      /,   a/b,    'a/b~'",
    "a/,      /,   a/b/c,  a/b0",
    "b/,      /,   a/b,    'a/b~'",
  })
  void a_listing_goes_on_behind_its_marker(
      String prefix, String delimiter, String marker, String position) {
    var scope = new ListingScope(prefix, delimiter.isEmpty() ? null : delimiter, false, 1000);
    assertThat(scope.behind(marker)).isEqualTo(Bytes.utf8(position.replace('~', '\0')));
  }

  @Test
  void a_token_names_a_position_and_nothing_else_is_a_token() {
    Bytes position = Bytes.wrap(new byte[] {0, -1, 'k'});
    assertThat(ContinuationToken.decode(ContinuationToken.encode(position))).isEqualTo(position);
    for (String wrong : List.of("", "x", "%%%", "AAAA")) {
      assertThatThrownBy(() -> ContinuationToken.decode(wrong)).isInstanceOf(S3Exception.class);
    }
  }

  @Test
  void a_page_has_at_most_a_thousand_keys() {
    assertThat(ListingScope.of(new QueryParameters("max-keys=5000"), "max-keys").limit())
        .isEqualTo(1000);
    assertThat(ListingScope.of(new QueryParameters("max-keys=0"), "max-keys").limit()).isEqualTo(0);
    assertThat(ListingScope.of(new QueryParameters(""), "max-keys").limit()).isEqualTo(1000);
    for (String wrong : List.of("max-keys=-1", "max-keys=x", "encoding-type=base64")) {
      assertThatThrownBy(() -> ListingScope.of(new QueryParameters(wrong), "max-keys"))
          .isInstanceOf(S3Exception.class);
    }
  }

  @Test
  void keys_are_percent_encoded_on_request() {
    var scope = ListingScope.of(new QueryParameters("encoding-type=url"), "max-keys");
    assertThat(scope.encode("foo+1/b ar\n")).isEqualTo("foo%2B1/b%20ar%0A");
  }
}
