package relata.worker.models;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.inject.Singleton;
import java.util.Map;
import relata.contracts.Subjects;
import relata.contracts.v1.ModelsFailure;
import relata.contracts.v1.ModelsFailureReason;
import relata.contracts.v1.ModelsReply;
import relata.contracts.v1.ModelsRequest;
import relata.worker.broker.Broker;
import relata.worker.broker.Responder;
import relata.worker.database.DatabaseException;
import relata.worker.profile.Profiles;

/** Answers what is asked about models, and begins to load or unload profiles of them. */
@Singleton
public final class ModelsResponder {
  /** People ask, and api-service when a recipe is made: each costs the server two lists. */
  private static final int AT_ONCE = 8;

  /** Does what a request asks for, and tells whether somebody knows the profile. */
  @FunctionalInterface
  private interface Action {
    boolean on(String profile);
  }

  private final ModelsReport report;
  private final Profiles profiles;
  private final Responder responder;

  ModelsResponder(Broker broker, ModelsReport report, Profiles profiles) {
    this.report = report;
    this.profiles = profiles;
    this.responder =
        new Responder(
            broker,
            Subjects.MODELS_QUEUE,
            Map.of(
                Subjects.MODELS_STATUS, request -> answer(request, _ -> true),
                Subjects.MODELS_ACTIVATE, request -> answer(request, profiles::activate),
                Subjects.MODELS_DEACTIVATE, request -> answer(request, profiles::deactivate)),
            AT_ONCE,
            new Responder.Excuses(
                () -> unavailable("Too many ask for the models at once."),
                () -> unavailable("The worker failed.")));
  }

  public void start() {
    responder.start();
  }

  /** Takes no more requests. */
  public void stop() {
    responder.stop();
  }

  private byte[] answer(byte[] request, Action action) {
    try {
      String profile = ModelsRequest.parseFrom(request).getProfile();
      return action.on(profile)
          ? ModelsReply.newBuilder().setStatus(report.now()).build().toByteArray()
          : failure(
              ModelsFailureReason.MODELS_FAILURE_REASON_UNKNOWN_PROFILE,
              "The configuration has no profile \"%s\": %s".formatted(profile, known()));
    } catch (InvalidProtocolBufferException unreadable) {
      return unavailable("The request cannot be read.");
    } catch (DatabaseException outage) {
      return unavailable("The state of the profiles cannot be kept: " + outage.getMessage());
    }
  }

  private String known() {
    return profiles.names().isEmpty()
        ? "it has none; relata.profiles.<name>.models of embedding-worker makes one."
        : "it has " + String.join(", ", profiles.names()) + ".";
  }

  private static byte[] unavailable(String message) {
    return failure(ModelsFailureReason.MODELS_FAILURE_REASON_UNAVAILABLE, message);
  }

  private static byte[] failure(ModelsFailureReason reason, String message) {
    return ModelsReply.newBuilder()
        .setFailure(ModelsFailure.newBuilder().setReason(reason).setMessage(message))
        .build()
        .toByteArray();
  }
}
