package relata.local.model;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Gives each call its time and its turn, and counts it. */
final class SyntheticCalls {

  private final SyntheticBehaviour behaviour;
  private final SyntheticCounters counters;
  private final Semaphore places;

  SyntheticCalls(SyntheticBehaviour behaviour, SyntheticCounters counters) {
    this.behaviour = behaviour;
    this.counters = counters;
    this.places = new Semaphore(behaviour.concurrency(), true);
  }

  Reply answer(List<String> inputs, RequestFacts facts, Supplier<Reply> reply)
      throws Refusal, InterruptedException {
    takePlace();
    try {
      counters.called(inputs);
      if (!behaviour.latency().isZero()) {
        Thread.sleep(behaviour.latency());
      }
      if (!behaviour.poison().isEmpty()
          && inputs.stream().anyMatch(text -> text.contains(behaviour.poison()))) {
        counters.refused(inputs.size());
        throw Refusal.badRequest("the input cannot be processed");
      }
      return reply.get();
    } finally {
      places.release();
      if (!SyntheticCounters.isProbe(inputs)) {
        counters.took(facts.elapsedNanos());
      }
    }
  }

  private void takePlace() throws Refusal, InterruptedException {
    switch (behaviour.whenFull()) {
      case QUEUE -> places.acquire();
      case REFUSE -> {
        if (!places.tryAcquire()) {
          counters.turnedAway();
          throw Refusal.tooManyRequests();
        }
      }
    }
  }
}
