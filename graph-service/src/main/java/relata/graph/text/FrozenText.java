package relata.graph.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;

/** The files of a Lucene index as they were at one time. */
final class FrozenText implements TextIndex.Frozen {
  private final Directory directory;
  private final IndexWriter writer;
  private final FrozenCommit commit;

  private FrozenText(Directory directory, IndexWriter writer, FrozenCommit commit) {
    this.directory = directory;
    this.writer = writer;
    this.commit = commit;
  }

  static FrozenText of(Directory directory, IndexWriter writer, FrozenCommit commit) {
    FrozenText frozen = new FrozenText(directory, writer, commit);
    commit.freeze();
    try {
      // Without a change there would be no commit, and of the one before nothing is left.
      writer.setLiveCommitData(Map.<String, String>of().entrySet());
      writer.commit();
      return frozen;
    } catch (IOException | RuntimeException failed) {
      frozen.close();
      throw new IllegalStateException("committing a text index in memory", failed);
    }
  }

  @Override
  public void save(Path folder) throws IOException {
    try (Directory target = FSDirectory.open(folder)) {
      for (String file : commit.files()) {
        target.copyFrom(directory, file, file, IOContext.READONCE);
      }
    }
  }

  @Override
  public void close() {
    commit.thaw();
    try {
      writer.deleteUnusedFiles();
    } catch (IOException failed) {
      throw new UncheckedIOException("clearing a text index in memory", failed);
    }
  }
}
