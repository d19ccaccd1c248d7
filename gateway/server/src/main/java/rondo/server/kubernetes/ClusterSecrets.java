package rondo.server.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rondo.server.storage.JoinToken;
import rondo.server.storage.RootCredentials;

/** The contents of the secrets that a release needs, by their keys. */
final class ClusterSecrets {
  /** What a secret is for. */
  enum Kind {
    ROOT,
    TOKEN,
    ADMIN;

    /** The keys that such a secret has. */
    List<String> keys() {
      return switch (this) {
        case ROOT -> List.of("access-key", "secret-key");
        case TOKEN -> List.of("join-token");
        case ADMIN -> List.of("tls.crt", "tls.key", "ca.crt");
      };
    }
  }

  private ClusterSecrets() {}

  /**
   * New content.
   *
   * @param hosts the names of the admin API's certificate
   */
  static Map<String, String> make(Kind kind, List<String> hosts) {
    return switch (kind) {
      case ROOT -> root();
      case TOKEN -> Map.of("join-token", JoinToken.founding());
      case ADMIN -> admin(AdminCertificate.create(hosts));
    };
  }

  private static Map<String, String> root() {
    var credentials = RootCredentials.random();
    return Map.of("access-key", credentials.accessKey(), "secret-key", credentials.secret());
  }

  private static Map<String, String> admin(AdminCertificate certificate) {
    return Map.of(
        "tls.crt", certificate.certificate(),
        "tls.key", certificate.key(),
        "ca.crt", certificate.authority());
  }

  /** As Kubernetes wants it. */
  static Map<String, String> encoded(Map<String, String> content) {
    var encoded = new TreeMap<String, String>();
    content.forEach((key, value) ->
        encoded.put(
            key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return encoded;
  }
}
