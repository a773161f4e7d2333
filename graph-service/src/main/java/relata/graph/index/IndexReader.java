package relata.graph.index;

import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import relata.graph.database.Session;
import relata.graph.generation.Generation;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.Generations;
import relata.graph.generation.IndexKind;
import relata.graph.index.IndexView.Latency;
import relata.graph.index.IndexView.Memory;
import relata.graph.index.IndexView.RunView;
import relata.graph.index.IndexView.SettingView;
import relata.graph.index.IndexView.TrialView;
import relata.graph.tune.Recall;
import relata.graph.vector.Effort;
import relata.graph.vector.VectorIndex;

/** Puts together what is to be said of an index. */
@Singleton
final class IndexReader {
  private static final int RUNS = 5;
  private static final int TRIALS = 10;

  /** By the key, which has its statistics: the dimension is the same in all of a generation. */
  private static final String DIMENSION =
      """
      select dimension from feature.chunk where generation_id = $1
       order by generation_id, document_id, ordinal limit 1
      """;

  private final Generations generations;
  private final TuneConfig config;

  IndexReader(Generations generations, TuneConfig config) {
    this.generations = generations;
    this.config = config;
  }

  IndexView read(Session session, Generation generation, double bar) {
    long generationId = generation.id();
    boolean isTuned = generation.index() == IndexKind.EMBEDDED;
    SettingTable settings = new SettingTable(session, generationId);
    Setting setting = settings.current();
    List<JournalEntry> trials = TrialTable.page(session, generationId, Long.MAX_VALUE, 0, TRIALS);
    Optional<GenerationIndex> index = generations.findLoaded(generationId);
    long needed = Recall.queriesFor(bar);
    return new IndexView(
        generationId,
        Columns.name(generation.index()),
        index.isPresent(),
        index.map(of -> of.vectors().documentCount()).orElse(0),
        index.map(of -> of.vectors().chunkCount()).orElse(0),
        dimension(session, generationId),
        index.map(IndexReader::memory).orElse(new Memory(0, 0)),
        bar,
        isTuned ? SettingView.of(setting, bar) : null,
        settings.previous().map(before -> SettingView.of(before, bar)).orElse(null),
        latency(trials, setting.effort()),
        QuerySample.count(session, generationId),
        isTuned && needed < Long.MAX_VALUE ? needed : null,
        Math.max(0, config.trialsAnHour() - TrialTable.withinTheHour(session, generationId)),
        RunTable.latest(session, generationId, RUNS).stream().map(RunView::of).toList(),
        trials.stream().map(TrialView::of).toList());
  }

  private static Memory memory(GenerationIndex index) {
    VectorIndex.Size size = index.vectors().size();
    return new Memory(size.heapBytes() + index.text().sizeBytes(), size.vectorBytes());
  }

  private static Integer dimension(Session session, long generationId) {
    for (Row row : session.query(DIMENSION, generationId)) {
      return row.getInteger("dimension");
    }
    return null;
  }

  /** Of the last trial that had the effort on either side. */
  private static Latency latency(List<JournalEntry> trials, Effort effort) {
    for (JournalEntry trial : trials) {
      if (trial.effort().equals(effort)) {
        return Latency.of(trial.nanos());
      }
      if (trial.current().equals(effort)) {
        return Latency.of(trial.currentNanos());
      }
    }
    return null;
  }
}
