package relata.graph.generation;

import java.util.Optional;
import relata.graph.text.TextDocument;
import relata.graph.vector.DocumentVectors;

/**
 * What embedding-worker stored for one document.
 *
 * @param version the document's version that it was made from
 * @param vectors nothing for a document without chunks, or whose vectors cannot be compared
 */
record StoredFeatures(
    long documentId, long version, TextDocument text, Optional<DocumentVectors> vectors) {}
