package relata.worker.describe;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import relata.worker.claim.Claim;
import relata.worker.claim.Claimed;
import relata.worker.claim.Verdict;
import relata.worker.gate.Turn;
import relata.worker.identity.IdentityCheck;
import relata.worker.identity.IdentityConfig;
import relata.worker.identity.ModelIdentities;
import relata.worker.identity.Purpose;
import relata.worker.prompt.DocumentPrompt;

/** Has models describe documents: known descriptions are used again. */
@Singleton
public final class Describer {
  final StoredDescriptions stored;
  final Writer writer;
  final DescribeConfig config;

  /** What batches of this process are asking for: a prompt in two of them at once goes once. */
  final ConcurrentMap<Task.Key, CompletableFuture<Described>> inFlight = new ConcurrentHashMap<>();

  private final Prompts prompts;
  private final ModelIdentities identities;
  private final IdentityConfig identityConfig;
  private final MeterRegistry meters;

  Describer(
      StoredDescriptions stored,
      Writer writer,
      Prompts prompts,
      ModelIdentities identities,
      DescribeConfig config,
      IdentityConfig identityConfig,
      MeterRegistry meters) {
    this.stored = stored;
    this.writer = writer;
    this.prompts = prompts;
    this.identities = identities;
    this.config = config;
    this.identityConfig = identityConfig;
    this.meters = meters;
  }

  /**
   * Gives a description of each document, or why there is none. Each is kept as soon as it is
   * written.
   *
   * @param turn in whose turn the model is asked
   * @param claim that the documents belong to
   * @param asTheyCome takes those that are there while others are still written; every document
   *     comes once
   */
  public void describe(
      Turn turn,
      Claim claim,
      List<Subject> subjects,
      Consumer<Map<Claimed, Described>> asTheyCome) {
    Map<Claimed, Described> refused = new LinkedHashMap<>();
    List<Task> tasks = new ArrayList<>();
    Map<Long, Prompts.Lookup> templates = new HashMap<>();
    Map<Long, IdentityCheck> checks = new HashMap<>();
    for (Subject subject : subjects) {
      long generation = subject.generation().id();
      switch (templates.computeIfAbsent(generation, _ -> prompt(subject))) {
        case Prompts.Lookup.Absent(String reason) ->
            refused.put(
                subject.document(),
                new Described.Refused(new Verdict.Wait("prompt", reason, config.promptWait())));
        case Prompts.Lookup.Template(String template) -> {
          switch (checks.computeIfAbsent(generation, _ -> check(subject))) {
            case IdentityCheck.Same same -> tasks.add(task(subject, same, template));
            case IdentityCheck.Changed(String reason) ->
                refused.put(
                    subject.document(),
                    new Described.Refused(
                        new Verdict.Wait("model_changed", reason, identityConfig.changedWait())));
          }
        }
      }
    }
    if (!refused.isEmpty()) {
      asTheyCome.accept(refused);
    }
    if (!tasks.isEmpty()) {
      new Round(this, turn, claim.id()).describe(tasks, asTheyCome);
    }
  }

  void count(String outcome, long documents) {
    if (documents > 0) {
      meters.counter("relata.descriptions", "outcome", outcome).increment(documents);
    }
  }

  private Prompts.Lookup prompt(Subject subject) {
    return prompts.find(subject.generation().tenant(), subject.recipe());
  }

  private IdentityCheck check(Subject subject) {
    return identities.meet(subject.generation().id(), Purpose.DESCRIBE, subject.recipe().model());
  }

  private static Task task(Subject subject, IdentityCheck.Same same, String template) {
    return Task.of(
        subject,
        same.identity(),
        DocumentPrompt.render(
            template, subject.title(), subject.body(), subject.recipe().maxInputLength()));
  }
}
