package relata.worker.ollama;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/**
 * Reads an answer up to a limit; one that goes on is broken off, whatever it says of its length.
 */
final class BoundedBody {
  private final HttpClientResponse response;
  private final long most;
  private final Buffer read = Buffer.buffer();
  private final Promise<Buffer> whole = Promise.promise();

  private BoundedBody(HttpClientResponse response, long most) {
    this.response = response;
    this.most = most;
  }

  /** Fails with {@link AnswerTooLong}, or with whatever breaks the answer. */
  static Future<Buffer> of(HttpClientResponse response, long most) {
    BoundedBody body = new BoundedBody(response, most);
    response.handler(body::add);
    response.endHandler(_ -> body.whole.tryComplete(body.read));
    response.exceptionHandler(body.whole::tryFail);
    return body.whole.future();
  }

  private void add(Buffer part) {
    if (read.length() + (long) part.length() > most) {
      whole.tryFail(new AnswerTooLong(most));
      response.request().reset();
    } else {
      read.appendBuffer(part);
    }
  }
}
