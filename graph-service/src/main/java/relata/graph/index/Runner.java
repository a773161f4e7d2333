package relata.graph.index;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.database.Session;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.GenerationTable;
import relata.graph.generation.Generations;
import relata.graph.generation.Stage;
import relata.graph.index.Run.Conditions;
import relata.graph.index.Run.Outcome;
import relata.graph.tune.AskedTrials;
import relata.graph.tune.Cause;
import relata.graph.tune.Decision;
import relata.graph.tune.Pace;
import relata.graph.tune.Recall;
import relata.graph.tune.Tuning;
import relata.graph.tune.Tuning.Seeks;

/** Carries out runs that this replica has claimed. */
final class Runner {
  private static final Logger LOG = Logger.getLogger(Runner.class);
  private static final String CHANGED = "The setting was changed meanwhile.";

  private final Database database;
  private final Generations generations;
  private final Efforts efforts;
  private final LiveLoad load;
  private final TuneConfig config;
  private final Pace pace;
  private final MeterRegistry meters;
  private final UUID replica;

  Runner(
      Database database,
      Generations generations,
      Efforts efforts,
      LiveLoad load,
      TuneConfig config,
      Pace pace,
      MeterRegistry meters,
      UUID replica) {
    this.database = database;
    this.generations = generations;
    this.efforts = efforts;
    this.load = load;
    this.config = config;
    this.pace = pace;
    this.meters = meters;
    this.replica = replica;
  }

  /** A run under way. */
  private static final class Underway {
    final Run run;
    final GenerationIndex index;

    /** Of the setting that is measured against. */
    long number;

    boolean fell;
    Conditions with;
    Journal journal;

    Underway(Run run, GenerationIndex index) {
      this.run = run;
      this.index = index;
    }
  }

  private record Known(Setting setting, List<SampledQuery> sample, int trials) {}

  /** Carries it out to its end, whatever that is. Not on a virtual thread. */
  void carryOut(Run run) {
    Outcome outcome = Outcome.FAILED;
    try {
      outcome = measured(run);
    } catch (Stopped stopped) {
      outcome = Outcome.STOPPED;
      end(run, outcome, stopped.getMessage());
    } catch (RuntimeException | Error failed) {
      LOG.warnf(
          "tuning failed generation=%d run=%d reason=%s",
          run.generationId(), run.id(), failed.getMessage());
      end(run, outcome, "It failed; the log of graph-service says why.");
    }
    meters.counter("relata.tune.runs", "outcome", Columns.name(outcome)).increment();
    efforts.follow();
  }

  private void end(Run run, Outcome outcome, String detail) {
    try {
      database.transaction(session -> RunTable.end(session, run.id(), replica, outcome, detail));
    } catch (RuntimeException away) {
      // Somebody ends it as abandoned when the lease has run out.
      LOG.warnf("run not ended run=%d reason=%s", run.id(), away.getMessage());
    }
  }

  private Outcome measured(Run run) {
    Underway now = new Underway(run, served(run.generationId()));
    Gate gate =
        new Gate(load, config.patience(), config.lease().dividedBy(3), () -> isStillOurs(run));
    Known known =
        database.transaction(
            session ->
                new Known(
                    new SettingTable(session, run.generationId()).current(),
                    QuerySample.read(session, run.generationId()),
                    TrialTable.withinTheHour(session, run.generationId())));
    IndexQueries queries =
        IndexQueries.of(now.index.vectors(), gate, known.sample(), config.maxQueries(), run.seed());
    now.number = known.setting().number();
    now.with = conditions(run, known, queries, now.index);
    if (!database.transaction(session -> RunTable.begin(session, run.id(), replica, now.with))) {
      throw new Stopped("It was taken for abandoned.");
    }
    now.journal =
        new Journal(
            new AskedTrials(queries, run.seed()), run, now.index.vectors(), database, meters);
    Decision decision =
        new Tuning(now.with.terms(run.minRecall()), now.with.grid(), now.journal, run.seed())
            .run(now.with.current(), now.with.seeks(), recall -> fall(now, recall));
    return database.transaction(session -> conclude(session, now, decision));
  }

