package relata.api.once;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relata.api.tenant.Tenant;

/** What happens between two statements of one request. */
final class OnceTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger effects = new AtomicInteger();
  private final Once once =
      new Once(
          new OnceConfig() {
            @Override
            public Duration keep() {
              return Duration.ofHours(1);
            }

            @Override
            public Duration eraseInterval() {
              return Duration.ofHours(1);
            }
          });

  @AfterEach
  void close() {
    vertx.close();
  }

  @Test
  void aKeyThatIsErasedBeforeItsAnswerIsReadIsNewAgain() throws Exception {
    // Taken; erased meanwhile; free; the answer is kept.
    assertEquals("done", run(null, null, "key", "key"));
    assertEquals(1, effects.get());
  }

  @Test
  void aKeyThatIsTakenIsAnsweredWithoutAnEffect() throws Exception {
    OnceKey key = key();
    assertEquals("before", run(null, key.request() + "before"));
    assertEquals(0, effects.get());
  }

  /** Does it once, while the database answers these one after the other. */
  private String run(String... answers) throws Exception {
    Queue<Optional<String>> left = new ArrayDeque<>();
    Arrays.stream(answers).map(Optional::ofNullable).forEach(left::add);
    Statements statements = (sql, values) -> Uni.createFrom().item(left.remove().orElse(null));
    CompletableFuture<String> done = new CompletableFuture<>();
    VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext())
        .runOnContext(
            _ -> {
              Tenant.enter("acme");
              once.run(
                      Optional.of(key()),
                      statements,
                      new Once.Form<String>(text -> text, text -> text),
                      this::effect)
                  .subscribe()
                  .with(done::complete, done::completeExceptionally);
            });
    String answer = done.get(10, TimeUnit.SECONDS);
    assertEquals(0, left.size(), "statements not asked for");
    return answer;
  }

  private Uni<String> effect() {
    effects.incrementAndGet();
    return Uni.createFrom().item("done");
  }

  private static OnceKey key() {
    return OnceKey.of("k", "PUT", "a").orElseThrow();
  }
}
