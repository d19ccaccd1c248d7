package rondo.metadata.engine;

final class MemoryEngineTest extends EngineContract {
  @Override
  Engine open() {
    return new MemoryEngine();
  }
}
