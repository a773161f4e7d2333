package relata.api.tenant;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** Work of a tenant that no request waits for, or that goes on after it. */
@Singleton
public final class TenantWork {
  private final Vertx vertx;

  TenantWork(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Does the work on a context of its own, which deals with the tenant's data and no other's. */
  public <T> Uni<T> of(String tenant, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
              context.runOnContext(
                  _ -> {
                    Tenant.enter(tenant);
                    Uni.createFrom()
                        .deferred(work::get)
                        .subscribe()
                        .with(emitter::complete, emitter::fail);
                  });
            });
  }
}
