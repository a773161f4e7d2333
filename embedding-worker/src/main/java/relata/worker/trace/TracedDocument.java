package relata.worker.trace;

/** A document under a generation. */
public record TracedDocument(long generationId, long documentId) {}
