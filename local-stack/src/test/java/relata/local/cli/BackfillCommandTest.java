package relata.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BackfillCommandTest {
  @Test
  void whatTheWorkerSaysOfWhyNothingGoesOnIsShownWithoutItsLog() {
    assertEquals(
        List.of(
            "Nothing went on for 5m0s, and 3 documents are left:",
            "- 3 documents: Model m is not on the model server: pull it. (model_missing)",
            "What is done stays done: run it again when that is mended."),
        BackfillCommand.obstacles(
            List.of(
                "2026-01-02T03:04:05.678Z INFO  [re.wo.Worker] started",
                "Nothing went on for 5m0s, and 3 documents are left:",
                "- 3 documents: Model m is not on the model server: pull it. (model_missing)",
                "What is done stays done: run it again when that is mended.",
                "2026-01-02T03:09:05.678Z INFO  [re.wo.Worker] stopping")));
  }
}
