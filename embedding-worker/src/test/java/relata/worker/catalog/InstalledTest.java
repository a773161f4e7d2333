package relata.worker.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.worker.model.ModelFailure;

class InstalledTest {
  private static final Listing.Models MODELS =
      new Listing.Models(List.of(new ListedModel("all-minilm", "abc", 1, 0)));
  private static final Listing AWAY =
      new Listing.Unknown(new ModelFailure.Transient("timeout", "No answer."));

  private Instant now = Instant.EPOCH;
  private Listing listing = MODELS;
  private int asked;
  private final Installed installed =
      new Installed(new ListingCatalog(this::list), new Config(), clock(() -> now));

  @Test
  void theServerIsAskedOnceInTheTimeThatAListMayBeOld() {
    assertEquals(MODELS, installed.recent());
    now = now.plusSeconds(59);
    assertEquals(MODELS, installed.recent());
    assertEquals(1, asked);
    now = now.plusSeconds(1);
    assertEquals(MODELS, installed.recent());
    assertEquals(2, asked);
  }

  @Test
  void aServerThatIsAwayIsAskedAgainAfterAMomentAndNotByEverybody() {
    installed.recent();
    listing = AWAY;
    now = now.plusSeconds(60);
    assertInstanceOf(Listing.Unknown.class, installed.recent());
    assertInstanceOf(Listing.Unknown.class, installed.recent());
    assertEquals(2, asked);
    assertEquals(MODELS, installed.lastKnown());

    listing = MODELS;
    now = now.plusSeconds(2);
    assertEquals(MODELS, installed.recent());
    assertEquals(3, asked);
  }

  private Listing list() {
    asked++;
    return listing;
  }

  private static Clock clock(InstantSource source) {
    return source.withZone(ZoneOffset.UTC);
  }

  private record Config() implements ModelsConfig {
    @Override
    public Optional<List<String>> pinned() {
      return Optional.empty();
    }

    @Override
    public Duration listMaxAge() {
      return Duration.ofSeconds(60);
    }

    @Override
    public Duration listLimit() {
      return Duration.ofSeconds(2);
    }
  }
}
