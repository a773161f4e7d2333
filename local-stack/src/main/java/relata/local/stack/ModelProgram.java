package relata.local.stack;

import java.util.ArrayList;
import java.util.List;
import relata.local.model.SyntheticBehaviour;

/** Which program the stack's model server is. */
sealed interface ModelProgram {
  /** Real embeddings by a small model. */
  record Real() implements ModelProgram {}

  /** Answers without a model, for measuring what is around one. */
  record Synthetic(SyntheticBehaviour behaviour) implements ModelProgram {}

  /** The model that writes descriptions. */
  default String writer() {
    return switch (this) {
      case Real() -> "extract";
      case Synthetic _ -> "llama3.2";
    };
  }

  /** The main class and its arguments. */
  default List<String> command(int port) {
    List<String> command = new ArrayList<>();
    switch (this) {
      case Real() -> command.add("relata.local.model.ModelServer");
      case Synthetic(SyntheticBehaviour behaviour) -> {
        command.add("relata.local.model.SyntheticModelServer");
        command.addAll(behaviour.arguments());
      }
    }
    command.addAll(List.of("--port", Integer.toString(port)));
    return command;
  }
}
