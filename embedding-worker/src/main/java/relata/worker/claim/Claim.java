package relata.worker.claim;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Documents that were taken together. The id is the fence: whatever is written about them is
 * written only to rows that still carry it.
 */
public final class Claim {
  private final UUID id;
  private final List<Claimed> documents;
  private final Set<Claimed> open;

  Claim(UUID id, List<Claimed> documents) {
    this.id = id;
    this.documents = List.copyOf(documents);
    this.open = new LinkedHashSet<>(documents);
  }

  public UUID id() {
    return id;
  }

  /** All of them, ordered by generation and document. */
  public List<Claimed> documents() {
    return documents;
  }

  /** Those whose outcome is not written yet. */
  public synchronized List<Claimed> open() {
    return List.copyOf(open);
  }

  /** Their outcome is written, or is no longer ours to write. */
  public synchronized void close(Collection<Claimed> settled) {
    settled.forEach(open::remove);
  }
}
