package relata.api.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import relata.api.collection.FoundCollection;
import relata.api.generation.GateReport.Thresholds;
import relata.api.graph.ComparisonGateway;
import relata.api.recipe.Recipe;

/** Compares a building generation with the active one, and keeps the report with it. */
@Singleton
final class Evaluation {
  private static final String KEEP =
      "update content.generation set report = $2::text::jsonb where id = $1 and state = 'building'";

  private final Pool pool;
  private final ComparisonInput input;
  private final ComparisonGateway comparisons;
  private final ObjectMapper mapper;

  Evaluation(Pool pool, ComparisonInput input, ComparisonGateway comparisons, ObjectMapper mapper) {
    this.pool = pool;
    this.input = input;
    this.comparisons = comparisons;
    this.mapper = mapper;
  }

  /** Compares anew; fails with 503 if graph-service cannot. */
  Uni<GateReport> evaluate(
      FoundCollection collection, Generation active, Generation building, Wholeness wholeness) {
    return report(collection, active, building, wholeness)
        .call(report -> keep(building.id(), report));
  }

  /**
   * The report that is kept, or a new one if that does not hold or is older than {@code maxAge}.
   */
  Uni<GateReport> current(
      FoundCollection collection,
      Generation active,
      Generation building,
      Wholeness wholeness,
      Duration maxAge) {
    Thresholds asked = Gate.thresholds(building.recipe().gate());
    Optional<GateReport> kept =
        read(building.report())
            .filter(report -> report.evaluatedAt().plus(maxAge).isAfter(Instant.now()))
            .filter(report -> report.holds(asked, wholeness));
    if (kept.isPresent()) {
      return Uni.createFrom().item(kept.get());
    }
    return evaluate(collection, active, building, wholeness);
  }

  private Uni<GateReport> report(
      FoundCollection collection, Generation active, Generation building, Wholeness wholeness) {
    Recipe.Gate gate = building.recipe().gate();
    if (wholeness.comparable() == 0) {
      return Uni.createFrom().item(Gate.nothingServed(gate, wholeness, Instant.now()));
    }
    return input
        .of(collection.id(), active, building)
        .chain(
            asked ->
                comparisons
                    .compare(asked.request())
                    .map(
                        comparison ->
                            Gate.report(gate, comparison, wholeness, Instant.now())
                                .leftOut(asked.leftOut())));
  }

  private Uni<Void> keep(long generation, GateReport report) {
    return pool.preparedQuery(KEEP)
        .execute(Tuple.of(generation, written(report)))
        .replaceWithVoid();
  }

  /** A report that another version wrote in its own way is none. */
  private Optional<GateReport> read(String json) {
    try {
      return json == null
          ? Optional.empty()
          : Optional.of(mapper.readValue(json, GateReport.class));
    } catch (JsonProcessingException foreign) {
      return Optional.empty();
    }
  }

  private String written(GateReport report) {
    try {
      return mapper.writeValueAsString(report);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
