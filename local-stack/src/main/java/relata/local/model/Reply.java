package relata.local.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** What a request is answered with. */
sealed interface Reply {

  int status();

  /** One JSON value. */
  record Json(int status, Object body) implements Reply {}

  /** A JSON value that is sent as it is written, because its text is large. */
  record Large(Object body) implements Reply {

    @Override
    public int status() {
      return 200;
    }
  }

  /** A JSON value that is written already. */
  @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
  record Written(byte[] body) implements Reply {

    @Override
    public int status() {
      return 200;
    }
  }

  /** JSON values one a line, each sent as soon as it is written. */
  record Lines(List<?> bodies) implements Reply {

    public Lines {
      bodies = List.copyOf(bodies);
    }

    @Override
    public int status() {
      return 200;
    }
  }

  /** Plain text, as Ollama's router answers outside of its API. */
  record Text(int status, String body) implements Reply {}

  static Reply ok(Object body) {
    return new Json(200, body);
  }

  static Reply error(int status, String message) {
    return new Json(status, JsonNodeFactory.instance.objectNode().put("error", message));
  }
}
