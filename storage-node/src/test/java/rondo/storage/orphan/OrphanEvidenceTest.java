package rondo.storage.orphan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.storage.orphan.OrphanEvidence.Sharer;

final class OrphanEvidenceTest {
  private static final long GRACE = 100;

  @ParameterizedTest
  @CsvSource({
    // age, owner, references (age and row of one), all known, orphan
    "100, NAMES_NOT,   0, NONE,      true,  true",
    " 99, NAMES_NOT,   0, NONE,      true,  false",
    "100, NAMES,       0, NONE,      true,  false",
    "100, UNKNOWN,     0, NONE,      true,  false",
    "100, NAMES_NOT,   0, NONE,      false, false",
    "100, NAMES_NOT, 100, NAMES_NOT, true,  true",
    "100, NAMES_NOT, 100, NAMES,     true,  false",
    "100, NAMES_NOT, 100, UNKNOWN,   true,  false",
    // A copy has written its reference and not yet its row.
    "100, NAMES_NOT,  99, NAMES_NOT, true,  false",
  })
  void a_chunk_is_an_orphan_when_nobody_names_it_or_can(
      long age, BlobReference owner, long sharerAge, String sharer, boolean all, boolean orphan) {
    List<Sharer> sharers =
        sharer.equals("NONE")
            ? List.of()
            : List.of(
                new Sharer(200, BlobReference.NAMES_NOT),
                new Sharer(sharerAge, BlobReference.valueOf(sharer)));
    assertThat(new OrphanEvidence(age, owner, sharers, all).isOrphan(GRACE)).isEqualTo(orphan);
  }

  @ParameterizedTest
  @CsvSource({
    "NAMES, UNKNOWN, NAMES",
    "UNKNOWN, NAMES, NAMES",
    "UNKNOWN, NAMES_NOT, UNKNOWN",
    "NAMES_NOT, UNKNOWN, UNKNOWN",
    "NAMES_NOT, NAMES_NOT, NAMES_NOT",
  })
  void a_blob_is_named_when_any_row_names_it(
      BlobReference one, BlobReference other, BlobReference either) {
    assertThat(one.or(other)).isEqualTo(either);
  }
}
