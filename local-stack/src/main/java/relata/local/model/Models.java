package relata.local.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The models that this server has, and which of them are loaded. */
final class Models implements AutoCloseable {

  /** One model: what it is, and the place it is loaded to. */
  record Entry<M>(ModelDescription description, ModelSlot<M> slot) {}

  /** A loaded model and when it will be unloaded if nobody uses it. */
  record Loaded(ModelDescription description, Instant expiresAt) {}

  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("model-keep-alive").daemon().factory());
  private final List<Entry<?>> entries = new CopyOnWriteArrayList<>();
  private final Duration keepAlive;
  private final Clock clock;
  private final Consumer<String> log;

  Models(Duration keepAlive, Clock clock, Consumer<String> log) {
    this.keepAlive = keepAlive;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Adds a model, which its first use loads.
   *
   * @param unload frees what loading took
   */
  <M> Entry<M> add(ModelDescription description, Supplier<M> load, Consumer<M> unload) {
    Entry<M> entry =
        new Entry<>(
            description,
            new ModelSlot<>(
                () -> load(description, load),
                model -> {
                  unload.accept(model);
                  log.accept("event=unload model=" + description.name());
                },
                keepAlive,
                clock,
                timers));
    entries.add(entry);
    return entry;
  }

  List<Entry<?>> all() {
    return entries;
  }

  /**
   * The model of that name; its tag may be left out, case does not matter, and the registry's
   * default prefix is understood.
   */
  Entry<?> find(String name) throws Refusal {
    String full = fullName(name);
    return all().stream()
        .filter(
            entry ->
                entry.description().name().equals(full)
                    || entry.description().aliases().contains(full))
        .findFirst()
        .orElseThrow(() -> Refusal.modelNotFound(name));
  }

  /** The loaded models, the one that stays longest first. */
  List<Loaded> loaded() {
    List<Loaded> loaded = new ArrayList<>();
    for (Entry<?> entry : all()) {
      Optional<Instant> expiresAt = entry.slot().expiresAt();
      expiresAt.ifPresent(at -> loaded.add(new Loaded(entry.description(), at)));
    }
    loaded.sort(Comparator.comparing(Loaded::expiresAt).reversed());
    return loaded;
  }

  @Override
  public void close() {
    all().forEach(entry -> entry.slot().close());
    timers.shutdownNow();
  }

  private static String fullName(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    for (String prefix : List.of("registry.ollama.ai/", "library/")) {
      plain = plain.startsWith(prefix) ? plain.substring(prefix.length()) : plain;
    }
    return plain.contains(":") ? plain : plain + ":latest";
  }

  private <M> M load(ModelDescription description, Supplier<M> load) {
    long start = System.nanoTime();
    M model = load.get();
    long millis = (System.nanoTime() - start) / 1_000_000;
    log.accept("event=load model=" + description.name() + " ms=" + millis);
    return model;
  }
}
