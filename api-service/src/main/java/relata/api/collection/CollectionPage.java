package relata.api.collection;

import java.util.List;

/**
 * Some collections in the order of their names.
 *
 * @param next what to pass as {@code after} for the following ones; null if these were the last
 */
record CollectionPage(List<CollectionView> collections, String next) {
  CollectionPage {
    collections = List.copyOf(collections);
  }
}
