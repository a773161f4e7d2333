package relata.api.generation;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.collection.FoundCollection;
import relata.api.generation.GenerationState.Building;
import relata.api.status.CollectionStatus;
import relata.api.status.GenerationStatus;
import relata.api.status.StatusQuery;

/** Shows generations with all that is known of them. */
@Singleton
public final class GenerationReader {
  private final GenerationBook book;
  private final GenerationRows rows;
  private final WholenessQuery wholeness;
  private final StatusQuery status;

  GenerationReader(
      GenerationBook book, GenerationRows rows, WholenessQuery wholeness, StatusQuery status) {
    this.book = book;
    this.rows = rows;
    this.wholeness = wholeness;
    this.status = status;
  }

  /**
   * Some generations, newest first.
   *
   * @param next what to pass as {@code before} for the older ones; null if these were the last
   */
  @Schema(name = "GenerationPage")
  record Page(List<GenerationView> generations, Long next) {
    Page {
      generations = List.copyOf(generations);
    }
  }

  /** One generation; fails with 404 if the collection has none of that id. */
  public Uni<GenerationView> view(FoundCollection collection, long generation) {
    return book.read(collection, generation)
        .chain(
            found -> {
              Generation asked = found.require(generation);
              return status
                  .of(collection, generation)
                  .chain(counts -> view(collection, found.active().id(), asked, counts));
            });
  }

  /** The generations older than {@code before}; only those at work are counted. */
  Uni<Page> page(FoundCollection collection, long before, int limit) {
    return rows.page(book.database(), collection.id(), before, limit + 1)
        .chain(found -> status.of(collection).chain(counts -> views(collection, found, counts)))
        .map(views -> page(views, limit));
  }

  private Uni<List<GenerationView>> views(
      FoundCollection collection, List<Generation> generations, CollectionStatus counts) {
    List<Uni<GenerationView>> views = new ArrayList<>();
    for (Generation generation : generations) {
      GenerationStatus own =
          Stream.of(counts.active(), counts.building())
              .filter(one -> one != null && one.generation() == generation.id())
              .findFirst()
              .orElse(null);
      views.add(view(collection, counts.active().generation(), generation, own));
    }
    return views.isEmpty()
        ? Uni.createFrom().item(List.of())
        : Uni.join().all(views).usingConcurrencyOf(1).andFailFast();
  }

  private Uni<GenerationView> view(
      FoundCollection collection, long active, Generation generation, GenerationStatus counts) {
    return generation.state() instanceof Building
        ? wholeness
            .count(book.database(), collection.id(), active, generation.id())
            .map(counted -> GenerationView.of(generation, counts, counted))
        : Uni.createFrom().item(GenerationView.of(generation, counts, null));
  }

  private static Page page(List<GenerationView> views, int limit) {
    // One more than asked for says that there is a next page.
    return views.size() <= limit
        ? new Page(views, null)
        : new Page(views.subList(0, limit), views.get(limit - 1).generation());
  }
}
