package relata.worker.embed;

import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import relata.worker.model.InputAnswer;

/**
 * The texts that batches of this process are embedding, so that a text in two of them at once is
 * sent once. A vector stays until its batch has stored it: whoever comes later finds it in the
 * database. The batches in work bound its size.
 */
@Singleton
class InFlight {
  private final ConcurrentMap<Input.Key, CompletableFuture<InputAnswer>> answers =
      new ConcurrentHashMap<>();

  /** The answer that another batch will give, or null: then it is the caller's to give. */
  CompletableFuture<InputAnswer> joinOrOwn(Input.Key key, CompletableFuture<InputAnswer> own) {
    return answers.putIfAbsent(key, own);
  }

  /** Forgets the caller's own. */
  void remove(Input.Key key, CompletableFuture<InputAnswer> own) {
    answers.remove(key, own);
  }
}
