package rondo.server.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandleProxies;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** The rights that the process never gives to the files it makes (umask). */
public final class CreationMask {
  private static final int OTHERS = 0077;

  private CreationMask() {}

  /**
   * From now on, files and folders that any code of this process makes, native libraries included,
   * are for their owner alone, from their first byte. Does nothing where there is no umask.
   */
  @SuppressWarnings("restricted") // Calls a function of the C library.
  public static void excludeOthers() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> umask = linker.defaultLookup().find("umask");
    umask.ifPresent(function -> {
      var type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
      var handle = linker.downcallHandle(function, type);
      int _ =
          MethodHandleProxies.asInterfaceInstance(IntUnaryOperator.class, handle)
              .applyAsInt(OTHERS);
    });
  }
}
