package relata.graph.text;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexDeletionPolicy;

/**
 * Keeps the newest commit while it is frozen, and none at other times: a commit holds on to texts
 * that were removed since.
 */
final class FrozenCommit extends IndexDeletionPolicy {
  private boolean frozen;
  private Collection<String> files = List.of();

  @Override
  public void onInit(List<? extends IndexCommit> commits) throws IOException {
    onCommit(commits);
  }

  @Override
  public synchronized void onCommit(List<? extends IndexCommit> commits) throws IOException {
    for (IndexCommit commit : commits.subList(0, Math.max(0, commits.size() - 1))) {
      commit.delete();
    }
    if (frozen) {
      files = List.copyOf(commits.getLast().getFileNames());
    } else if (!commits.isEmpty()) {
      commits.getLast().delete();
    }
  }

  /** Keeps the next commit. */
  synchronized void freeze() {
    if (frozen) {
      throw new IllegalStateException("the index is frozen already");
    }
    frozen = true;
  }

  /** The files of the commit that is kept. */
  synchronized Collection<String> files() {
    return files;
  }

  synchronized void thaw() {
    frozen = false;
    files = List.of();
  }
}
