package relata.api.document;

import java.util.Arrays;
import java.util.List;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;

/** What a client demands of a document's state before it is changed. */
sealed interface Precondition {
  /** Nothing. */
  record None() implements Precondition {}

  /** {@code If-None-Match: *}: it must not exist yet. */
  record Absent() implements Precondition {}

  /** {@code If-Match: *}: it must exist. */
  record Present() implements Precondition {}

  /** {@code If-Match: "tag"}: it must have one of these tags. */
  record OneOf(List<Tag> tags) implements Precondition {
    public OneOf {
      tags = List.copyOf(tags);
    }
  }

  /**
   * Reads the headers of a change; null stands for a header that was not sent.
   *
   * @throws relata.api.problem.ProblemException 400 if they cannot be meant
   */
  static Precondition of(String ifMatch, String ifNoneMatch) {
    if (ifMatch != null && ifNoneMatch != null) {
      throw Problem.invalid("If-Match", "Cannot stand beside If-None-Match.").exception();
    }
    if (ifNoneMatch != null) {
      if (!"*".equals(ifNoneMatch.strip())) {
        throw Problem.invalid("If-None-Match", "Must be * for a change.").exception();
      }
      return new Absent();
    }
    if (ifMatch == null) {
      return new None();
    }
    return "*".equals(ifMatch.strip()) ? new Present() : new OneOf(tags(ifMatch));
  }

  /** The tags of a header; a weak one is kept with its prefix, so that it equals none of ours. */
  static List<Tag> tags(String header) {
    return Arrays.stream(header.split(",", -1)).map(String::strip).map(Tag::new).toList();
  }

  /** Throws the 412 that says the current tag, unless {@code current} (null: absent) will do. */
  default void demand(Tag current) {
    boolean holds =
        switch (this) {
          case None none -> true;
          case Absent absent -> current == null;
          case Present present -> current != null;
          case OneOf oneOf -> current != null && oneOf.tags().contains(current);
        };
    if (!holds) {
      throw failed(current).exception();
    }
  }

  private static Problem failed(Tag current) {
    String detail =
        current == null
            ? "The document does not exist."
            : "The document's current tag is " + current.text() + ".";
    return Problem.of(ProblemType.PRECONDITION_FAILED, detail);
  }
}
