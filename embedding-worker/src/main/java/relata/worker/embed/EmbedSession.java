package relata.worker.embed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import relata.worker.gate.Turn;
import relata.worker.identity.Fingerprint;
import relata.worker.model.Embedding;
import relata.worker.model.InputAnswer;
import relata.worker.model.ModelFailure;

/** The vectors of one batch of documents, from the first text until they are stored. */
public final class EmbedSession implements AutoCloseable {
  private static final ModelFailure INTERRUPTED = ModelFailure.interrupted();

  private final Embedder embedder;
  private final Turn turn;
  private final Map<Input.Key, CompletableFuture<InputAnswer>> own = new HashMap<>();

  EmbedSession(Embedder embedder, Turn turn) {
    this.embedder = embedder;
    this.turn = turn;
  }

  /** An answer for each of the texts; equal ones are one. */
  public Map<Input.Key, InputAnswer> embed(Collection<Input> inputs) {
    Map<Input.Key, Input> mine = new LinkedHashMap<>();
    Map<Input.Key, CompletableFuture<InputAnswer>> asked = new HashMap<>();
    for (Input input : inputs) {
      asked.computeIfAbsent(input.key(), key -> joinOrOwn(key, input, mine));
    }
    int sent;
    try {
      sent = answer(mine);
    } finally {
      // Others may be waiting for these, whatever happened here.
      mine.keySet().forEach(key -> own.get(key).complete(INTERRUPTED));
      mine.keySet().forEach(this::forgetFailure);
    }
    embedder.reused.increment(inputs.size() - (double) sent);
    return asked.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> await(entry.getValue())));
  }

  /** Lets go of the vectors, which are stored by now or never will be. */
  @Override
  public void close() {
    own.forEach(embedder.inFlight::remove);
    own.clear();
  }

  private CompletableFuture<InputAnswer> joinOrOwn(
      Input.Key key, Input input, Map<Input.Key, Input> mine) {
    CompletableFuture<InputAnswer> known = own.get(key);
    if (known != null) {
      return known;
    }
    CompletableFuture<InputAnswer> fresh = new CompletableFuture<>();
    CompletableFuture<InputAnswer> others = embedder.inFlight.joinOrOwn(key, fresh);
    if (others != null) {
      return others;
    }
    own.put(key, fresh);
    mine.put(key, input);
    return fresh;
  }

  /** Answers what is ours, and returns how many texts the model was given for that. */
  private int answer(Map<Input.Key, Input> mine) {
    Map<String, List<Input>> byTenant =
        mine.values().stream().collect(Collectors.groupingBy(Input::tenant));
    Map<String, List<Input>> byModel = new LinkedHashMap<>();
    // Only now: before it was ours, another batch may have stored it and let go of it.
    byTenant.forEach(
        (tenant, inputs) -> {
          Map<Fingerprint, Embedding> known =
              embedder.known.find(tenant, inputs.stream().map(Input::fingerprint).toList());
          for (Input input : inputs) {
            Embedding embedding = known.get(input.fingerprint());
            if (embedding != null) {
              own.get(input.key()).complete(embedding);
            } else {
              byModel.computeIfAbsent(input.model(), _ -> new ArrayList<>()).add(input);
            }
          }
        });
    int sent = 0;
    for (Map.Entry<String, List<Input>> calls : byModel.entrySet()) {
      List<Input> inputs = calls.getValue();
      List<InputAnswer> answers =
          embedder.calls.embed(turn, calls.getKey(), inputs.stream().map(Input::text).toList());
      for (int i = 0; i < inputs.size(); i++) {
        own.get(inputs.get(i).key()).complete(answers.get(i));
      }
      sent += inputs.size();
    }
    return sent;
  }

  /** A failure is this batch's own: the next that needs the text asks again. */
  private void forgetFailure(Input.Key key) {
    CompletableFuture<InputAnswer> answer = own.get(key);
    if (answer.resultNow() instanceof ModelFailure) {
      embedder.inFlight.remove(key, answer);
      own.remove(key);
    }
  }

  private InputAnswer await(CompletableFuture<InputAnswer> answer) {
    try {
      return answer.get(embedder.config.sharedWait().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    } catch (TimeoutException late) {
      return new ModelFailure.Transient("timeout", "Another batch did not finish in time.");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("Answers are values.", impossible);
    }
  }
}
