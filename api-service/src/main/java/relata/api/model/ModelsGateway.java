package relata.api.model;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import relata.api.outbox.NatsLink;
import relata.api.problem.Problem;
import relata.api.problem.ProblemException;
import relata.api.problem.ProblemType;
import relata.contracts.Subjects;
import relata.contracts.v1.ModelsFailure;
import relata.contracts.v1.ModelsReply;
import relata.contracts.v1.ModelsRequest;

/**
 * Asks embedding-worker about models, for this service talks to no model server. Every question is
 * bounded in time and number; the answer comes on the Vert.x context of who asked.
 */
@Singleton
public final class ModelsGateway {
  private static final Logger LOG = Logger.getLogger(ModelsGateway.class);

  /**
   * By which the client's own limit is the longer one, for it looks only every five seconds and
   * says nothing of time.
   */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final NatsLink nats;
  private final ModelsConfig config;
  private final MeterRegistry meters;
  private final Semaphore requests;

  ModelsGateway(NatsLink nats, ModelsConfig config, MeterRegistry meters) {
    this.nats = nats;
    this.config = config;
    this.meters = meters;
    this.requests = new Semaphore(config.maxRequests());
  }

  /** What the model server has; fails with 503 if no worker answers in time. */
  public Uni<Models> status() {
    return asked(Subjects.MODELS_STATUS, "");
  }

  /** Begins to load a profile; fails with 503, or with 404 if there is no such profile. */
  Uni<Models> activate(String profile) {
    return asked(Subjects.MODELS_ACTIVATE, profile);
  }

  /** Begins to unload a profile; fails as {@link #activate}. */
  Uni<Models> deactivate(String profile) {
    return asked(Subjects.MODELS_DEACTIVATE, profile);
  }

  /** Nothing is taken or sent before somebody waits for the answer. */
  private Uni<Models> asked(String subject, String profile) {
    return Uni.createFrom().deferred(() -> ask(subject, profile));
  }

  private Uni<Models> ask(String subject, String profile) {
    Optional<Connection> connection = nats.standing();
    if (connection.isEmpty()) {
      return Uni.createFrom().failure(away("NATS cannot be reached, so no worker can be asked."));
    }
    // Made before a place is taken, for a limit of 0 is refused; sent when somebody waits for it.
    Uni<Message> sent = sent(connection.get(), subject, profile);
    if (!requests.tryAcquire()) {
      return Uni.createFrom().failure(away("Too many questions about models at once."));
    }
    Timer.Sample sample = Timer.start(meters);
    return onCallersContext(sent)
        .onFailure()
        .transform(this::notAnswered)
        .map(message -> answer(message, profile))
        .onTermination()
        .invoke((_, failure, _) -> ended(sample, failure));
  }

  private Uni<Message> sent(Connection connection, String subject, String profile) {
    byte[] request = ModelsRequest.newBuilder().setProfile(profile).build().toByteArray();
    Duration limit = config.timeout();
    return Uni.createFrom()
        .completionStage(() -> connection.requestWithTimeout(subject, request, limit.plus(MARGIN)))
        .ifNoItem()
        .after(limit)
        .fail();
  }

  /** NATS answers on a thread of its own, where a database session of the caller may not go on. */
  private static <T> Uni<T> onCallersContext(Uni<T> answer) {
    Context context = Vertx.currentContext();
    return context == null
        ? answer
        : answer.emitOn(command -> context.runOnContext(_ -> command.run()));
  }

  private Models answer(Message message, String profile) {
    ModelsReply reply;
    try {
      reply = ModelsReply.parseFrom(message.getData());
    } catch (InvalidProtocolBufferException unreadable) {
      throw notAnswered(unreadable);
    }
    return switch (reply.getResultCase()) {
      case STATUS -> ModelsWire.read(reply.getStatus());
      case FAILURE -> throw refused(reply.getFailure(), profile);
      case RESULT_NOT_SET -> throw away("The worker's answer cannot be read; it may be newer.");
    };
  }

  private ProblemException notAnswered(Throwable failure) {
    LOG.debugf("models not answered cause=%s", failure);
    return away(
        switch (failure) {
          case JetStreamStatusException _ -> "No embedding-worker answers; is one running?";
          case TimeoutException _ ->
              "The embedding-worker did not answer within %d ms."
                  .formatted(config.timeout().toMillis());
          default -> "The worker could not be asked about models.";
        });
  }

  private ProblemException refused(ModelsFailure failure, String profile) {
    return switch (failure.getReason()) {
      case MODELS_FAILURE_REASON_UNKNOWN_PROFILE ->
          Problem.of(ProblemType.UNKNOWN_PROFILE, failure.getMessage()).exception();
      case MODELS_FAILURE_REASON_UNAVAILABLE, MODELS_FAILURE_REASON_UNSPECIFIED, UNRECOGNIZED -> {
        LOG.warnf("models refused profile=%s", profile);
        yield away(failure.getMessage());
      }
    };
  }

  private ProblemException away(String detail) {
    return Problem.unavailable(ProblemType.MODELS_AWAY, detail, config.retryAfter()).exception();
  }

  private void ended(Timer.Sample sample, Throwable failure) {
    requests.release();
    String outcome = failure == null ? "answered" : "failed";
    sample.stop(meters.timer("relata.models.call", "outcome", outcome));
  }
}
