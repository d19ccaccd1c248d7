package rondo.s3.crypt;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rondo.s3.auth.Hashes;

/**
 * Master keys from a file. Of several keys under one name, the first wraps new data keys, and the
 * others unwrap older ones. So a master key is replaced without touching an object.
 *
 * <pre>
 * file    = line*
 * line    = name "=" base64 of 32 bytes  |  "#" text  |  nothing
 * wrapped = fingerprint (8 bytes) wrapped key (see KeyWrap)
 * fingerprint = the first bytes of HMAC-SHA-256(master key, "rondo fingerprint"): names the key
 * </pre>
 *
 * Immutable; never printed.
 */
public final class MasterKeys implements Kms {
  /** The name of the master key of SSE-S3. */
  public static final String S3 = "sse-s3";

  /** The name of the master key of SSE-KMS for requests that name none. */
  public static final String DEFAULT_KMS = "aws/s3";

  private static final int FINGERPRINT_BYTES = 8;

  private final Map<String, List<byte[]>> keys;

  private MasterKeys(Map<String, List<byte[]>> keys) {
    this.keys = keys;
  }

  /**
   * Parses a file.
   *
   * @throws IllegalArgumentException with the number of a malformed line, but not with its text
   */
  public static MasterKeys parse(String text) {
    var keys = new LinkedHashMap<String, List<byte[]>>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String entry = line.strip();
      if (entry.isEmpty() || entry.startsWith("#")) {
        continue;
      }
      int equals = entry.indexOf('=');
      String name = entry.substring(0, Math.max(0, equals)).strip();
      byte[] key = decode(entry.substring(equals + 1).strip());
      if (name.isEmpty() || key.length != DataKey.BYTES) {
        throw new IllegalArgumentException(
            "line " + number + " isn't NAME=KEY with a key of 32 bytes in base64");
      }
      keys.computeIfAbsent(name, none -> new ArrayList<>()).add(key);
    }
    return new MasterKeys(keys);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      return new byte[0];
    }
  }

  /** The text of a file with keys that are derived from a secret that all nodes share. */
  public static String derivedFile(byte[] secret) {
    return derivedLine(secret, S3) + derivedLine(secret, DEFAULT_KMS);
  }

  private static String derivedLine(byte[] secret, String name) {
    byte[] key = Hashes.hmacSha256(secret, ("master key " + name).getBytes(StandardCharsets.UTF_8));
    return name + "=" + Base64.getEncoder().encodeToString(key) + "\n";
  }

  /** Random keys, which are lost when the process ends. */
  public static MasterKeys random() {
    return parse(derivedFile(DataKey.randomBytes(DataKey.BYTES)));
  }

  /** The text of a file with these keys, for a backup, which seals it. */
  public String text() {
    var text = new StringBuilder();
    keys.forEach((name, list) ->
        list.forEach(key ->
            text.append(name)
                .append('=')
                .append(Base64.getEncoder().encodeToString(key))
                .append('\n')));
    return text.toString();
  }

  /** These keys, with older ones behind them, which only unwrap. */
  public MasterKeys with(MasterKeys older) {
    var all = new LinkedHashMap<String, List<byte[]>>();
    for (MasterKeys one : List.of(this, older)) {
      one.keys.forEach(
          (name, list) -> all.computeIfAbsent(name, none -> new ArrayList<>()).addAll(list));
    }
    return new MasterKeys(all);
  }

  @Override
  public ByteString wrap(String keyId, DataKey key, ByteString context) {
    byte[] master = of(keyId).getFirst();
    return fingerprint(master).concat(KeyWrap.wrap(master, key, associatedData(keyId, context)));
  }

  @Override
  public DataKey unwrap(String keyId, ByteString wrapped, ByteString context) {
    return KeyWrap.unwrap(
        master(keyId, wrapped),
        wrapped.substring(FINGERPRINT_BYTES),
        associatedData(keyId, context));
  }

  /**
   * Seals a short secret under the newest key of that name, in the form of a wrapped key.
   *
   * @param context must be given again to open it
   * @throws KmsException NOT_FOUND
   */
  public ByteString seal(String keyId, byte[] secret, ByteString context) {
    byte[] master = of(keyId).getFirst();
    return fingerprint(master).concat(KeyWrap.seal(master, secret, associatedData(keyId, context)));
  }

  /**
   * Opens a sealed secret.
   *
   * @throws TamperedException when it was changed, or sealed for another context
   * @throws KmsException NOT_FOUND when its key is missing here
   */
  public byte[] open(String keyId, ByteString sealed, ByteString context) {
    return KeyWrap.open(
        master(keyId, sealed), sealed.substring(FINGERPRINT_BYTES), associatedData(keyId, context));
  }

  /** Whether the newest key of that name has sealed this. */
  public boolean isNewest(String keyId, ByteString sealed) {
    return sealed.startsWith(fingerprint(of(keyId).getFirst()));
  }

  /** The fingerprint in hexadecimal digits. */
  @Override
  public String version(ByteString wrapped) {
    ByteString fingerprint = wrapped.substring(0, Math.min(FINGERPRINT_BYTES, wrapped.size()));
    return HexFormat.of().formatHex(fingerprint.toByteArray());
  }

  /** The {@link #version} of every key by its name, the newest of a name first. */
  public Map<String, List<String>> versions() {
    var all = new LinkedHashMap<String, List<String>>();
    keys.forEach((name, list) ->
        all.put(
            name, list.stream().map(master -> version(fingerprint(master))).distinct().toList()));
    return all;
  }

  /** The key that sealed this, by its fingerprint. */
  private byte[] master(String keyId, ByteString sealed) {
    if (sealed.size() < FINGERPRINT_BYTES) {
      throw new TamperedException("a wrapped key of " + sealed.size() + " bytes");
    }
    ByteString which = sealed.substring(0, FINGERPRINT_BYTES);
    return of(keyId).stream()
        .filter(master -> fingerprint(master).equals(which))
        .findFirst()
        .orElseThrow(() ->
            new KmsException(
                KmsException.Reason.NOT_FOUND,
                "an older version of key " + keyId + " is missing here"));
  }

  private List<byte[]> of(String keyId) {
    List<byte[]> versions = keys.get(keyId);
    if (versions == null) {
      throw new KmsException(KmsException.Reason.NOT_FOUND, "there is no key " + keyId);
    }
    return versions;
  }

  private static ByteString fingerprint(byte[] master) {
    byte[] all = Hashes.hmacSha256(master, "rondo fingerprint".getBytes(StandardCharsets.US_ASCII));
    return ByteString.copyFrom(Arrays.copyOf(all, FINGERPRINT_BYTES));
  }

  private static ByteString associatedData(String keyId, ByteString context) {
    return ByteString.copyFromUtf8(keyId + "\0").concat(context);
  }

  @Override
  public String toString() {
    return "MasterKeys" + keys.keySet();
  }
}
