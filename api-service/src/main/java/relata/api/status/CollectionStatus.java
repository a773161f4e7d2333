package relata.api.status;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far a collection's features are, exact as of one moment. The six states add up to the
 * documents.
 *
 * @param generation id of the generation that is served
 * @param coverage ready and skipped documents among all, 0 to 1; 1 for an empty collection
 * @param linked ready and skipped documents whose neighbours are stored, too
 * @param oldestPendingSeconds how long the oldest pending document has been waiting; null if none
 */
@Schema(name = "Status")
record CollectionStatus(
    String collection,
    long generation,
    long documents,
    long pending,
    long processing,
    long ready,
    long skipped,
    long failed,
    long dead,
    double coverage,
    long linked,
    Double oldestPendingSeconds) {}
