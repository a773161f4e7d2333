package relata.worker.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import relata.contracts.Subjects;
import relata.worker.recent.Recent;

/**
 * One span for each document, from its event to its stored features, in the trace of the request
 * that wrote it. It holds ids, models and outcomes, never content. Documents whose event carries no
 * trace cost nothing.
 */
@Singleton
public final class DocumentTraces {
  /** What is done to a document; the operations are named by the conventions for models. */
  public enum Activity {
    DESCRIBE("describe", "text_completion"),
    EMBED("embed", "embeddings"),
    STORE("store", "");

    private final String name;
    private final String operation;

    Activity(String name, String operation) {
      this.name = name;
      this.operation = operation;
    }
  }

  private final Tracer tracer;
  private final Recent<TracedDocument, Span> open;

  DocumentTraces(OpenTelemetry telemetry, TraceConfig config) {
    this.tracer = telemetry.getTracer("relata.worker");
    this.open = new Recent<>(config.documents(), Span::end);
  }

  /**
   * A document's event came.
   *
   * @param traceparent its header; null when nobody traces
   */
  public void received(TracedDocument document, String traceparent) {
    if (traceparent == null) {
      return;
    }
    Context parent = TraceParent.context(traceparent);
    if (!Span.fromContext(parent).getSpanContext().isValid()) {
      return;
    }
    Span span =
        tracer
            .spanBuilder("process content.changed")
            .setParent(parent)
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute("messaging.system", "nats")
            .setAttribute("messaging.operation.name", "process")
            .setAttribute("messaging.operation.type", "process")
            .setAttribute("messaging.destination.template", Subjects.CONTENT_CHANGED_ALL)
            .setAttribute("relata.generation.id", document.generationId())
            .setAttribute("relata.document.id", document.documentId())
            .startSpan();
    open.put(document, span).ifPresent(Span::end);
  }

  /** Begins something that is done to documents together, with the model if one is asked. */
  public TraceStep begin(Activity activity, Iterable<TracedDocument> documents, String model) {
    List<Span> spans = new ArrayList<>();
    for (TracedDocument document : documents) {
      open.find(document).ifPresent(parent -> spans.add(child(activity, parent, model)));
    }
    return spans.isEmpty() ? TraceStep.NONE : new TraceStep(spans);
  }

  /** What is to be logged about a document: within its trace, or within none. */
  public Context about(TracedDocument document) {
    return open.find(document).map(Context.root()::with).orElseGet(Context::root);
  }

  /** Whether any document on its way is traced: if not, nobody need name them. */
  public boolean isIdle() {
    return open.isEmpty();
  }

  /** The header of what comes of the document; null when it is not traced. */
  public String traceparent(TracedDocument document) {
    return open.find(document).map(TraceParent::of).orElse(null);
  }

  /** Nothing more is done to it: its features are stored, or were. */
  public void ended(TracedDocument document) {
    open.remove(document).ifPresent(Span::end);
  }

  /** It has no features for now. */
  public void failed(TracedDocument document, String code) {
    open.remove(document)
        .ifPresent(
            span -> {
              span.setAttribute("error.type", code);
              span.setStatus(StatusCode.ERROR);
              span.end();
            });
  }

  private Span child(Activity activity, Span parent, String model) {
    var builder =
        tracer
            .spanBuilder(activity.operation.isEmpty() ? activity.name : activity.name + " " + model)
            .setParent(parent.storeInContext(Context.root()));
    if (!activity.operation.isEmpty()) {
      builder
          .setSpanKind(SpanKind.CLIENT)
          .setAttribute("gen_ai.operation.name", activity.operation)
          .setAttribute("gen_ai.provider.name", "ollama")
          .setAttribute("gen_ai.request.model", model);
    }
    return builder.startSpan();
  }
}
