package relata.graph.sweep;

import java.util.List;

/**
 * Documents of a generation that are to be linked, by id.
 *
 * @param end the last document that was looked at; of the last page, what it was behind
 * @param last there are no documents behind it
 */
record StalePage(List<Long> documentIds, long end, boolean last) {
  StalePage {
    documentIds = List.copyOf(documentIds);
  }
}
