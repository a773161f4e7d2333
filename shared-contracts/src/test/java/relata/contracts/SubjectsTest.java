package relata.contracts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SubjectsTest {
  @Test
  void subjectOfATenantIsCaughtByItsStream() {
    var wildcards =
        Map.of(
            Subjects.contentChanged("acme"), Subjects.CONTENT_CHANGED_ALL,
            Subjects.featuresChanged("acme"), Subjects.FEATURES_CHANGED_ALL,
            Subjects.edgesChanged("acme"), Subjects.EDGES_CHANGED_ALL);
    wildcards.forEach(
        (subject, wildcard) ->
            assertTrue(
                subject.matches(wildcard.replace(".", "\\.").replace("*", "[^.]+")),
                () -> wildcard + " does not catch " + subject));
  }
}
