package relata.worker.pipeline;

import java.util.ArrayList;
import java.util.List;
import relata.worker.claim.Claimed;

/** Cuts a batch into the parts that are worked on together. */
final class Parts {
  private Parts() {}

  /**
   * Parts of at most {@code bytes} of text, or of one document. A document that failed before goes
   * alone: if it is what makes calls fail, it takes nobody with it a second time.
   */
  static List<List<Claimed>> of(List<Claimed> documents, long bytes) {
    List<List<Claimed>> parts = new ArrayList<>();
    List<Claimed> part = new ArrayList<>();
    long size = 0;
    for (Claimed document : documents) {
      if (document.attempts() > 1) {
        parts.add(List.of(document));
        continue;
      }
      if (!part.isEmpty() && size + document.sizeBytes() > bytes) {
        parts.add(part);
        part = new ArrayList<>();
        size = 0;
      }
      part.add(document);
      size += document.sizeBytes();
    }
    if (!part.isEmpty()) {
      // Before the suspects, so that they delay nobody.
      parts.addFirst(part);
    }
    return List.copyOf(parts);
  }
}
