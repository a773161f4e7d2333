package relata.graph.generation;

import java.time.Instant;
import java.util.Optional;

/**
 * What an index has that its snapshot does not.
 *
 * @param documents how many changes of documents there were
 * @param obsoleteSince when the first was deleted or replaced, of which the snapshot holds what it
 *     was
 */
record Unsaved(long documents, Optional<Instant> obsoleteSince) {
  static final Unsaved NOTHING = new Unsaved(0, Optional.empty());

  Unsaved withAdded(int count) {
    return new Unsaved(documents + count, obsoleteSince);
  }

  Unsaved withObsolete(int count, Instant now) {
    return count == 0
        ? this
        : new Unsaved(documents + count, Optional.of(obsoleteSince.orElse(now)));
  }

  /** As if what came before had not been saved. */
  Unsaved after(Unsaved before) {
    return new Unsaved(before.documents + documents, before.obsoleteSince.or(() -> obsoleteSince));
  }
}
