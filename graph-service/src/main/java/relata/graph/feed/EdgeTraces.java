package relata.graph.feed;

import io.nats.client.Message;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.ArrayList;
import java.util.List;
import relata.contracts.Subjects;

/**
 * The last part of the trace of a request that wrote a document: from its features to its stored
 * edges. Events that carry no trace cost nothing.
 */
final class EdgeTraces {
  private static final TextMapGetter<Message> HEADER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Message message) {
          return List.of(Subjects.TRACE_HEADER);
        }

        @Override
        public String get(Message message, String key) {
          return message.getHeaders().getFirst(key);
        }
      };

  private final Tracer tracer;

  EdgeTraces(OpenTelemetry telemetry) {
    tracer = telemetry.getTracer("relata.graph");
  }

  /** One for each event that is traced; all of them are dealt with together. */
  List<Span> begin(GenerationChanges changes) {
    List<Span> spans = new ArrayList<>();
    for (Message message : changes.messages()) {
      if (isTraced(message)) {
        spans.add(span(message, changes.generationId()));
      }
    }
    return spans;
  }

  /**
   * What is to be logged about changes: within the trace of their event. About several it is within
   * none, for it would be said of the wrong ones, too.
   */
  static Context about(GenerationChanges changes) {
    List<Message> messages = changes.messages();
    return messages.size() == 1 && isTraced(messages.getFirst())
        ? parent(messages.getFirst())
        : Context.root();
  }

  private static boolean isTraced(Message message) {
    return message.hasHeaders() && message.getHeaders().containsKey(Subjects.TRACE_HEADER);
  }

  private static Context parent(Message message) {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), message, HEADER);
  }

  private Span span(Message message, long generationId) {
    return tracer
        .spanBuilder("process features.changed")
        .setParent(parent(message))
        .setSpanKind(SpanKind.CONSUMER)
        .setAttribute("messaging.system", "nats")
        .setAttribute("messaging.operation.name", "process")
        .setAttribute("messaging.operation.type", "process")
        .setAttribute("messaging.destination.template", Subjects.FEATURES_CHANGED_ALL)
        .setAttribute("relata.generation.id", generationId)
        .startSpan();
  }
}
