package relata.worker.ollama;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;

/**
 * Reads an answer up to a limit; one that goes on is broken off, whatever it says of its length.
 */
final class BoundedBody {
  /** The answer has more bytes than are read. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLong(long most) {
      super("The model server's answer has more than %d bytes and is not read.".formatted(most));
    }
  }

  private final HttpClientResponse response;
  private final long most;
  private final Buffer read = Buffer.buffer();
  private final Promise<Buffer> whole = Promise.promise();

  private BoundedBody(HttpClientResponse response, long most) {
    this.response = response;
    this.most = most;
  }

  /** Fails with {@link TooLong}, or with whatever breaks the answer. */
  static Future<Buffer> of(HttpClientResponse response, long most) {
    BoundedBody body = new BoundedBody(response, most);
    response.handler(body::add);
    response.endHandler(_ -> body.whole.tryComplete(body.read));
    response.exceptionHandler(body.whole::tryFail);
    return body.whole.future();
  }

  private void add(Buffer part) {
    if (read.length() + (long) part.length() > most) {
      whole.tryFail(new TooLong(most));
      response.request().reset();
    } else {
      read.appendBuffer(part);
    }
  }
}
