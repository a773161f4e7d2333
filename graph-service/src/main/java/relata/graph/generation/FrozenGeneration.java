package relata.graph.generation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import relata.graph.text.TextIndex;
import relata.graph.vector.VectorIndex;

/**
 * One state of a generation's indexes: what the marks say is stored is in both of the others.
 *
 * @param marks documents and their marks one after the other
 * @param unsaved what the snapshot before lacks of it
 */
record FrozenGeneration(
    long[] marks, VectorIndex.Frozen vectors, int chunks, TextIndex.Frozen text, Unsaved unsaved)
    implements AutoCloseable {
  int documents() {
    return marks.length / 2;
  }

  /** Writes files into an empty folder, for {@link SavedGeneration#open}. */
  void save(Path folder) throws IOException {
    Marks.write(folder.resolve(SavedGeneration.MARKS), marks);
    vectors.save(Files.createDirectory(folder.resolve(SavedGeneration.VECTORS)));
    text.save(Files.createDirectory(folder.resolve(SavedGeneration.TEXT)));
  }

  @Override
  public void close() {
    try (vectors;
        text) {
      // Both, whatever the other says.
    }
  }
}
