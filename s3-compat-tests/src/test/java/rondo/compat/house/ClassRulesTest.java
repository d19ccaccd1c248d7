package rondo.compat.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The rule on clocks and chance finds calls, references and fields, in classes made for it. */
final class ClassRulesTest {
  private static final class Calling implements LongSupplier {
    @Override
    public long getAsLong() {
      return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    }
  }

  private static final class Referring implements Supplier<LongSupplier> {
    @Override
    public LongSupplier get() {
      return System::currentTimeMillis;
    }
  }

  private record Holding(Random random) {}

  private record Given(LongSupplier clock, RandomGenerator chance) implements LongSupplier {
    @Override
    public long getAsLong() {
      return clock.getAsLong() + chance.nextInt(2);
    }
  }

  @Test
  void a_call_a_reference_and_a_held_source_of_chance_are_told() {
    assertThat(isTold(Calling.class)).isTrue();
    assertThat(isTold(Referring.class)).isTrue();
    assertThat(isTold(Holding.class)).isTrue();
  }

  @Test
  void a_clock_and_chance_that_are_handed_in_pass() {
    assertThat(isTold(Given.class)).isFalse();
  }

  private static boolean isTold(Class<?> type) {
    return noClasses()
        .should(ClassRules.readClocksOrChance())
        .evaluate(new ClassFileImporter().importClasses(type))
        .hasViolation();
  }
}
