package relata.graph.generation;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A generation that is in memory or on its way there, and when somebody asked for it last. */
final class Kept {
  private final CompletableFuture<Optional<GenerationIndex>> index = new CompletableFuture<>();
  private volatile long askedNanos = System.nanoTime();

  void asked() {
    askedNanos = System.nanoTime();
  }

  /** Since when nobody has asked for it. */
  Duration idle() {
    return Duration.ofNanos(System.nanoTime() - askedNanos);
  }

  void loaded(Optional<GenerationIndex> loaded) {
    index.complete(loaded);
  }

  void failed(Throwable cause) {
    index.completeExceptionally(cause);
  }

  /** Waits until it is there; throws what its loading has thrown. */
  Optional<GenerationIndex> await() {
    try {
      return index.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  /** The index if it is there now. */
  Optional<GenerationIndex> now() {
    return index.isDone() && !index.isCompletedExceptionally() ? index.join() : Optional.empty();
  }
}
