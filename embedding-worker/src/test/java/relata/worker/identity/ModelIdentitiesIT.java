package relata.worker.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;
import relata.worker.catalog.AliasConfig;
import relata.worker.catalog.CatalogParts;
import relata.worker.catalog.ListedModel;
import relata.worker.catalog.Listing;
import relata.worker.catalog.ListingCatalog;
import relata.worker.catalog.ModelsConfig;
import relata.worker.database.Database;
import relata.worker.support.Content;
import relata.worker.support.OllamaPort;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class ModelIdentitiesIT {
  private static final String MODEL = "all-minilm";

  @Inject Content content;
  @Inject Database database;
  @Inject IdentityConfig config;
  @Inject AliasConfig aliases;

  private String digest = "old";

  @Test
  void aGenerationThatMeetsItsModelAfterAnExchangeTakesTheDigestFromNoOlderList() {
    CatalogParts parts =
        CatalogParts.of(new ListingCatalog(this::list), new HourOldLists(), aliases);
    ModelIdentities identities = new ModelIdentities(database, parts.installed(), config);
    long before = content.collection().generationId();
    long after = content.collection().generationId();
    assertEquals("old", met(identities, before));

    digest = "new";
    assertEquals("new", met(identities, after));
    assertInstanceOf(
        IdentityCheck.Changed.class, identities.meet(before, Purpose.EMBED, MODEL), "it was heard");
  }

  private Listing list() {
    return new Listing.Models(List.of(new ListedModel(MODEL + ":latest", digest, 1, 0)));
  }

  /** What is recorded for a generation that embeds now. */
  private static String met(ModelIdentities identities, long generation) {
    IdentityCheck check = identities.meet(generation, Purpose.EMBED, MODEL);
    ModelIdentity now = assertInstanceOf(IdentityCheck.Same.class, check).identity();
    identities.confirm(
        new ModelIdentity(generation, Purpose.EMBED, MODEL, now.digest(), OptionalInt.of(8)));
    return now.digest();
  }

  private record HourOldLists() implements ModelsConfig {
    @Override
    public Optional<List<String>> pinned() {
      return Optional.empty();
    }

    @Override
    public Duration listMaxAge() {
      return Duration.ofHours(1);
    }

    @Override
    public Duration listLimit() {
      return Duration.ofSeconds(2);
    }
  }
}
