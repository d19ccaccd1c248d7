package rondo.s3.crypt;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The transit engine of HashiCorp's Vault ("Transit secrets engine (API)", {@code /encrypt} and
 * {@code /decrypt}): a key's id is the name of a transit key, whose versions Vault keeps. Master
 * keys never leave it. Thread-safe; its methods block for at most ten seconds.
 */
public final class VaultKms implements Kms {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** Names that Vault allows for a transit key and that need no encoding in a path. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI engine;
  private final Supplier<String> token;

  /**
   * Uses one Vault server.
   *
   * @param address such as {@code https://vault:8200}
   * @param mount where the engine is mounted, {@code transit} as a rule
   * @param token called for each request, since tokens are renewed
   */
  public VaultKms(URI address, String mount, Supplier<String> token) {
    String base = address.toString().replaceAll("/+$", "");
    this.engine = URI.create(base + "/v1/" + mount.replaceAll("^/+|/+$", "") + "/");
    this.token = token;
  }

  @Override
  public ByteString wrap(String keyId, DataKey key, ByteString context) {
    String text = Base64.getEncoder().encodeToString(key.bytes());
    return ByteString.copyFromUtf8(
        post("encrypt", keyId, Map.of("plaintext", text), context, "ciphertext"));
  }

  @Override
  public DataKey unwrap(String keyId, ByteString wrapped, ByteString context) {
    String text =
        post("decrypt", keyId, Map.of("ciphertext", wrapped.toStringUtf8()), context, "plaintext");
    try {
      return DataKey.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException malformed) {
      throw unavailable("Vault gave back what is no key");
    }
  }

  /** The second field of {@code vault:v3:...}, Vault's form of what it encrypted. */
  @Override
  public String version(ByteString wrapped) {
    String[] fields = wrapped.toStringUtf8().split(":", 3);
    return fields.length == 3 ? fields[1] : "unknown";
  }

  private String post(
      String verb, String keyId, Map<String, String> data, ByteString context, String wanted) {
    if (!NAME.matcher(keyId).matches()) {
      throw notFound(keyId);
    }
    var body = new LinkedHashMap<>(data);
    if (!context.isEmpty()) {
      body.put("associated_data", Base64.getEncoder().encodeToString(context.toByteArray()));
    }
    HttpRequest request =
        HttpRequest.newBuilder(engine.resolve(verb + "/" + keyId))
            .timeout(ANSWER)
            .header("X-Vault-Token", token.get())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> answer = send(request);
    JsonNode document = read(answer.body());
    if (answer.statusCode() == 200 && document != null) {
      JsonNode value = document.path("data").path(wanted);
      if (value.isString()) {
        return value.stringValue();
      }
    }
    throw refused(keyId, answer.statusCode(), document);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unavailable("Vault can't be reached: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("Vault was not waited for");
    }
  }

  private static @Nullable JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException malformed) {
      return null;
    }
  }

  /**
   * Vault has only the status codes of HTTP: a missing key and a broken ciphertext are both 400.
   */
  private static RuntimeException refused(String keyId, int status, @Nullable JsonNode document) {
    String errors = document == null ? "" : document.path("errors").toString();
    if (status == 404 || (status == 400 && errors.contains("key not found"))) {
      return notFound(keyId);
    }
    if (status == 403) {
      return new KmsException(
          KmsException.Reason.REFUSED, "Vault's policy doesn't allow the key " + keyId);
    }
    return status == 400
        ? new TamperedException("Vault takes the wrapped key for none of " + keyId)
        : unavailable("Vault answered " + status);
  }

  private static KmsException notFound(String keyId) {
    return new KmsException(KmsException.Reason.NOT_FOUND, "Vault has no key " + keyId);
  }

  private static KmsException unavailable(String why) {
    return new KmsException(KmsException.Reason.UNAVAILABLE, why);
  }
}
