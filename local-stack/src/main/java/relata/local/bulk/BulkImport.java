package relata.local.bulk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import relata.local.client.ApiException;
import relata.local.client.BulkAnswer;
import relata.local.client.RelataClient;
import relata.local.source.SourceItem;

/**
 * Sends what readers find to one collection, in requests of bounded size. It holds one request's
 * documents in memory, however large the source is.
 */
public final class BulkImport implements Consumer<SourceItem> {
  /** A request that fails half-way costs this much to repeat. */
  private static final int MOST_DOCUMENTS = 250;

  private static final int MOST_BYTES = 1 << 20;
  private static final int TOO_LARGE = 413;

  private final RelataClient client;
  private final String collection;
  private final Consumer<Rejection> rejections;
  private final List<SourceItem.Document> waiting = new ArrayList<>();
  private int waitingBytes;
  private ImportSummary summary = ImportSummary.NOTHING;

  /** The collection must be there. */
  public BulkImport(RelataClient client, String collection, Consumer<Rejection> rejections) {
    this.client = client;
    this.collection = collection;
    this.rejections = rejections;
  }

  @Override
  public void accept(SourceItem item) {
    switch (item) {
      case SourceItem.Broken broken -> reject(broken.location(), broken.detail());
      case SourceItem.Document document -> add(document);
    }
  }

  /** Sends what is left. To be called once, at the end. */
  public ImportSummary finish() {
    flush();
    return summary;
  }

  private void add(SourceItem.Document document) {
    int bytes = document.json().getBytes(StandardCharsets.UTF_8).length + 1;
    if (!waiting.isEmpty()
        && (waiting.size() == MOST_DOCUMENTS || waitingBytes + bytes > MOST_BYTES)) {
      flush();
    }
    waiting.add(document);
    waitingBytes += bytes;
  }

  private void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    List<SourceItem.Document> sent = List.copyOf(waiting);
    waiting.clear();
    waitingBytes = 0;
    List<BulkAnswer> answers;
    try {
      answers = client.bulk(collection, sent.stream().map(SourceItem.Document::json).toList());
    } catch (ApiException refused) {
      if (refused.status() == TOO_LARGE && sent.size() == 1) {
        reject(sent.getFirst().location(), refused.getMessage());
        return;
      }
      throw refused;
    }
    for (int i = 0; i < sent.size(); i++) {
      count(sent.get(i), answers.get(i));
    }
  }

  private void count(SourceItem.Document document, BulkAnswer answer) {
    switch (answer.outcome()) {
      case "created" -> summary = summary.plus(new ImportSummary(1, 0, 0, 0));
      case "updated" -> summary = summary.plus(new ImportSummary(0, 1, 0, 0));
      case "unchanged" -> summary = summary.plus(new ImportSummary(0, 0, 1, 0));
      default -> reject(document.location(), answer.detail());
    }
  }

  private void reject(String location, String detail) {
    summary = summary.plus(new ImportSummary(0, 0, 0, 1));
    rejections.accept(new Rejection(location, detail));
  }
}
