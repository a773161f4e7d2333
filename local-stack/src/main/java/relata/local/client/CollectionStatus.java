package relata.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far the work on a collection's documents is.
 *
 * @param coverage share of the documents whose features are up to date, 0 to 1
 * @param linked documents whose neighbours are up to date
 * @param ratePerSecond documents that became ready or skipped, over the last minute
 * @param etaSeconds how long the rest takes at that rate; empty while nothing gets done
 * @param building the same of the generation under way, if there is one
 */
public record CollectionStatus(
    String collection,
    long documents,
    long pending,
    long processing,
    long ready,
    long skipped,
    long failed,
    long dead,
    double coverage,
    long linked,
    double oldestPendingSeconds,
    double ratePerSecond,
    OptionalDouble etaSeconds,
    Optional<CollectionStatus> building) {
  /** From the API's answer. */
  public static CollectionStatus of(JsonNode answer) {
    JsonNode building = answer.path("building");
    return of(
        answer.path("collection").asText(),
        answer,
        building.isObject()
            ? Optional.of(
                of("generation " + building.path("generation"), building, Optional.empty()))
            : Optional.empty());
  }

  private static CollectionStatus of(
      String name, JsonNode answer, Optional<CollectionStatus> building) {
    JsonNode eta = answer.path("etaSeconds");
    return new CollectionStatus(
        name,
        answer.path("documents").asLong(),
        answer.path("pending").asLong(),
        answer.path("processing").asLong(),
        answer.path("ready").asLong(),
        answer.path("skipped").asLong(),
        answer.path("failed").asLong(),
        answer.path("dead").asLong(),
        answer.path("coverage").asDouble(),
        answer.path("linked").asLong(),
        answer.path("oldestPendingSeconds").asDouble(),
        answer.path("ratePerSecond").asDouble(),
        eta.isNumber() ? OptionalDouble.of(eta.asDouble()) : OptionalDouble.empty(),
        building);
  }

  /** Every document has its features and its neighbours. */
  public boolean isComplete() {
    return ready + skipped == documents && linked == documents;
  }

  /** Nothing more will happen by itself: what is not complete is dead. */
  public boolean isSettled() {
    return ready + skipped + dead == documents && linked >= ready + skipped;
  }
}
