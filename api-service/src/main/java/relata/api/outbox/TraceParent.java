package relata.api.outbox;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

/** The trace of the request at hand, in the form of W3C Trace Context. */
final class TraceParent {
  private TraceParent() {}

  /** Null when nobody traces. */
  static String current() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid()
        ? "00-%s-%s-%s".formatted(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex())
        : null;
  }
}
