package relata.graph.database;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets a virtual thread wait for the reactive client. */
final class Waiting {
  private Waiting() {}

  /**
   * @throws DatabaseException if the future fails, or is not done within the limit
   */
  static <T> T on(Future<T> future, Duration limit) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw new DatabaseException(failed.getCause().getMessage(), failed.getCause());
    } catch (TimeoutException late) {
      throw new DatabaseException("no answer within " + limit, late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DatabaseException("interrupted", interrupted);
    }
  }
}
