package relata.graph.index;

import java.util.List;

/**
 * Trials, newest first.
 *
 * @param next the {@code after} of the next page; null if this is the last
 */
record TrialPage(List<IndexView.TrialView> trials, String next) {
  TrialPage {
    trials = List.copyOf(trials);
  }
}
