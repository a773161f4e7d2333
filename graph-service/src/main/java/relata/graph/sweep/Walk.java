package relata.graph.sweep;

/**
 * A way through the documents of a generation in order of their ids, which starts again at the end
 * until nothing is found any more: a document that changed behind it may have no event.
 *
 * @param behind the last document that was looked at
 * @param found documents since it started again
 * @param foundBefore the same when it started again the last time
 * @param linked documents of all ways
 * @param ended nothing was found; or not less than the time before, as when linking changes nothing
 */
public record Walk(long behind, int found, int foundBefore, int linked, boolean ended) {
  /** Before the first document. */
  public static final Walk START = new Walk(0, 0, Integer.MAX_VALUE, 0, false);

  Walk over(StalePage page) {
    int foundNow = found + page.documentIds().size();
    int linkedNow = linked + page.documentIds().size();
    return page.last()
        ? new Walk(0, 0, foundNow, linkedNow, foundNow == 0 || foundNow >= foundBefore)
        : new Walk(page.end(), foundNow, foundBefore, linkedNow, false);
  }
}
