package relata.graph.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import relata.contracts.v1.FeaturesChanged;

class LinesTest {
  private final List<Long> opened = new ArrayList<>();
  private final Lines lines = new Lines(new Lines.Limits(4, 6, 3), opened::add);

  private static GenerationChanges changes(long generation, long... documents) {
    List<Message> messages = new ArrayList<>();
    for (long document : documents) {
      messages.add(
          NatsMessage.builder()
              .subject("features.changed.default")
              .data(
                  FeaturesChanged.newBuilder()
                      .setGenerationId(generation)
                      .setDocumentId(document)
                      .build()
                      .toByteArray())
              .build());
    }
    return GenerationChanges.of(messages).iterator().next();
  }

  private GenerationChanges events(long generation) {
    return assertInstanceOf(Turn.Events.class, lines.next(generation)).changes();
  }

  @Test
  void whatWaitsIsDealtWithTogetherUpToTheLimitOfATurn() {
    assertTrue(lines.add(changes(1, 10)));
    assertTrue(lines.add(changes(1, 11, 12)));
    assertTrue(lines.add(changes(1, 13)));
    GenerationChanges first = events(1);
    assertEquals(Set.of(10L, 11L, 12L), first.documentIds());
    assertEquals(3, first.messages().size());
    lines.done(first);
    assertEquals(Set.of(13L), events(1).documentIds());
    assertEquals(List.of(1L), opened, "one thread for all of them");
  }

  @Test
  void aLineEndsWhenItIsEmptyAndIsOpenedAgain() {
    lines.add(changes(1, 10));
    lines.done(events(1));
    assertEquals(new Turn.Nothing(), lines.next(1));
    lines.add(changes(1, 11));
    assertEquals(List.of(1L, 1L), opened);
  }

  @Test
  void aFullLineIsBehindAndCatchesUpAfterTheEventsItHolds() {
    assertTrue(lines.add(changes(1, 10, 11, 12)));
    assertFalse(lines.add(changes(1, 13, 14)));
    assertTrue(lines.add(changes(2, 20)), "another generation's line is not full");
    lines.done(events(1));
    assertEquals(new Turn.CatchUp(), lines.next(1));
    lines.catchingUp(1);
    assertEquals(new Turn.Nothing(), lines.next(1));
  }

  @Test
  void whatIsNotTakenInWhileItCatchesUpMakesItBehindAgain() {
    lines.add(changes(1, 10, 11, 12, 13));
    assertFalse(lines.add(changes(1, 14)));
    events(1);
    lines.catchingUp(1);
    assertFalse(lines.add(changes(1, 15)), "those in work count until they are done");
    assertEquals(new Turn.CatchUp(), lines.next(1));
  }

  @Test
  void allLinesTogetherAreBoundedToo() {
    assertTrue(lines.add(changes(1, 10, 11, 12)));
    assertTrue(lines.add(changes(2, 20, 21, 22)));
    assertFalse(lines.add(changes(3, 30)));
    assertEquals(new Turn.CatchUp(), lines.next(3));
    lines.done(events(1));
    assertTrue(lines.add(changes(3, 31)));
  }

  @Test
  void whenTheServiceStopsWhatWaitsIsTakenOut() {
    lines.add(changes(1, 10, 11, 12));
    GenerationChanges inWork = events(1);
    lines.add(changes(1, 13));
    assertEquals(Set.of(13L), lines.clear().getFirst().documentIds());
    lines.done(inWork);
    assertEquals(new Turn.Nothing(), lines.next(1));
  }
}
