package relata.worker.support;

import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.List;
import relata.worker.pipeline.Pipeline;
import relata.worker.support.Content.Collection;

/** Has documents described, and reads what was written about them. */
@Singleton
public final class DescribedDocuments {
  private final Content content;
  private final Pipeline pipeline;

  DescribedDocuments(Content content, Pipeline pipeline) {
    this.content = content;
    this.pipeline = pipeline;
  }

  /** A recipe with descriptions by {@code test-writer} and the prompt {@code v1}. */
  public JsonObject recipe() {
    return Content.recipe()
        .put(
            "describe",
            new JsonObject()
                .put("model", "test-writer")
                .put("prompt", "v1")
                .put("promptSha256", sha256("v1"))
                .put("maxInputLength", 1000)
                .put("maxLength", 600));
  }

  /** Works on the documents as one batch, and returns when it is done. */
  public void process(Collection collection, Long... ids) {
    pipeline.process(collection.batch(ids));
  }

  /** The text of a prompt that is built in. */
  public String template(String name) {
    return content
        .texts("select template from content.prompt where tenant is null and name = ?", name)
        .getFirst();
  }

  /** The hash of a prompt that is built in. */
  public String sha256(String name) {
    return content
        .texts(
            "select encode(sha256, 'hex') from content.prompt where tenant is null and name = ?",
            name)
        .getFirst();
  }

  /** What was written about a document under all generations. */
  public List<String> texts(long documentId) {
    return content.texts(
        "select text from feature.description where document_id = ? order by 1", documentId);
  }
}
