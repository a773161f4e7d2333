package relata.api.bulk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ImportPermitsTest {
  private final ImportPermits permits = new ImportPermits(3);

  @Test
  void tenantThatHasItsShareLeavesTheRestToOthers() {
    assertTrue(permits.tryTake("wild", 2));
    assertTrue(permits.tryTake("wild", 2));
    assertFalse(permits.tryTake("wild", 2));
    assertTrue(permits.tryTake("calm", 2));
    assertFalse(permits.tryTake("calm", 2));
  }

  @Test
  void whatIsOverCountsNoMore() {
    assertTrue(permits.tryTake("wild", 1));
    permits.release("wild");
    assertTrue(permits.tryTake("wild", 1));
    assertFalse(permits.tryTake("wild", 1));
  }
}
