package relata.api.once;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;
import relata.api.tenant.Tenant;

/**
 * Has the effect of a request with an Idempotency-Key take place once. The key's row is written in
 * the effect's own transaction: either both are there or neither, whenever a process ends. Of equal
 * requests at once the others wait inside the database for the first, and get its answer; if it
 * fails, nothing is kept, and the next one tries.
 */
@Singleton
public final class Once {
  /** Waits for whoever is writing the same key; no row if it is taken. */
  private static final String CLAIM =
      """
      insert into content.idempotency_key as k (tenant, key, request, expires_at)
      values ($1, $2, $3, now() + cast(cast($4 as text) as interval))
      on conflict (tenant, key) do update
         set request = excluded.request, answer = null, expires_at = excluded.expires_at
       where k.expires_at <= now()
      returning key""";

  private static final String TAKEN =
      "select concat(request, answer) from content.idempotency_key where tenant = $1 and key = $2";

  private static final String ANSWERED =
      """
      update content.idempotency_key set answer = $3 where tenant = $1 and key = $2
      returning key""";

  private static final int DIGEST_LENGTH = 64;

  private final OnceConfig config;

  Once(OnceConfig config) {
    this.config = config;
  }

  /**
   * An answer as text, and back.
   *
   * @param write never gives null
   */
  public record Form<T>(Function<T, String> write, Function<String, T> read) {
    private static final Form<Void> NOTHING = new Form<>(_ -> "", _ -> null);
  }

  /**
   * Does it, unless it was done; without a key it is always done.
   *
   * @param statements of the transaction in which {@code effect} takes place
   */
  public <T> Uni<T> run(
      Optional<OnceKey> key, Statements statements, Form<T> form, Supplier<Uni<T>> effect) {
    return key.isEmpty() ? effect.get() : run(key.get(), statements, form, effect);
  }

  /** The same for an effect in the present session's transaction that answers nothing. */
  public Uni<Void> inSession(Optional<OnceKey> key, Supplier<Uni<Void>> effect) {
    return key.isEmpty()
        ? effect.get()
        : Panache.getSession()
            .chain(session -> run(key.get(), Statements.in(session), Form.NOTHING, effect));
  }

  private <T> Uni<T> run(
      OnceKey key, Statements statements, Form<T> form, Supplier<Uni<T>> effect) {
    List<String> claim =
        List.of(Tenant.current(), key.key(), key.request(), config.keep().toString());
    return statements
        .text(CLAIM, claim)
        .chain(
            claimed ->
                claimed == null
                    ? repeated(key, statements, form, effect)
                    : effect.get().call(answer -> keep(key, statements, form.write(), answer)));
  }

  /** Somebody has the key; unless it expired and was erased meanwhile: then it is new. */
  private <T> Uni<T> repeated(
      OnceKey key, Statements statements, Form<T> form, Supplier<Uni<T>> effect) {
    return statements
        .text(TAKEN, List.of(Tenant.current(), key.key()))
        .chain(
            found ->
                found == null
                    ? run(key, statements, form, effect)
                    : Uni.createFrom().item(() -> form.read().apply(answered(key, found))));
  }

  private static <T> Uni<String> keep(
      OnceKey key, Statements statements, Function<T, String> write, T answer) {
    return statements.text(ANSWERED, List.of(Tenant.current(), key.key(), write.apply(answer)));
  }

  private static String answered(OnceKey key, String found) {
    if (!found.startsWith(key.request())) {
      throw reused().exception();
    }
    return found.substring(DIGEST_LENGTH);
  }

  private static Problem reused() {
    return Problem.of(
        ProblemType.KEY_REUSED,
        "This Idempotency-Key was sent with another request; use a new one for each.");
  }
}
