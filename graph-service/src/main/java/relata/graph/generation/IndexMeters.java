package relata.graph.generation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** How much is in memory, over all generations. */
@Singleton
final class IndexMeters {
  private final Generations generations;
  private final MeterRegistry meters;

  IndexMeters(Generations generations, MeterRegistry meters) {
    this.generations = generations;
    this.meters = meters;
  }

  void register(@Observes StartupEvent event) {
    gauge("relata.index.documents", "documents", index -> index.documentIds().size());
    gauge("relata.index.chunks", "chunks", index -> index.vectors().chunkCount());
    gauge(
        "relata.index.bytes",
        "bytes",
        index -> index.vectors().size().heapBytes() + index.text().sizeBytes());
    gauge("relata.index.memory", "bytes", GenerationIndex::memoryBytes);
    gauge("relata.index.generations", "generations", index -> 1);
    gauge("relata.index.digest", null, GenerationIndex::digest);
    gauge("relata.index.vectors", "bytes", index -> index.vectors().size().vectorBytes());
  }

  /**
   * @param unit null for none
   */
  private void gauge(String name, String unit, ToDoubleFunction<GenerationIndex> of) {
    Gauge.builder(
            name,
            generations,
            all -> all.loaded().stream().filter(index -> !index.isShared()).mapToDouble(of).sum())
        .baseUnit(unit)
        .register(meters);
  }
}
