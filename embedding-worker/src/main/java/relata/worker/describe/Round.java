package relata.worker.describe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import relata.worker.claim.Claimed;
import relata.worker.gate.Turn;
import relata.worker.identity.Fingerprint;
import relata.worker.model.ModelFailure;

/** The descriptions of one batch of documents. Used by one thread. */
final class Round {
  private static final Described INTERRUPTED = new Described.Failed(ModelFailure.interrupted());

  private final Describer describer;
  private final Turn turn;
  private final UUID claim;
  private final Map<Task.Key, CompletableFuture<Described>> own = new HashMap<>();

  Round(Describer describer, Turn turn, UUID claim) {
    this.describer = describer;
    this.turn = turn;
    this.claim = claim;
  }

  Map<Claimed, Described> describe(List<Task> tasks) {
    Map<Task.Key, Task> mine = new LinkedHashMap<>();
    Map<Task.Key, CompletableFuture<Described>> asked = new HashMap<>();
    tasks.forEach(task -> asked.computeIfAbsent(task.key(), key -> joinOrOwn(task, mine)));
    try {
      List<Task> unknown = takeKnown(mine.values());
      describer.count("reused", tasks.size() - (long) unknown.size());
      writeAll(unknown);
    } finally {
      // Others may be waiting for these, whatever happened here.
      own.values().forEach(answer -> answer.complete(INTERRUPTED));
      own.forEach(describer.inFlight::remove);
    }
    Map<Claimed, Described> described = new LinkedHashMap<>();
    for (Task task : tasks) {
      described.put(task.subject().document(), ownWords(task, await(asked.get(task.key()))));
    }
    return described;
  }

  private CompletableFuture<Described> joinOrOwn(Task task, Map<Task.Key, Task> mine) {
    CompletableFuture<Described> fresh = new CompletableFuture<>();
    CompletableFuture<Described> others = describer.inFlight.putIfAbsent(task.key(), fresh);
    if (others != null) {
      return others;
    }
    own.put(task.key(), fresh);
    mine.put(task.key(), task);
    return fresh;
  }

  /** Only now that they are ours: before, another batch may have kept one and let go of it. */
  private List<Task> takeKnown(Collection<Task> mine) {
    List<Task> unknown = new ArrayList<>();
    Map<String, List<Task>> byTenant =
        mine.stream().collect(Collectors.groupingBy(task -> task.key().tenant()));
    byTenant.forEach(
        (tenant, tasks) -> {
          Map<Fingerprint, String> known =
              describer.stored.find(tenant, tasks.stream().map(Task::fingerprint).toList());
          for (Task task : tasks) {
            String text = known.get(task.fingerprint());
            if (text == null) {
              unknown.add(task);
            } else {
              own.get(task.key()).complete(new Described.Done(task.description(text)));
            }
          }
        });
    return unknown;
  }

  /** As many at once as configured; what one of them meets is its own. */
  private void writeAll(List<Task> tasks) {
    Semaphore places = new Semaphore(describer.config.concurrency());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Task task : tasks) {
        try {
          places.acquire();
        } catch (InterruptedException stopping) {
          threads.shutdownNow();
          Thread.currentThread().interrupt();
          return;
        }
        threads.execute(
            () -> {
              try {
                write(task);
              } finally {
                places.release();
              }
            });
      }
    }
  }

  private void write(Task task) {
    CompletableFuture<Described> answer = own.get(task.key());
    try {
      Described described = describer.writer.write(turn, task);
      if (described instanceof Described.Done(Description description)) {
        describer.stored.keep(claim, task.subject(), description);
      }
      describer.count(described instanceof Described.Done ? "written" : "failed", 1);
      answer.complete(described);
    } catch (RuntimeException | Error failed) {
      answer.completeExceptionally(failed);
    }
  }

  /** The same words may have been asked for by another recipe. */
  private static Described ownWords(Task task, Described described) {
    return described instanceof Described.Done(Description description)
        ? new Described.Done(task.description(description.text()))
        : described;
  }

  private Described await(CompletableFuture<Described> answer) {
    try {
      return answer.get(describer.config.sharedWait().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    } catch (TimeoutException late) {
      return new Described.Failed(
          new ModelFailure.Transient("timeout", "Another batch did not finish in time."));
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(failed.getCause());
      }
    }
  }
}
