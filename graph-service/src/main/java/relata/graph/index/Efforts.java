package relata.graph.index;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.generation.Generations;
import relata.graph.vector.Effort;

/**
 * The effort of searches on this replica: what is stored, as of a moment ago. A bar that was raised
 * counts at once: what was not shown to hold it is searched with certainty until something is.
 */
@Singleton
public final class Efforts {
  private static final Logger LOG = Logger.getLogger(Efforts.class);

  private final Database database;
  private final Generations generations;
  private final TuneConfig config;
  private volatile Map<Long, Followed> followed = Map.of();
  private boolean isAway;

  private record Followed(Setting setting, double bar) {
    Effort effort(int limit) {
      return setting.effort(limit, bar);
    }

    double recall() {
      return setting.recall().lower() >= bar ? setting.recall().lower() : 1;
    }
  }

  public Efforts(
      Database database, Generations generations, TuneConfig config, MeterRegistry meters) {
    this.database = database;
    this.generations = generations;
    this.config = config;
    Gauge.builder("relata.index.recall", this, Efforts::leastRecall).register(meters);
  }

  /** With which effort so many documents are searched for, by a vector and without a filter. */
  public Effort of(long generationId, int limit) {
    Followed known = followed.get(generationId);
    return known == null ? Effort.CERTAIN : known.effort(limit);
  }

  /** Whether all searches are certain, because nothing else was promoted. */
  boolean isCertain(long generationId) {
    Followed known = followed.get(generationId);
    return known == null || known.setting().isCertain();
  }

  /** Looks at what is stored; what cannot be seen now stays as it was. */
  void follow() {
    try {
      Set<Long> ids = generations.ids();
      followed =
          database.transaction(
              session -> {
                Map<Long, Followed> next = new HashMap<>();
                Map<Long, Double> bars = Bars.of(session, ids, config);
                SettingTable.current(session, ids)
                    .forEach(
                        (id, setting) -> {
                          if (bars.containsKey(id)) {
                            next.put(id, new Followed(setting, bars.get(id)));
                          }
                        });
                return Map.copyOf(next);
              });
      isAway = false;
    } catch (RuntimeException failed) {
      if (!isAway) {
        LOG.warnf("efforts are not followed reason=%s", failed.getMessage());
      }
      isAway = true;
    }
  }

  private double leastRecall() {
    return followed.values().stream().mapToDouble(Followed::recall).min().orElse(1);
  }
}
