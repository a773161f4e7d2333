package relata.api.bulk;

import java.io.IOException;

/** An import is read no further, because the process is to end: nobody's fault. */
public final class ServiceStopping extends IOException {
  private static final long serialVersionUID = 1L;

  ServiceStopping() {
    super("the service stops");
  }
}
