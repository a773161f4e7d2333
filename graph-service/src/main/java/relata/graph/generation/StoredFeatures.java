package relata.graph.generation;

import java.util.Optional;
import relata.graph.text.TextDocument;
import relata.graph.vector.DocumentVectors;

/**
 * What embedding-worker stored for one document.
 *
 * @param revision what it was made from
 * @param mark the transaction that stored it, to be compared and nothing else
 * @param vectors nothing for a document without chunks, or whose vectors cannot be compared
 */
public record StoredFeatures(
    long documentId,
    Revision revision,
    long mark,
    TextDocument text,
    Optional<DocumentVectors> vectors) {}
