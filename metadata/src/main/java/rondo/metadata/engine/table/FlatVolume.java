package rondo.metadata.engine.table;

import java.io.File;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.mapdb.volume.Volume;

/**
 * The methods of MapDB's {@link Volume} that its sorted tables never call: each throws, or does
 * nothing.
 */
abstract class FlatVolume extends Volume {
  private static UnsupportedOperationException no() {
    return new UnsupportedOperationException("not asked by sorted tables");
  }

  @Override
  public void ensureAvailable(long offset) {}

  @Override
  public void truncate(long size) {
    throw no();
  }

  @Override
  public void putLong(long offset, long value) {
    throw no();
  }

  @Override
  public void putInt(long offset, int value) {
    throw no();
  }

  @Override
  public void putByte(long offset, byte value) {
    throw no();
  }

  @Override
  public void putData(long offset, byte[] source, int from, int size) {
    throw no();
  }

  @Override
  public void putData(long offset, ByteBuffer source) {
    throw no();
  }

  @Override
  public void getData(long offset, byte[] to, int from, int size) {
    throw no();
  }

  @Override
  public void clear(long from, long to) {
    throw no();
  }

  @Override
  public void sync() {}

  @Override
  public void close() {}

  @Override
  public int sliceSize() {
    return -1;
  }

  @Override
  public boolean isSliced() {
    return false;
  }

  @Override
  @SuppressWarnings("NullAway") // MapDB allows null
  public @Nullable File getFile() {
    return null;
  }

  @Override
  public boolean getFileLocked() {
    return false;
  }
}
