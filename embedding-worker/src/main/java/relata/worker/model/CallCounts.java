package relata.worker.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many calls to each model have begun and not ended. Safe for several threads. */
final class CallCounts {
  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  void begin(String model) {
    open.merge(ModelName.full(model), 1, Integer::sum);
  }

  void end(String model) {
    open.computeIfPresent(ModelName.full(model), (_, calls) -> calls == 1 ? null : calls - 1);
  }

  boolean has(String model) {
    return open.containsKey(ModelName.full(model));
  }
}
