package rondo.s3.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import rondo.s3.request.ClientConnection;

final class RequestAdmissionTest {
  @Test
  void the_addresses_of_one_network_of_ipv6_are_one_client() {
    assertThat(name("2001:db8:1:2::1")).isEqualTo(name("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assertThat(name("2001:db8:1:2::1")).isNotEqualTo(name("2001:db8:1:3::1"));
    assertThat(name("fe80::1%1")).isEqualTo(name("fe80:0:0:0:1:2:3:4"));
  }

  @Test
  void each_ipv4_address_is_a_client() {
    assertThat(name("192.0.2.1")).isNotEqualTo(name("192.0.2.2"));
    assertThat(name("::ffff:192.0.2.1")).isEqualTo(name("192.0.2.1"));
    assertThat(name("")).isEqualTo("address ");
  }

  private static String name(String address) {
    return RequestAdmission.address(new ClientConnection(address, null));
  }
}
