package relata.system.layering;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules between packages, held against the classes that the build just made. */
final class LayeringTest {
  private static final Map<Layer, JavaClasses> IMPORTED = new EnumMap<>(Layer.class);

  /** Imported once for all rules: reading the generated messages takes the most of the time. */
  private static JavaClasses classesOf(Layer layer) {
    return IMPORTED.computeIfAbsent(
        layer, each -> new ClassFileImporter().importPath(each.classes()));
  }

  @AfterAll
  static void forget() {
    IMPORTED.clear();
  }

  @ParameterizedTest
  @EnumSource
  void usesOfTheProjectOnlyWhatItMay(Layer layer) {
    String[] allowed =
        Stream.concat(Stream.of(layer), layer.mayUse().stream())
            .map(each -> each.rootPackage + "..")
            .toArray(String[]::new);

    classes()
        .should()
        .onlyDependOnClassesThat(resideOutsideOfPackage("relata..").or(resideInAnyPackage(allowed)))
        .check(classesOf(layer));
  }

  @ParameterizedTest
  @EnumSource
  void livesUnderItsOwnRootPackage(Layer layer) {
    classes().should().resideInAPackage(layer.rootPackage + "..").check(classesOf(layer));
  }

  @ParameterizedTest
  @EnumSource
  void hasNoCycleBetweenPackages(Layer layer) {
    slices().matching("relata.(**)").should().beFreeOfCycles().check(classesOf(layer));
  }

  @ParameterizedTest
  @EnumSource
  void namesNothingImpl(Layer layer) {
    noClasses().should().haveSimpleNameEndingWith("Impl").check(classesOf(layer));
  }

  @ParameterizedTest
  @EnumSource
  void namesPackagesAfterFeatures(Layer layer) {
    noClasses()
        .should()
        .resideInAnyPackage("..dto..", "..impl..", "..mapper..", "..service..", "..util..")
        .check(classesOf(layer));
  }

  @ParameterizedTest
  @EnumSource(names = "CONTRACTS")
  void needsNothingButTheJdkAndProtobuf(Layer layer) {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "com.google.protobuf..", layer.rootPackage + ".."))
        .check(classesOf(layer));
  }

  @ParameterizedTest
  @EnumSource(names = {"API", "WORKER", "GRAPH"})
  void hasNoJdbc(Layer service) {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "org.flywaydb.."))
        .check(classesOf(service));
  }

  /** A pure package that is gone or renamed fails as well: ArchUnit refuses a rule over nothing. */
  @ParameterizedTest
  @MethodSource("relata.system.layering.PurePackage#all")
  void needsNothingButTheJdkAndWhatIsPureItself(PurePackage pure) {
    String[] allowed =
        Stream.concat(Stream.of("java..", "jdk.incubator.vector.."), PurePackage.of(pure.layer()))
            .toArray(String[]::new);

    classes()
        .that(resideInAPackage(pure.name()))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed))
        .check(classesOf(pure.layer()));
  }
}
