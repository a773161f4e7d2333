package relata.worker;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import relata.worker.broker.Broker;
import relata.worker.canary.Canary;
import relata.worker.intake.Pump;
import relata.worker.models.ModelsResponder;
import relata.worker.outbox.OutboxRelay;
import relata.worker.profile.Profiles;
import relata.worker.query.QueryResponder;
import relata.worker.schedule.Schedule;
import relata.worker.sweep.Sweep;

/** Starts the parts, and stops them so that nothing in work is lost or kept from others. */
@Singleton
final class Worker {
  private static final Logger LOG = Logger.getLogger(Worker.class);

  private final Broker broker;
  private final OutboxRelay relay;
  private final Pump pump;
  private final Sweep sweep;
  private final QueryResponder responder;
  private final ModelsResponder models;
  private final Canary canary;
  private final Profiles profiles;
  private final Schedule schedule;

  /** Else a program of its own uses the parts that it needs. */
  private final boolean serves;

  Worker(
      Broker broker,
      OutboxRelay relay,
      Pump pump,
      Sweep sweep,
      QueryResponder responder,
      ModelsResponder models,
      Canary canary,
      Profiles profiles,
      Schedule schedule,
      @CommandLineArguments String[] arguments) {
    this.broker = broker;
    this.relay = relay;
    this.pump = pump;
    this.sweep = sweep;
    this.responder = responder;
    this.models = models;
    this.canary = canary;
    this.profiles = profiles;
    this.schedule = schedule;
    this.serves = Mode.of(arguments) instanceof Mode.Serve;
  }

  void start(@Observes StartupEvent event) {
    profiles.start();
    relay.start();
    if (serves) {
      // The JVM's own handler runs the same shutdown, but then says 143, which supervisors read as
      // a crash.
      Termination.handle(() -> Quarkus.asyncExit(0));
      responder.start();
      models.start();
      canary.start();
      schedule.start();
      sweep.start();
      pump.start();
    }
    // Last: the others are told when it connects.
    broker.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    LOG.info("stopping");
    if (serves) {
      responder.stop();
      models.stop();
      canary.stop();
      sweep.stop();
      pump.stopPulling();
      schedule.stop();
      pump.stop();
    }
    relay.stop();
    profiles.stop();
    broker.stop();
    LOG.info("stopped");
  }
}
