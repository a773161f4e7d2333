package relata.worker.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import relata.worker.claim.Claimed;

class PartsTest {
  @Test
  void aBatchIsOnePartWhileItsTextFits() {
    List<Claimed> documents = List.of(document(1, 1, 40), document(2, 1, 40));
    assertEquals(List.of(documents), Parts.of(documents, 100));
  }

  @Test
  void moreTextThanFitsIsCutIntoParts() {
    Claimed huge = document(2, 1, 1_000);
    assertEquals(
        List.of(
            List.of(document(3, 1, 60), document(4, 1, 40)),
            List.of(document(1, 1, 60)),
            List.of(huge)),
        Parts.of(List.of(document(1, 1, 60), huge, document(3, 1, 60), document(4, 1, 40)), 100));
  }

  @Test
  void aDocumentThatFailedBeforeGoesAloneAndLast() {
    Claimed suspect = document(1, 2, 10);
    assertEquals(
        List.of(List.of(document(2, 1, 10), document(3, 1, 10)), List.of(suspect)),
        Parts.of(List.of(suspect, document(2, 1, 10), document(3, 1, 10)), 100));
  }

  private static Claimed document(long id, int attempts, long size) {
    return new Claimed(1, id, 1, attempts, size);
  }
}
