package relata.system.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import relata.contracts.BrokerUsers;
import relata.local.process.DirectoryTree;
import relata.local.stack.Part;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;
import relata.system.broker.ShippedNats;

/**
 * One stack, with the users of NATS that are shipped, for all test classes that take it as a
 * parameter of their set-up: starting it costs as much as their tests. Each keeps to its own
 * collections and leaves the model undisturbed.
 */
final class SharedStack implements ParameterResolver {
  private static final String PASSWORD = "RELATA_NATS_PASSWORD";
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedStack.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(Running.class, type -> Running.start(), Running.class);
  }

  /** The stack and what the tests look at it with. */
  record Running(
      Path data,
      ShippedNats nats,
      ModelProxy model,
      RelataStack stack,
      Api api,
      GenerationsApi generations,
      Database database)
      implements AutoCloseable {

    private static Running start() {
      ModelProxy model = ModelProxy.start();
      try {
        Path data = DirectoryTree.temporary("relata-shared").resolve("stack");
        ShippedNats nats = ShippedNats.in(data.resolveSibling("broker"));
        RelataStack stack = RelataStack.start(options(data, model, nats), System.out::println);
        return new Running(
            data,
            nats,
            model,
            stack,
            new Api(stack.url()),
            new GenerationsApi(stack.url()),
            new Database(stack.postgres()));
      } catch (IOException failed) {
        model.close();
        throw new UncheckedIOException(failed);
      } catch (RuntimeException failed) {
        model.close();
        throw failed;
      }
    }

    /** What is waited for by a clock comes sooner, so that a test need not wait for it. */
    private static StackOptions options(Path data, ModelProxy model, ShippedNats nats) {
      return Patience.with(StackOptions.in(data))
          .withModelRoute(model::route)
          .withNatsConfiguration(nats.file())
          .withEnvironment(Part.API, PASSWORD, nats.passwordOf(BrokerUsers.API_SERVICE))
          .withEnvironment(Part.WORKER, PASSWORD, nats.passwordOf(BrokerUsers.EMBEDDING_WORKER))
          .withEnvironment(Part.GRAPH, PASSWORD, nats.passwordOf(BrokerUsers.GRAPH_SERVICE))
          .withEnvironment(Part.API, "RELATA_GENERATION_LOOK_INTERVAL", "300ms")
          .withEnvironment(Part.API, "RELATA_GENERATION_MAX_LOOK_INTERVAL", "1s")
          .withEnvironment(Part.API, "RELATA_PROGRESS_INTERVAL", "100ms")
          .withEnvironment(Part.WORKER, "RELATA_SWEEP_EVERY", "5s")
          .withEnvironment(Part.WORKER, "RELATA_MODELS_LIST_MAX_AGE", "1s")
          .withEnvironment(Part.WORKER, "QUARKUS_REST_CLIENT_OLLAMA_READ_TIMEOUT", "20000")
          .withEnvironment(Part.WORKER, "RELATA_EMBED_MISSING_WAIT", "2s")
          .withEnvironment(Part.WORKER, "RELATA_CLAIM_BACKOFF", "2s")
          .withEnvironment(Part.WORKER, "RELATA_CLAIM_LONGEST_BACKOFF", "8s")
          // On a slow machine a test must not see dead what it sees failing.
          .withEnvironment(Part.WORKER, "RELATA_CLAIM_MAX_ATTEMPTS", "30")
          .withEnvironment(Part.GRAPH, "RELATA_SWEEP_INTERVAL", "5s");
    }

    /** The vector of a text, as the embedding model itself gives it. */
    float[] embed(String text) {
      List<Float> values =
          Api.json(stack.model().orElseThrow().url())
              .body(Map.of("model", "all-minilm", "input", List.of(text)))
              .post("/api/embed")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath()
              .getList("embeddings[0]", Float.class);
      float[] vector = new float[values.size()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = values.get(i);
      }
      return vector;
    }

    @Override
    public void close() {
      stack.close();
      model.close();
      List<String> refused = ShippedNats.refused(stack.nats());
      DirectoryTree.delete(data.getParent());
      if (!refused.isEmpty()) {
        throw new AssertionError("NATS refused the services something:\n" + refused.getFirst());
      }
    }
  }
}
