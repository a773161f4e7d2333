package relata.local.model;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a synthetic server was asked since it started. */
final class SyntheticCounters {

  /** Bounds the memory; a bench has fewer texts. */
  private static final int MOST_DISTINCT = 2_000_000;

  private static final int PROBE_CHARACTERS = 2;

  private final LongAdder calls = new LongAdder();
  private final LongAdder inputs = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder refusedAlone = new LongAdder();
  private final LongAdder turnedAway = new LongAdder();
  private final LongAdder probes = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final Set<Long> texts = ConcurrentHashMap.newKeySet();

  /**
   * @param calls answered or refused, for vectors and descriptions, without the probes
   * @param inputs texts in them
   * @param distinct different texts among them
   * @param refused calls with poison in them
   * @param refusedAlone those of them that had one text
   * @param turnedAway calls that found no room
   * @param probes calls that only ask whether the model answers
   * @param nanos the time of all calls together, from when they were read until they were answered
   */
  record Counts(
      long calls,
      long inputs,
      long distinct,
      long refused,
      long refusedAlone,
      long turnedAway,
      long probes,
      long nanos) {}

  void called(List<String> inputsOfCall) {
    if (isProbe(inputsOfCall)) {
      probes.increment();
      return;
    }
    calls.increment();
    for (String input : inputsOfCall) {
      inputs.increment();
      if (texts.size() < MOST_DISTINCT) {
        texts.add(SyntheticVectors.hash(input));
      }
    }
  }

  void refused(int inputsOfCall) {
    refused.increment();
    if (inputsOfCall == 1) {
      refusedAlone.increment();
    }
  }

  void turnedAway() {
    turnedAway.increment();
  }

  void took(long callNanos) {
    nanos.add(callNanos);
  }

  /** A text of a character or two is none that anybody looks for. */
  static boolean isProbe(List<String> inputsOfCall) {
    return inputsOfCall.size() == 1 && inputsOfCall.getFirst().length() <= PROBE_CHARACTERS;
  }

  Counts counts() {
    return new Counts(
        calls.sum(),
        inputs.sum(),
        texts.size(),
        refused.sum(),
        refusedAlone.sum(),
        turnedAway.sum(),
        probes.sum(),
        nanos.sum());
  }
}
