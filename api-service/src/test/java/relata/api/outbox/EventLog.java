package relata.api.outbox;

import com.google.protobuf.InvalidProtocolBufferException;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.contracts.v1.ContentChanged;
import relata.local.testing.Patiently;

/** Listens to what is published from its making on. */
public final class EventLog implements AutoCloseable {
  private final Connection nats;
  private final List<Received> events = new CopyOnWriteArrayList<>();

  public EventLog(String url) throws IOException, InterruptedException, TimeoutException {
    this.nats = Patiently.connect(url);
    nats.createDispatcher(message -> events.add(received(message)))
        .subscribe(Subjects.CONTENT_CHANGED_ALL);
    nats.flush(Duration.ofSeconds(20));
  }

  /** An event with the id that NATS drops repetitions by. */
  public record Received(String subject, String messageId, ContentChanged event) {}

  /** What was published about a collection, in the order of arrival. */
  public List<Received> of(long collectionId) {
    return events.stream().filter(e -> e.event().getCollectionId() == collectionId).toList();
  }

  StreamInfo stream() throws IOException, JetStreamApiException {
    return management().getStreamInfo(Streams.CONTENT);
  }

  boolean hasStream() {
    try {
      return stream() != null;
    } catch (IOException | JetStreamApiException missing) {
      return false;
    }
  }

  JetStreamManagement management() throws IOException {
    return nats.jetStreamManagement();
  }

  @Override
  public void close() throws InterruptedException {
    nats.close();
  }

  private static Received received(Message message) {
    try {
      return new Received(
          message.getSubject(),
          message.getHeaders().getFirst("Nats-Msg-Id"),
          ContentChanged.parseFrom(message.getData()));
    } catch (InvalidProtocolBufferException notOurs) {
      throw new IllegalStateException(notOurs);
    }
  }
}
