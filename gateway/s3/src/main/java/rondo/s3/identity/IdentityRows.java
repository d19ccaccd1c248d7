package rondo.s3.identity;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.AccessKeyRow;
import rondo.metadata.rows.AccountRow;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;
import rondo.s3.auth.Hashes;

/**
 * Reads and writes the rows of accounts and keys. Every method throws {@link IdentityException}
 * UNAVAILABLE. Thread-safe.
 */
final class IdentityRows {
  private static final Logger LOG = LoggerFactory.getLogger(IdentityRows.class);

  private static final int PAGE = 1_000;

  /**
   * A row of the table of keys that is none: its presence says that sealing has begun. No key has
   * such a name, and no account owns it.
   */
  private static final String SEALING = "sealing-has-begun";

  private final IdentityRegisters registers;

  IdentityRows(IdentityRegisters registers) {
    this.registers = registers;
  }

  /** A row and its sort key. */
  record Row<T>(String id, T value) {}

  /**
   * The canonical id of the account of that name, in 64 hex digits. It depends on the name alone,
   * so an account that is added again under its old name owns its old buckets and objects.
   */
  static String accountId(String name) {
    return Hashes.sha256Hex(("rondo account " + name).getBytes(StandardCharsets.UTF_8));
  }

  @Nullable AccountRow account(String id) {
    Bytes value = reached(registers.read(accountKey(id))).value();
    return value == null ? null : account(value);
  }

  @Nullable AccessKeyRow key(String accessKey) {
    Bytes value = reached(registers.read(accessKeyKey(accessKey))).value();
    return value == null ? null : registers.seal().opened(accessKey, key(value));
  }

  /** Adds an account. False when there is one of that id already. */
  boolean add(String accountId, AccountRow row) {
    return addIfAbsent(accountKey(accountId), Bytes.wrap(row.toByteArray()));
  }

  /** Adds a key, its secret sealed where sealing has begun. False when that key is taken. */
  boolean add(String accessKey, AccessKeyRow row) {
    AccessKeyRow kept = isSealing() ? registers.seal().sealed(accessKey, row) : row;
    return addIfAbsent(accessKeyKey(accessKey), Bytes.wrap(kept.toByteArray()));
  }

  /** Whether the secrets of new rows are sealed. Once true, it stays so. */
  boolean isSealing() {
    return reached(registers.read(accessKeyKey(SEALING))).isPresent();
  }

  /**
   * Has all nodes seal the secrets of new rows from now on, for good. Nodes that are older than
   * sealing can't read such rows.
   */
  void beginSealing() {
    addIfAbsent(accessKeyKey(SEALING), Bytes.wrap(AccessKeyRow.newBuilder().build().toByteArray()));
  }

  /**
   * Seals every secret that lies in clear or under an older master key.
   *
   * @return how many there were
   */
  int sealAll() {
    SecretSeal seal = registers.seal();
    int sealed = 0;
    for (Row<AccessKeyRow> row : keys()) {
      if (seal.isStale(row.value())) {
        changeKey(row.id(), stored -> seal.sealed(row.id(), seal.opened(row.id(), stored)));
        sealed++;
      }
    }
    return sealed;
  }

  private boolean addIfAbsent(Key key, Bytes value) {
    Function<VersionedValue, Decision> judge =
        state -> state.isPresent() ? new Decision.Decline() : new Decision.Put(value);
    return reached(registers.update(key, judge)) instanceof ConditionalResult.Written;
  }

  /** Changes an account's row. False when there is no such account. */
  boolean changeAccount(String id, UnaryOperator<AccountRow> change) {
    return change(accountKey(id), value -> Bytes.wrap(change.apply(account(value)).toByteArray()));
  }

  /** Changes a key's row. False when there is no such key. */
  boolean changeKey(String accessKey, UnaryOperator<AccessKeyRow> change) {
    return change(
        accessKeyKey(accessKey), value -> Bytes.wrap(change.apply(key(value)).toByteArray()));
  }

  private boolean change(Key key, UnaryOperator<Bytes> change) {
    Function<VersionedValue, Decision> judge =
        state -> {
          Bytes value = state.value();
          return value == null ? new Decision.Decline() : new Decision.Put(change.apply(value));
        };
    return reached(registers.update(key, judge)) instanceof ConditionalResult.Written;
  }

  void removeAccount(String id) {
    reached(registers.write(accountKey(id), null));
  }

  void removeKey(String accessKey) {
    reached(registers.write(accessKeyKey(accessKey), null));
  }

  List<Row<AccountRow>> accounts() {
    return all(Tables.ACCOUNTS, Tables.ACCOUNTS_PARTITION, IdentityRows::account);
  }

  List<Row<AccessKeyRow>> keys() {
    return all(Tables.KEYS, Tables.KEYS_PARTITION, IdentityRows::key);
  }

  private <T> List<Row<T>> all(int table, Bytes partition, Function<Bytes, T> parse) {
    var rows = new ArrayList<Row<T>>();
    var whole = new ScanRange(table, partition, Bytes.EMPTY, Bytes.EMPTY, null, PAGE);
    for (Reply.Entry entry : PageCursor.over(whole, part -> reached(registers.scan(part)))) {
      Bytes value = Objects.requireNonNull(entry.value(), "a scan gives values");
      rows.add(new Row<>(entry.sort().utf8(), parse.apply(value)));
    }
    return rows;
  }

  private static Key accountKey(String id) {
    return new Key(Tables.ACCOUNTS, Tables.ACCOUNTS_PARTITION, Bytes.utf8(id));
  }

  private static Key accessKeyKey(String accessKey) {
    return new Key(Tables.KEYS, Tables.KEYS_PARTITION, Bytes.utf8(accessKey));
  }

  private static AccountRow account(Bytes value) {
    try {
      return AccountRow.parseFrom(value.array());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an account's row is no AccountRow", e);
    }
  }

  private static AccessKeyRow key(Bytes value) {
    try {
      return AccessKeyRow.parseFrom(value.array());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a key's row is no AccessKeyRow", e);
    }
  }

  private static <T> T reached(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Reached<T>(T value) -> value;
      case Outcome.Refused<T>(Reply.Reason reason, String detail) ->
          throw unavailable("nothing was changed", reason + ": " + detail);
      case Outcome.Unknown<T>(String detail) ->
          throw unavailable("what was asked may be done, or not", detail);
    };
  }

  private static IdentityException unavailable(String done, String detail) {
    LOG.debug("users and keys: {}", detail);
    return new IdentityException(
        IdentityException.Reason.UNAVAILABLE,
        "too few nodes answer that hold users and keys, and "
            + done
            + ": see 'rondo ring' for nodes that are down, and try again");
  }
}
