package rondo.s3.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs against a server that implements the part of Vault's transit engine that is used. */
final class VaultKmsTest {
  private static final String TOKEN = "a-token-of-tests";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final MasterKeys masters = MasterKeys.random();
  private final AtomicReference<String> token = new AtomicReference<>(TOKEN);
  private HttpServer server;
  private VaultKms kms;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/transit/", this::answer);
    server.start();
    kms =
        new VaultKms(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
            "transit",
            token::get);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /**
   * Answers as Vault does with one key, {@code app}; a ciphertext is {@code vault:v1:} and the
   * wrapped key in base64.
   */
  private void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
      send(exchange, 403, "{\"errors\":[\"permission denied\"]}");
    } else if (!path[4].equals("app")) {
      send(exchange, 400, "{\"errors\":[\"encryption key not found\"]}");
    } else if (path[3].equals("encrypt")) {
      byte[] plain = Base64.getDecoder().decode(body.path("plaintext").stringValue());
      ByteString wrapped = masters.wrap(MasterKeys.S3, DataKey.of(plain), context(body));
      String text = Base64.getEncoder().encodeToString(wrapped.toByteArray());
      send(exchange, 200, "{\"data\":{\"ciphertext\":\"vault:v1:" + text + "\"}}");
    } else {
      decrypt(exchange, body);
    }
  }

  private void decrypt(HttpExchange exchange, JsonNode body) throws IOException {
    String ciphertext = body.path("ciphertext").stringValue();
    try {
      byte[] wrapped = Base64.getDecoder().decode(ciphertext.substring("vault:v1:".length()));
      DataKey key = masters.unwrap(MasterKeys.S3, ByteString.copyFrom(wrapped), context(body));
      String text = Base64.getEncoder().encodeToString(key.bytes());
      send(exchange, 200, "{\"data\":{\"plaintext\":\"" + text + "\"}}");
    } catch (TamperedException broken) {
      send(exchange, 400, "{\"errors\":[\"cipher: message authentication failed\"]}");
    }
  }

  private static ByteString context(JsonNode body) {
    return ByteString.copyFromUtf8(body.path("associated_data").asString(""));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void a_key_comes_back_from_vault() {
    DataKey key = DataKey.random();
    ByteString context = ByteString.copyFromUtf8("{\"a\":\"b\"}");
    ByteString wrapped = kms.wrap("app", key, context);
    assertThat(wrapped.toStringUtf8()).startsWith("vault:v1:");
    assertThat(kms.unwrap("app", wrapped, context).bytes()).isEqualTo(key.bytes());
    assertThatThrownBy(() -> kms.unwrap("app", wrapped, ByteString.EMPTY))
        .isInstanceOf(TamperedException.class);
  }

  @Test
  void a_missing_key_and_an_invalid_name_are_not_found() {
    for (String name : new String[] {"other", "../../sys/seal", "", "a/b", "a?b"}) {
      assertThatThrownBy(() -> kms.wrap(name, DataKey.random(), ByteString.EMPTY))
          .isInstanceOfSatisfying(
              KmsException.class,
              e -> assertThat(e.reason()).isEqualTo(KmsException.Reason.NOT_FOUND));
    }
  }

  @Test
  void a_refused_token_is_not_printed() {
    token.set("a-wrong-token");
    assertThatThrownBy(() -> kms.wrap("app", DataKey.random(), ByteString.EMPTY))
        .isInstanceOfSatisfying(
            KmsException.class, e -> assertThat(e.reason()).isEqualTo(KmsException.Reason.REFUSED))
        .hasMessageNotContaining("a-wrong-token");
  }

  @Test
  void an_unreachable_vault_is_unavailable() {
    server.stop(0);
    assertThatThrownBy(() -> kms.wrap("app", DataKey.random(), ByteString.EMPTY))
        .isInstanceOfSatisfying(
            KmsException.class,
            e -> assertThat(e.reason()).isEqualTo(KmsException.Reason.UNAVAILABLE));
  }
}