  private GenerationIndex served(long generationId) {
    Stage stage = database.transaction(session -> GenerationTable.stage(session, generationId));
    if (stage != Stage.ACTIVE) {
      throw new Stopped("The generation is not served any more.");
    }
    return generations
        .find(generationId)
        .orElseThrow(() -> new Stopped("The generation is not served any more."));
  }

  private boolean isStillOurs(Run run) {
    return database.transaction(
        session ->
            GenerationTable.stage(session, run.generationId()) == Stage.ACTIVE
                && RunTable.renew(session, run.id(), replica, config.lease()));
  }

  private Conditions conditions(Run run, Known known, IndexQueries queries, GenerationIndex index) {
    return new Conditions(
        config.minGain(),
        config.significance(),
        pace.trialsLeft(known.trials()),
        seeks(run, known.setting()),
        known.setting().effort(),
        index.vectors().lists(),
        index.vectors().documentCount(),
        index.vectors().chunkCount(),
        queries.size(),
        queries.maxDocuments());
  }

  /** Who asks by hand wants it now. */
  private Seeks seeks(Run run, Setting setting) {
    if (run.cause() != Cause.CHECK) {
      return Seeks.ALWAYS;
    }
    return pace.isCoolingDown(setting.changedAt(), Instant.now()) ? Seeks.NEVER : Seeks.AFTER_FALL;
  }

  private void fall(Underway now, Recall recall) {
    now.number =
        database.transaction(
            session -> {
              SettingTable settings = SettingTable.locked(session, now.run.generationId());
              if (settings.current().number() != now.number) {
                throw new Stopped(CHANGED);
              }
              settings.fallBack();
              return settings.current().number();
            });
    now.fell = true;
    efforts.follow();
    LOG.warnf(
        "searches are certain again generation=%d run=%d recall=%.3f lower=%.3f bar=%.3f",
        now.run.generationId(), now.run.id(), recall.mean(), recall.lower(), now.run.minRecall());
  }

  private Outcome conclude(Session session, Underway now, Decision decision) {
    SettingTable settings = SettingTable.locked(session, now.run.generationId());
    if (settings.current().number() != now.number) {
      throw new Stopped(CHANGED);
    }
    Outcome outcome = outcome(now, decision);
    if (!RunTable.end(session, now.run.id(), replica, outcome, detail(now, decision))) {
      throw new Stopped("It was taken for abandoned.");
    }
    if (decision instanceof Decision.Promoted promoted) {
      settings.promote(promoted.effort(), now.with.maxDocuments(), promoted.recall());
    } else if (!now.fell) {
      now.journal.checked().ifPresent(recall -> settings.measured(now.number, recall));
    }
    LOG.infof(
        "tuned generation=%d run=%d cause=%s outcome=%s",
        now.run.generationId(), now.run.id(), Columns.name(now.run.cause()), Columns.name(outcome));
    return outcome;
  }

  private static Outcome outcome(Underway now, Decision decision) {
    return switch (decision) {
      case Decision.Promoted promoted -> Outcome.PROMOTED;
      case Decision.Kept kept -> now.fell ? Outcome.FELL_BACK : Outcome.KEPT;
    };
  }

  private static String detail(Underway now, Decision decision) {
    String fallen =
        now.fell
            ? String.format(
                Locale.ROOT,
                "Searches were shown a recall of %.3f only, and became certain. ",
                now.journal.checked().map(Recall::lower).orElse(0.0))
            : "";
    return fallen
        + switch (decision) {
          case Decision.Promoted promoted ->
              String.format(
                  Locale.ROOT,
                  "Searches cost %.2f of what they did, at a recall of at least %.3f.",
                  promoted.ratio(),
                  promoted.recall().lower());
          case Decision.Kept(Decision.Reason reason) -> reason.sentence();
        };
  }
}
