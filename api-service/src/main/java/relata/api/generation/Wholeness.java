package relata.api.generation;

import java.util.ArrayList;
import java.util.List;

/**
 * What a building generation lacks to be served, but for documents that were written just now.
 *
 * @param documents of the collection
 * @param waiting pending or in work
 * @param failed they are tried again by themselves
 * @param blocked failed, and not tried again until somebody brings what they lack
 * @param unlinked made, but their neighbours are not stored
 * @param lost dead, and nothing of an older version is stored either
 * @param skipped there is nothing in them to make features from
 * @param deadOnlyHere dead in it, while the active one serves them
 * @param comparable documents of which the active one has features
 */
record Wholeness(
    long documents,
    long waiting,
    long failed,
    long blocked,
    long unlinked,
    long lost,
    long skipped,
    long deadOnlyHere,
    long comparable) {

  /** Whether nothing that is served is lost when it is switched to, but for the dead. */
  boolean isWhole() {
    return missing() == 0;
  }

  /** Whether it has documents and all of them are dead: nothing will come of it by itself. */
  boolean isHopeless() {
    return lost > 0 && lost + skipped == documents;
  }

  /** Documents that it is not done with. */
  long missing() {
    return waiting + failed + blocked + unlinked;
  }

  /** Why it is not whole, a sentence each. */
  List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    note(reasons, waiting, "%d documents are pending or in work.");
    note(reasons, failed, "%d documents failed and are tried again by themselves.");
    note(reasons, blocked, "%d documents wait for you; their features say what they lack.");
    note(reasons, unlinked, "The neighbours of %d documents are not stored yet.");
    return reasons;
  }

  /** The same, and what is lost by a switch to it although it is whole. */
  List<String> losses() {
    List<String> losses = new ArrayList<>(reasons());
    note(losses, deadOnlyHere, "%d documents that are served now are dead in it.");
    return losses;
  }

  private static void note(List<String> reasons, long count, String sentence) {
    if (count > 0) {
      reasons.add(sentence.formatted(count));
    }
  }
}
