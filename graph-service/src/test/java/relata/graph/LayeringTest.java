package relata.graph;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayeringTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("relata.graph");

  @Test
  void indexNeighbourListsAndNetworkKnowTheJdkAlone() {
    for (String pure : new String[] {"vector", "neighbor", "network"}) {
      classes()
          .that()
          .resideInAPackage("relata.graph." + pure)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "relata.graph." + pure)
          .check(CLASSES);
    }
  }

  @Test
  void engineKnowsTheJdkAndWhatAnIndexIs() {
    classes()
        .that()
        .resideInAPackage("relata.graph.engine")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "jdk.incubator.vector..", "relata.graph.vector", "relata.graph.engine")
        .check(CLASSES);
  }

  @Test
  void tuningKnowsTheJdkAndWhatAnEffortIs() {
    classes()
        .that()
        .resideInAPackage("relata.graph.tune")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "relata.graph.vector", "relata.graph.tune")
        .check(CLASSES);
  }

  @Test
  void noPartOfTheServiceKnowsWhichSystemKeepsWhatIsShared() {
    noClasses()
        .that()
        .resideOutsideOfPackages("relata.graph.opensearch", "relata.graph.bench")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("relata.graph.opensearch")
        .check(CLASSES);
  }

  @Test
  void theServiceDoesWithoutTheBench() {
    noClasses()
        .that()
        .resideOutsideOfPackage("relata.graph.bench")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("relata.graph.bench")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("relata.graph.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void ofTheOtherModulesOnlyTheContractsAndTlsAreKnown() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "jdk.incubator.vector..",
            "jakarta..",
            "javax.net.ssl",
            "com..",
            "io..",
            "org..",
            "relata.contracts..",
            "relata.tls",
            "relata.graph..")
        .check(CLASSES);
  }

  @Test
  void luceneStaysInTheTextIndexAndThePeerOfABench() {
    classes()
        .that()
        .resideOutsideOfPackages("relata.graph.text", "relata.graph.bench")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("org.apache.lucene..")
        .check(CLASSES);
  }
}
