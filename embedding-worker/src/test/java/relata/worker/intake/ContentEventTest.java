package relata.worker.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.contracts.v1.ContentChanged;

class ContentEventTest {
  @Test
  void eventsAreToldApart() {
    assertEquals(Optional.of(new ContentEvent.Written(3, 7)), parse(3, 7, false));
    assertEquals(Optional.of(new ContentEvent.Deleted(7)), parse(3, 7, true));
    assertEquals(Optional.of(new ContentEvent.CollectionDeleted(3)), parse(3, 0, true));
  }

  @Test
  void whatMakesNoSenseIsNoEvent() {
    assertEquals(Optional.empty(), parse(0, 7, false));
    assertEquals(Optional.empty(), parse(3, 0, false));
    assertEquals(Optional.empty(), parse(3, -1, true));
    assertEquals(Optional.empty(), ContentEvent.parse(new byte[] {(byte) 0xff}));
    assertEquals(Optional.empty(), ContentEvent.parse(new byte[0]));
  }

  private static Optional<ContentEvent> parse(long collection, long document, boolean deleted) {
    return ContentEvent.parse(
        ContentChanged.newBuilder()
            .setTenant("default")
            .setCollectionId(collection)
            .setDocumentId(document)
            .setDeleted(deleted)
            .build()
            .toByteArray());
  }
}
