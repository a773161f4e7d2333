package relata.worker.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallPagesTest {
  @Test
  void aCallHasAsManyTokensAsTheModelTakesInItsTime() {
    assertEquals(List.of(3, 3, 1), sizes(new CallPages(1, 64, 30), Collections.nCopies(7, 10L)));
    assertEquals(List.of(2, 1, 1), sizes(new CallPages(1, 64, 30), List.of(10L, 20L, 500L, 30L)));
  }

  @Test
  void aFastModelIsNotGivenMoreTextsThanTheMost() {
    assertEquals(
        List.of(64, 64, 2), sizes(new CallPages(8, 64, 1_000_000), Collections.nCopies(130, 10L)));
  }

  @Test
  void aSlowModelIsNotGivenFewerThanTheFewest() {
    assertEquals(List.of(8, 8, 4), sizes(new CallPages(8, 64, 1), Collections.nCopies(20, 10L)));
  }

  @Test
  void beforeAnythingWasMeasuredOnlyTheNumberCounts() {
    assertEquals(List.of(64, 6), sizes(new CallPages(8, 64, 0), Collections.nCopies(70, 10_000L)));
  }

  private static List<Integer> sizes(CallPages pages, List<Long> tokens) {
    return pages.of(tokens, Long::longValue).stream().map(List::size).toList();
  }
}
