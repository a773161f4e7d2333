package relata.worker.ollama;

import java.io.IOException;

/** The answer has more bytes than are read. */
final class AnswerTooLong extends IOException {
  private static final long serialVersionUID = 1L;

  AnswerTooLong(long most) {
    super("The model server's answer has more than %d bytes and is not read.".formatted(most));
  }
}
