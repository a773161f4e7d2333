package relata.graph.index;

import java.util.Arrays;

/**
 * The vector of a text that was searched for.
 *
 * @param maxDocuments how many documents were wanted
 */
record SampledQuery(float[] vector, int maxDocuments) {
  SampledQuery {
    vector = Arrays.copyOf(vector, vector.length);
  }
}
