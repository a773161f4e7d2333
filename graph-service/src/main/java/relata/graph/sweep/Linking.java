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
  private final StaleDocuments.Limits limits;

  public Linking(Database database, EdgeCommitter committer, EdgesConfig edges, SweepConfig sweep) {
    this.database = database;
    this.committer = committer;
    limits = new StaleDocuments.Limits(sweep.pageRows(), edges.maxDocuments());
  }

  /** Commits the next documents of the walk of which the edges do not follow from the features. */
  public Walk linkSome(long generationId, Walk walk) throws InterruptedException {
    StalePage page =
        database.transaction(session -> unlinked(session, generationId, walk.behind()));
    if (!page.documentIds().isEmpty()) {
      var unused = committer.commit(generationId, page.documentIds());
    }
    return walk.over(page);
  }

  /**
   * Links all there are.
   *
   * @return how many documents that were
   */
  int linkAll(long generationId) throws InterruptedException {
    Walk walk = Walk.START;
    while (!walk.ended()) {
      walk = linkSome(generationId, walk);
    }
    return walk.linked();
  }

  private StalePage unlinked(Session session, long generationId, long behind) {
    return switch (GenerationTable.stage(session, generationId)) {
      case ACTIVE, BUILDING -> StaleDocuments.next(session, generationId, behind, limits);
      case RESTING -> StaleDocuments.nextRemoved(session, generationId, behind, limits);
      case GONE -> new StalePage(List.of(), behind, true);
    };
  }
}
