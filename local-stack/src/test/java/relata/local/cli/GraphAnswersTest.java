package relata.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class GraphAnswersTest {
  @Test
  void anOverviewSaysHowManyAndHowTheyHangTogether() {
    assertEquals(
        """
        1,400 documents linked, 2 pending; 5,230 edges, density 0.00534
        edges a document: median 7, 90 % up to 12, 99 % up to 20, most 35, mean 7.5
        3 components, the largest of 1397, 2, 1 documents; 1 documents without an edge
        """,
        printed(
            GraphAnswers::printOverview,
            """
            {"pendingCount":2,"statistics":{"nodes":1400,"edges":5230,"density":0.00534,
             "isolatedNodes":1,"degrees":{"min":0,"median":7,"p90":12,"p99":20,"max":35,"mean":7.5},
             "componentCount":3,"components":[1397,2,1]}}"""));
  }

  @Test
  void aPathTellsEachStepWithTheTextsThatAreAlike() {
    assertEquals(
        """
        A  [a]
          0.7500
                  this
                  that
        (deleted)
          0.5000
                  other
        B  [b]
        """,
        printed(
            GraphAnswers::printPath,
            """
            {"connected":true,"steps":[
             {"from":{"id":"a","title":"A"},"to":null,"similarity":0.75,
              "chunk":{"text":"this"},"toChunk":{"text":"that"}},
             {"from":null,"to":{"id":"b","title":"B"},"similarity":0.5,
              "chunk":null,"toChunk":{"text":"other"}}]}"""));
  }

  @Test
  void documentsWithoutAWayAreSaidToHaveNone() {
    assertEquals(
        "There is no way from one to the other.\n",
        printed(GraphAnswers::printPath, "{\"connected\":false,\"steps\":[]}"));
    assertEquals(
        "They are the same document.\n",
        printed(GraphAnswers::printPath, "{\"connected\":true,\"steps\":[]}"));
  }

  @Test
  void communitiesShowTheirSizeAndSomeOfTheirDocuments() {
    assertEquals(
        """
        3 communities, modularity 0.4198
        12 documents, 30 edges
          A  [a]
        and 2 more
        """,
        printed(
            GraphAnswers::printCommunities,
            """
            {"count":3,"modularity":0.4198,"communitiesOmitted":2,"communities":[
             {"size":12,"edges":30,"members":[{"id":"a","title":"A","strength":3.1}]}]}"""));
  }

  @Test
  void duplicatesAreShownGroupByGroup() {
    assertEquals(
        """
        2 documents
          A  [a]
          B  [b]
        """,
        printed(
            GraphAnswers::printDuplicates,
            """
            {"groupsOmitted":0,"groups":[
             {"size":2,"documents":[{"id":"a","title":"A"},{"id":"b","title":"B"}]}]}"""));
    assertEquals(
        "No two documents are that similar.\n",
        printed(GraphAnswers::printDuplicates, "{\"groups\":[],\"groupsOmitted\":0}"));
  }

  private static String printed(BiConsumer<PrintWriter, JsonNode> print, String answer) {
    StringWriter text = new StringWriter();
    try {
      print.accept(new PrintWriter(text, true), new ObjectMapper().readTree(answer));
    } catch (JsonProcessingException broken) {
      throw new AssertionError(broken);
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
