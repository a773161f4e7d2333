package relata.api.collection;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;
import relata.api.recipe.Recipe;

/** A collection under one recipe. */
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

  /** For Hibernate. */
  protected GenerationEntity() {}

  /** The first generation of a collection: it has nothing to build, so it is active at once. */
  static GenerationEntity first(long collectionId, Recipe recipe) {
    GenerationEntity generation = new GenerationEntity();
    generation.collectionId = collectionId;
    generation.state = ACTIVE;
    generation.recipe = recipe.json();
    generation.recipeFingerprint = recipe.fingerprint();
    return generation;
  }

  static Uni<GenerationEntity> active(long collectionId) {
    return find("collectionId = ?1 and state = ?2", collectionId, ACTIVE).singleResult();
  }

  Long id() {
    return id;
  }

  String recipe() {
    return recipe;
  }
}
