package relata.local.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How far the work on a collection's documents is.
 *
 * @param coverage share of the documents whose features are up to date, 0 to 1
 * @param linked documents whose neighbours are up to date
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
    double oldestPendingSeconds) {
  /** From the API's answer. */
  public static CollectionStatus of(JsonNode answer) {
    return new CollectionStatus(
        answer.path("collection").asText(),
        answer.path("documents").asLong(),
        answer.path("pending").asLong(),
        answer.path("processing").asLong(),
        answer.path("ready").asLong(),
        answer.path("skipped").asLong(),
        answer.path("failed").asLong(),
        answer.path("dead").asLong(),
        answer.path("coverage").asDouble(),
        answer.path("linked").asLong(),
        answer.path("oldestPendingSeconds").asDouble());
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
