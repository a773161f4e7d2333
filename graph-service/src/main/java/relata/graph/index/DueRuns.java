package relata.graph.index;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import relata.graph.database.Database;
import relata.graph.database.Session;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.GenerationTable;
import relata.graph.generation.Generations;
import relata.graph.generation.IndexKind;
import relata.graph.generation.Stage;
import relata.graph.tune.Cause;
import relata.graph.tune.Pace;

/** Finds the indexes that are to be tuned or checked, and writes that down for whoever does it. */
final class DueRuns {
  /** Seeds are whole numbers that every reader of JSON reads right. */
  private static final long SEEDS = 1L << 53;

  private final Database database;
  private final Generations generations;
  private final Efforts efforts;
  private final TuneConfig config;
  private final Pace pace;

  DueRuns(
      Database database, Generations generations, Efforts efforts, TuneConfig config, Pace pace) {
    this.database = database;
    this.generations = generations;
    this.efforts = efforts;
    this.config = config;
    this.pace = pace;
  }

  static long seed() {
    return ThreadLocalRandom.current().nextLong(SEEDS);
  }

  static boolean isSeed(long number) {
    return number >= 0 && number < SEEDS;
  }

  /** Looks at all that are served. */
  void look() {
    List<Long> active = database.transaction(session -> GenerationTable.in(session, Stage.ACTIVE));
    for (GenerationIndex index : generations.loaded()) {
      long generationId = index.generation().id();
      // Most collections are small, and nothing has to be asked about them.
      boolean isLarge = index.vectors().chunkCount() >= config.minChunks();
      if (active.contains(generationId)
          && index.generation().index() == IndexKind.EMBEDDED
          && (isLarge || !efforts.isCertain(generationId))) {
        database.transaction(session -> look(session, index, generationId));
      }
    }
  }

  private Void look(Session session, GenerationIndex index, long generationId) {
    Double bar = Bars.of(session, List.of(generationId), config).get(generationId);
    if (bar != null) {
      pace.due(observed(session, index, generationId), bar, Instant.now())
          .filter(cause -> config.automatic() || cause == Cause.CHECK)
          .ifPresent(cause -> RunTable.create(session, generationId, cause, seed(), bar));
    }
    return null;
  }

  private Pace.Observed observed(Session session, GenerationIndex index, long generationId) {
    Setting setting = new SettingTable(session, generationId).current();
    List<Run> last = RunTable.latest(session, generationId, 1);
    Optional<Run> run =
        RunTable.lastTuned(session, generationId)
            // What fell since then is to be replaced by something that holds.
            .filter(
                before ->
                    setting.reason() != Setting.Reason.FELL_BACK
                        || setting.changedAt().isBefore(before.endedAt()));
    return new Pace.Observed(
        index.vectors().documentCount(),
        index.vectors().chunkCount(),
        QuerySample.count(session, generationId),
        setting.isCertain(),
        setting.measuredAt(),
        setting.changedAt(),
        last.isEmpty() ? null : last.getFirst().endedAt(),
        run.map(before -> before.conditions().documents()).orElse(null),
        run.map(before -> RunTable.changedSince(session, before.id())).orElse(0L),
        TrialTable.withinTheHour(session, generationId));
  }
}
