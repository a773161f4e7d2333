package relata.worker.trace;

import io.opentelemetry.api.trace.Span;
import java.util.List;

/** What is done to some documents together: a span in each one's trace, until it is closed. */
public final class TraceStep implements AutoCloseable {
  /** Of documents of which none is traced. */
  public static final TraceStep NONE = new TraceStep(List.of());

  private final List<Span> spans;

  TraceStep(List<Span> spans) {
    this.spans = spans;
  }

  @Override
  public void close() {
    spans.forEach(Span::end);
  }
}
