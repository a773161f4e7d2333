package relata.worker.describe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import relata.worker.claim.Claimed;
import relata.worker.gate.Turn;
import relata.worker.identity.Fingerprint;
import relata.worker.model.ModelFailure;

/** The descriptions of one batch of documents. Used by one thread, which others write for. */
final class Round {
  private static final Described INTERRUPTED = new Described.Failed(ModelFailure.interrupted());
  private static final Described LATE =
      new Described.Failed(
          new ModelFailure.Transient("timeout", "Another batch did not finish in time."));

  private final Describer describer;
  private final Turn turn;
  private final UUID claim;
  private final Map<Task.Key, CompletableFuture<Described>> own = new HashMap<>();
  private final Map<Task.Key, CompletableFuture<Described>> asked = new HashMap<>();

  Round(Describer describer, Turn turn, UUID claim) {
    this.describer = describer;
    this.turn = turn;
    this.claim = claim;
  }

  /** Hands over what there is while the rest is written: a slow document keeps nobody waiting. */
  void describe(List<Task> tasks, Consumer<Map<Claimed, Described>> asTheyCome) {
    Map<Task.Key, Task> mine = new LinkedHashMap<>();
    tasks.forEach(task -> asked.computeIfAbsent(task.key(), _ -> joinOrOwn(task, mine)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        List<Task> unknown = takeKnown(mine.values());
        describer.count("reused", tasks.size() - (long) unknown.size());
        Semaphore places = new Semaphore(describer.config.concurrency());
        unknown.forEach(task -> threads.execute(() -> write(task, places)));
        handOver(tasks, asTheyCome);
      } finally {
        // Only a failure of ours leaves any of them at work.
        threads.shutdownNow();
      }
    } finally {
      // Others may be waiting for these, whatever happened here.
      own.keySet().forEach(key -> answer(key, INTERRUPTED));
    }
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
              answer(task.key(), new Described.Done(task.description(text)));
            }
          }
        });
    return unknown;
  }

  /** What one of them meets is its own. */
  private void write(Task task, Semaphore places) {
    try {
      places.acquire();
      try {
        Described described = describer.writer.write(turn, task);
        if (described instanceof Described.Done(Description description)) {
          describer.stored.keep(claim, task.subject(), description);
        }
        describer.count(outcome(described), 1);
        answer(task.key(), described);
      } finally {
        places.release();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      answer(task.key(), INTERRUPTED);
    } catch (RuntimeException | Error failed) {
      own.get(task.key()).completeExceptionally(failed);
      answer(task.key(), INTERRUPTED);
    }
  }

  private static String outcome(Described described) {
    return switch (described) {
      case Described.Done(Description description) ->
          description.text().isEmpty() ? "empty" : "written";
      case Described.Failed _, Described.Refused _ -> "failed";
    };
  }

  /** Whoever comes later finds it in the database, or asks again if it failed. */
  private void answer(Task.Key key, Described described) {
    CompletableFuture<Described> answer = own.get(key);
    describer.inFlight.remove(key, answer);
    answer.complete(described);
  }

  private void handOver(List<Task> tasks, Consumer<Map<Claimed, Described>> asTheyCome) {
    BlockingQueue<Task> answered = new LinkedBlockingQueue<>();
    Map<Claimed, Task> open = new LinkedHashMap<>();
    for (Task task : tasks) {
      open.put(task.subject().document(), task);
      // What it ends with is looked at when it is taken from the queue.
      var _ = asked.get(task.key()).whenComplete((_, _) -> answered.add(task));
    }
    while (!open.isEmpty()) {
      Map<Claimed, Described> some = new LinkedHashMap<>();
      try {
        for (Task task : next(answered)) {
          some.put(task.subject().document(), ownWords(task));
        }
        if (some.isEmpty()) {
          open.keySet().forEach(document -> some.put(document, LATE));
        }
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        open.keySet().forEach(document -> some.put(document, INTERRUPTED));
      }
      open.keySet().removeAll(some.keySet());
      asTheyCome.accept(some);
    }
  }

  /** All that are answered by now, at least one; none when others take too long for theirs. */
  private List<Task> next(BlockingQueue<Task> answered) throws InterruptedException {
    List<Task> some = new ArrayList<>();
    while (some.isEmpty()) {
      Task first = answered.poll(describer.config.sharedWait().toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) {
        some.add(first);
        answered.drainTo(some);
      } else if (own.values().stream().allMatch(CompletableFuture::isDone)) {
        return List.of();
      }
    }
    return some;
  }

  /** The same words may have been asked for by another recipe. */
  private Described ownWords(Task task) {
    CompletableFuture<Described> answer = asked.get(task.key());
    if (answer.isCompletedExceptionally()) {
      switch (answer.exceptionNow()) {
        case RuntimeException failed -> throw failed;
        case Throwable failed -> throw new IllegalStateException(failed);
      }
    }
    return answer.resultNow() instanceof Described.Done(Description description)
        ? new Described.Done(task.description(description.text()))
        : answer.resultNow();
  }
}
