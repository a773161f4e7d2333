package relata.graph.feed;

import relata.graph.database.Database;
import relata.graph.edges.EdgeCommitter;
import relata.graph.generation.Generations;
import relata.graph.generation.IndexReconciliation;

/**
 * Keeps the index of this replica fresh for searches. One that is not in memory needs no
 * refreshing: it is fresh when it is loaded.
 */
final class IndexWork implements FeatureFeed.Work {
  private final Database database;
  private final Generations generations;
  private final EdgeCommitter committer;

  IndexWork(Database database, Generations generations, EdgeCommitter committer) {
    this.database = database;
    this.generations = generations;
    this.committer = committer;
  }

  @Override
  public void handle(GenerationChanges changes) {
    if (changes.wholeGeneration()) {
      if (!committer.eraseIfGone(changes.generationId())) {
        reconcile(changes.generationId());
      }
    } else {
      generations
          .findLoaded(changes.generationId())
          .ifPresent(
              index ->
                  database.transaction(session -> index.refresh(session, changes.documentIds())));
    }
  }

  @Override
  public boolean catchUp(long generationId) {
    reconcile(generationId);
    return false;
  }

  private void reconcile(long generationId) {
    generations
        .findLoaded(generationId)
        .ifPresent(
            index ->
                database.transaction(session -> IndexReconciliation.reconcile(session, index)));
  }
}
