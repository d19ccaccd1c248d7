package rondo.server.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Hashes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The end of a node's audit log at one time, signed with the node's key. Other nodes hold it.
 *
 * <pre>
 * signed = "rondo audit head\n" node "\n" number "\n" hash "\n" time
 * </pre>
 *
 * @param node the id of the node's life, in hex
 * @param number of the last line; at least 1
 * @param hash of that line
 * @param time when it was signed, ISO 8601
 * @param key the node's public key (SubjectPublicKeyInfo) in base64
 * @param signature in base64: SHA-256 with ECDSA or RSA, as the key is
 */
record AuditHead(String node, long number, String hash, String time, String key, String signature) {
  /** A node's key pair. */
  record Signer(String node, PrivateKey own, PublicKey shown) {
    AuditHead sign(AuditLog.Head end, String time) {
      String key = Base64.getEncoder().encodeToString(shown.getEncoded());
      var unsigned = new AuditHead(node, end.number(), end.hash(), time, key, "");
      try {
        Signature signature = Signature.getInstance(algorithm(own.getAlgorithm()));
        signature.initSign(own);
        signature.update(unsigned.signed());
        String signed = Base64.getEncoder().encodeToString(signature.sign());
        return new AuditHead(node, end.number(), end.hash(), time, key, signed);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the node's key can't sign", e);
      }
    }
  }

  private static String algorithm(String ofKey) {
    return ofKey.startsWith("EC") ? "SHA256withECDSA" : "SHA256withRSA";
  }

  private byte[] signed() {
    return String.join("\n", "rondo audit head", node, Long.toString(number), hash, time)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The SHA-256 of the key, in hex, as a layout registers it. */
  String keyHash() {
    return Hashes.sha256Hex(Base64.getDecoder().decode(key));
  }

  /** Whether the signature is that of the key over this head. */
  boolean isSigned() {
    for (String kind : List.of("EC", "RSA")) {
      if (isSignedBy(kind)) {
        return true;
      }
    }
    return false;
  }

  private boolean isSignedBy(String kind) {
    try {
      byte[] encoded = Base64.getDecoder().decode(key);
      Signature check = Signature.getInstance(algorithm(kind));
      check.initVerify(
          KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded)));
      check.update(signed());
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    view.put("node", node);
    view.put("number", number);
    view.put("hash", hash);
    view.put("time", time);
    view.put("key", key);
    view.put("signature", signature);
    return view;
  }

  String json() {
    return JsonMapper.shared().writeValueAsString(view());
  }

  /** Reads a head; null when the text is none. */
  static @Nullable AuditHead parse(String text) {
    try {
      return of(JsonMapper.shared().readTree(text));
    } catch (JacksonException e) {
      return null;
    }
  }

  /** Reads a head; null when it is none. */
  static @Nullable AuditHead of(JsonNode head) {
    long number = head.path("number").asLong(0);
    String node = head.path("node").asString("");
    return number < 1 || !node.matches("[0-9a-f]{1,16}")
        ? null
        : new AuditHead(
            node,
            number,
            head.path("hash").asString(""),
            head.path("time").asString(""),
            head.path("key").asString(""),
            head.path("signature").asString(""));
  }
}
