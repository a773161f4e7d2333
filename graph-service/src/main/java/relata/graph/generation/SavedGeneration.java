package relata.graph.generation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import relata.graph.engine.SketchIndex;
import relata.graph.snapshot.Snapshot;
import relata.graph.text.Language;
import relata.graph.text.LuceneIndex;
import relata.graph.text.TextIndex;
import relata.graph.vector.VectorIndex;

/**
 * What {@link FrozenGeneration} saved, in memory again. It may be older than what is stored.
 *
 * @param marks for each document the transaction that stored what is there
 */
record SavedGeneration(Map<Long, Long> marks, VectorIndex vectors, TextIndex text) {
  static final String MARKS = "marks";
  static final String VECTORS = "vectors";
  static final String TEXT = "text";

  /**
   * @param language that of the generation
   * @throws IOException if the files cannot be read, or do not fit together
   */
  static SavedGeneration open(
      Snapshot snapshot, Language language, Optional<Path> vectorFolder, Executor upkeep)
      throws IOException {
    Path folder = snapshot.folder();
    // Beside the vectors: reading either takes a processor longer than the disk.
    CompletableFuture<TextIndex> text =
        CompletableFuture.supplyAsync(
            () -> text(language, folder),
            reading -> Thread.ofPlatform().daemon().name("load-text").start(reading));
    SavedGeneration saved =
        new SavedGeneration(
            Marks.read(folder.resolve(MARKS)),
            SketchIndex.open(folder.resolve(VECTORS), vectorFolder, upkeep),
            result(text));
    if (saved.marks.size() != snapshot.documents()
        || saved.vectors.chunkCount() != snapshot.chunks()) {
      throw new IOException("it has not as many documents as it should");
    }
    return saved;
  }

  private static TextIndex text(Language language, Path folder) {
    try {
      return LuceneIndex.open(language, folder.resolve(TEXT));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static TextIndex result(CompletableFuture<TextIndex> text) throws IOException {
    try {
      return text.join();
    } catch (CompletionException broken) {
      throw new IOException(broken.getCause());
    }
  }
}
