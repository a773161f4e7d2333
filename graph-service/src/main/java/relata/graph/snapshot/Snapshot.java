package relata.graph.snapshot;

import java.nio.file.Path;

/**
 * A snapshot whose files are, byte for byte, those that were written, and whose marks mean in the
 * database what they meant when it was made.
 *
 * @param folder the files; not to be written to
 * @param documents how many there are
 * @param chunks of how many vectors
 */
public record Snapshot(long generationId, Path folder, int documents, int chunks) {}
