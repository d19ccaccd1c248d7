package rondo.s3.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * Tells who signed a browser form. The policy's text, as it stands in the form, is what is signed:
 * by version 4, or in the profile compat by version 2. Thread-safe.
 */
public final class FormSignatures {
  private final AuthSettings settings;
  private final AccessKeyLookup keys;
  private final SigningKeyCache signingKeys = new SigningKeyCache();

  public FormSignatures(AuthSettings settings, AccessKeyLookup keys) {
    this.settings = settings;
    this.keys = keys;
  }

  /** A form's fields: null for one that isn't there. */
  @FunctionalInterface
  public interface Fields {
    @Nullable String value(String name);
  }

  /**
   * Verifies the form's signature over its policy.
   *
   * @return the signer; null for a form that has neither policy nor signature
   * @throws S3Exception InvalidArgument, InvalidAccessKeyId, SignatureDoesNotMatch and the like
   */
  public @Nullable Identity verify(Fields form) {
    if (form.value("x-amz-security-token") != null) {
      throw new S3Exception(S3Error.INVALID_TOKEN);
    }
    boolean version4 =
        form.value("x-amz-algorithm") != null || form.value("x-amz-signature") != null;
    boolean version2 = form.value("awsaccesskeyid") != null || form.value("signature") != null;
    if (!version4 && !version2 && form.value("policy") == null) {
      return null;
    }
    String policy = require(form, "policy");
    if (!version2 && !version4 && form.value("x-amz-credential") == null) {
      throw new S3Exception(S3Error.ACCESS_DENIED);
    }
    return version2 && !version4 ? version2(form, policy) : version4(form, policy);
  }

  private Identity version4(Fields form, String policy) {
    String algorithm = require(form, "X-Amz-Algorithm");
    if (!algorithm.equals(SignatureClaim.ALGORITHM)) {
      throw S3Exception.argument(
          "x-amz-algorithm",
          algorithm,
          "x-amz-algorithm only supports " + SignatureClaim.ALGORITHM);
    }
    String given = require(form, "X-Amz-Credential");
    CredentialScope credential = CredentialScope.parse(given);
    String date = require(form, "X-Amz-Date");
    String signature = require(form, "X-Amz-Signature");
    if (credential == null
        || !credential.service().equals("s3")
        || !credential.region().equals(settings.region())
        || SigningTime.parseBasic(date) == null
        || !date.startsWith(credential.day())) {
      throw S3Exception.argument(
          "x-amz-credential", given, "The credential's scope doesn't fit this form.");
    }
    Identity identity = Authenticator.find(keys, credential.accessKey());
    Bytes key = signingKeys.key(identity.secret(), credential);
    check(Hashes.hmacSha256Hex(key.array(), policy), signature, identity, policy);
    return identity;
  }

  private Identity version2(Fields form, String policy) {
    if (!Difference.SIGNATURE_VERSION_2.in(settings.compat())) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "The authorization mechanism you have provided is not supported. Please use"
              + " AWS4-HMAC-SHA256.");
    }
    String accessKey = require(form, "awsaccesskeyid");
    String signature = require(form, "signature");
    Identity identity = Authenticator.find(keys, accessKey);
    byte[] mac =
        Hashes.hmac(
            "HmacSHA1",
            identity.secret().getBytes(StandardCharsets.UTF_8),
            policy.getBytes(StandardCharsets.UTF_8));
    check(Base64.getEncoder().encodeToString(mac), signature, identity, policy);
    return identity;
  }

  private static void check(String expected, String given, Identity identity, String policy) {
    if (!Hashes.same(expected, given)) {
      var details = new LinkedHashMap<String, String>();
      details.put("AWSAccessKeyId", identity.accessKey());
      details.put("StringToSign", policy);
      details.put("SignatureProvided", given);
      details.put("StringToSignBytes", Hashes.spacedHex(policy));
      throw new S3Exception(
          S3Error.SIGNATURE_DOES_NOT_MATCH, S3Error.SIGNATURE_DOES_NOT_MATCH.message(), details);
    }
  }

  private static String require(Fields form, String name) {
    String value = form.value(name);
    if (value == null) {
      throw S3Exception.argument(
          name, "", "Bucket POST must contain a field named '" + name + "'.");
    }
    return value;
  }
}
