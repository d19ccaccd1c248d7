package rondo.s3.identity;

import com.google.protobuf.ByteString;
import java.util.function.BiConsumer;
import rondo.metadata.rows.AccessKeyRow;

/** The sealed secrets of access keys, and the master keys that sealed them. Thread-safe. */
public record SealedSecrets(IdentityRegisters registers) {
  /**
   * Gives every access key with a sealed secret to {@code each}, with the secret as it is sealed.
   *
   * @throws IdentityException UNAVAILABLE
   */
  public void through(BiConsumer<String, ByteString> each) {
    for (IdentityRows.Row<AccessKeyRow> row : new IdentityRows(registers).keys()) {
      if (!row.value().getSealedSecret().isEmpty()) {
        each.accept(row.id(), row.value().getSealedSecret());
      }
    }
  }

  /**
   * Seals the key's secret under the newest master key, unless another request has removed the key.
   *
   * @throws IdentityException UNAVAILABLE when the row can't be reached, or the secret not opened
   */
  public void reseal(String accessKey) {
    SecretSeal seal = registers.seal();
    new IdentityRows(registers)
        .changeKey(
            accessKey,
            stored ->
                stored.getSealedSecret().isEmpty() || !seal.isStale(stored)
                    ? stored
                    : seal.sealed(accessKey, seal.opened(accessKey, stored)));
  }
}
