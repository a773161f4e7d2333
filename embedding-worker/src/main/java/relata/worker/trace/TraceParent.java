package relata.worker.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import relata.contracts.Subjects;

/** W3C Trace Context as it stands in a header. */
final class TraceParent {
  private static final TextMapGetter<String> HEADER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String header) {
          return List.of(Subjects.TRACE_HEADER);
        }

        @Override
        public String get(String header, String key) {
          return key.equals(Subjects.TRACE_HEADER) ? header : null;
        }
      };

  private TraceParent() {}

  /** The context that a header names; the root's when it cannot be read. */
  static Context context(String header) {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), header, HEADER);
  }

  static String of(Span span) {
    SpanContext context = span.getSpanContext();
    return "00-%s-%s-%s"
        .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex());
  }
}
