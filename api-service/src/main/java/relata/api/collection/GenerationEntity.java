package relata.api.collection;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import relata.api.resolution.ResolvedRecipe;

/** A collection under one recipe, as it is written when the collection is made. */
@Entity(name = "Generation")
@Table(schema = "content", name = "generation")
public class GenerationEntity extends PanacheEntityBase {
  private static final String ACTIVE = "active";

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "collection_id", nullable = false, updatable = false)
  private Long collectionId;

  @Column(nullable = false)
  private String state;

  /** As text both ways: the driver would read numbers as doubles and write text as a string. */
  @Column(nullable = false, updatable = false)
  @ColumnTransformer(read = "cast(recipe as text)", write = "cast(cast(? as text) as jsonb)")
  private String recipe;

  @Column(name = "recipe_fingerprint", nullable = false, updatable = false)
  private byte[] recipeFingerprint;

  @Column(nullable = false, updatable = false)
  @ColumnTransformer(read = "cast(written as text)", write = "cast(cast(? as text) as jsonb)")
  private String written;

  @Column(nullable = false, updatable = false)
  @ColumnTransformer(read = "cast(aliases as text)", write = "cast(cast(? as text) as jsonb)")
  private String aliases;

  @Column(name = "activated_at", updatable = false)
  private Instant activatedAt;

  /** For Hibernate. */
  protected GenerationEntity() {}

  /** The first generation of a collection: it has nothing to build, so it is active at once. */
  static GenerationEntity first(long collectionId, ResolvedRecipe resolved) {
    GenerationEntity generation = new GenerationEntity();
    generation.collectionId = collectionId;
    generation.state = ACTIVE;
    generation.recipe = resolved.recipe().json();
    generation.recipeFingerprint = resolved.recipe().fingerprint();
    generation.written = resolved.written();
    generation.aliases = resolved.aliasesJson();
    generation.activatedAt = Instant.now();
    return generation;
  }
}
