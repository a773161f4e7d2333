package relata.graph.sweep;

import jakarta.inject.Singleton;
import java.util.List;
import relata.graph.database.Database;
import relata.graph.database.Session;
import relata.graph.edges.EdgeCommitter;
import relata.graph.edges.EdgesConfig;
import relata.graph.generation.GenerationTable;

/** Links what the database says is not linked, a commit at a time. */
@Singleton
public final class Linking {
  private final Database database;
  private final EdgeCommitter committer;
  private final int maxDocuments;

  public Linking(Database database, EdgeCommitter committer, EdgesConfig edges) {
    this.database = database;
    this.committer = committer;
    maxDocuments = edges.maxDocuments();
  }

  /**
   * Commits some documents of which the edges do not follow from the features.
   *
   * @param before what the call before returned, so that this ends even if linking changes nothing
   * @return the documents; none when all are linked
   */
  public List<Long> linkSome(long generationId, List<Long> before) throws InterruptedException {
    List<Long> some = database.transaction(session -> unlinked(session, generationId));
    if (some.isEmpty() || some.equals(before)) {
      return List.of();
    }
    var unused = committer.commit(generationId, some);
    return some;
  }

  /**
   * Links all there are.
   *
   * @return how many documents that were
   */
  int linkAll(long generationId) throws InterruptedException {
    int linked = 0;
    List<Long> some = linkSome(generationId, List.of());
    while (!some.isEmpty()) {
      linked += some.size();
      some = linkSome(generationId, some);
    }
    return linked;
  }

  private List<Long> unlinked(Session session, long generationId) {
    return switch (GenerationTable.stage(session, generationId)) {
      case ACTIVE, BUILDING -> StaleDocuments.of(session, generationId, maxDocuments);
      case RESTING -> StaleDocuments.removed(session, generationId, maxDocuments);
      case GONE -> List.of();
    };
  }
}
