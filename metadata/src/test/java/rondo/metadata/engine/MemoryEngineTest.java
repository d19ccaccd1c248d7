package rondo.metadata.engine;

public final class MemoryEngineTest extends EngineContract {
  @Override
  public Engine open() {
    return new MemoryEngine();
  }
}
