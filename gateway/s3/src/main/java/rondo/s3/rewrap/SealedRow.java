package rondo.s3.rewrap;

import java.util.List;
import java.util.function.BooleanSupplier;
import rondo.s3.encryption.KeyVersion;

/**
 * A row with sealed keys or secrets.
 *
 * @param place tells an operator which row it is
 * @param named the versions of master keys that open what is sealed
 * @param head whether this is the row of a key's current version, which has a row of its own beside
 *     it: both are resealed in one step
 * @param reseal seals it under the newest ones; returns false when another writer comes first, so
 *     that the row has to be looked at again
 */
record SealedRow(String place, List<KeyVersion> named, boolean head, BooleanSupplier reseal) {}
