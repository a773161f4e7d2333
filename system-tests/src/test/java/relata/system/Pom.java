package relata.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** A pom as it is written, without what it inherits. */
public final class Pom {
  private final Element project;

  private Pom(Element project) {
    this.project = project;
  }

  /** What a pom says about one dependency; the scope is {@code compile} if it says nothing. */
  public record Dependency(String group, String artifact, String scope) {}

  /** Reads the pom of a folder. */
  public static Pom in(Path folder) throws IOException {
    try {
      return new Pom(
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(folder.resolve("pom.xml").toFile())
              .getDocumentElement());
    } catch (ParserConfigurationException | SAXException unreadable) {
      throw new IOException("Cannot read the pom in " + folder, unreadable);
    }
  }

  /** The version, which only the parent's pom has. */
  public String version() {
    return text(project, "version", "");
  }

  /** The folders of the modules, as the parent's pom lists them. */
  public List<String> modules() {
    return children(project, "modules").stream()
        .flatMap(modules -> children(modules, "module").stream())
        .map(module -> module.getTextContent().strip())
        .toList();
  }

  /** What the module depends on by its own words. */
  public List<Dependency> dependencies() {
    return children(project, "dependencies").stream()
        .flatMap(dependencies -> children(dependencies, "dependency").stream())
        .map(
            each ->
                new Dependency(
                    text(each, "groupId", ""),
                    text(each, "artifactId", ""),
                    text(each, "scope", "compile")))
        .toList();
  }

  private static String text(Element parent, String name, String otherwise) {
    return children(parent, name).stream()
        .map(element -> element.getTextContent().strip())
        .findFirst()
        .orElse(otherwise);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
