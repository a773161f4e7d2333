package relata.graph.neighbor;

/**
 * All documents similar enough to one to be its neighbours, each once, in no order. A view, so that
 * the many that get into no list need not become objects.
 */
public interface Candidates {
  int size();

  long documentId(int index);

  double similarity(int index);

  /** The candidate as an entry in the list of the one. */
  Neighbor neighbor(int index);

  /** The one as an entry in the list of the candidate {@link #documentId}. */
  Neighbor reversed(int index);
}
