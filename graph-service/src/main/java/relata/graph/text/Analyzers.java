package relata.graph.text;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;

/** One analyzer a language, made when it is first needed: each reads its stop words and tables. */
final class Analyzers {
  private static final Map<Language, Analyzer> MADE = new ConcurrentHashMap<>();

  private Analyzers() {}

  static Analyzer of(Language language) {
    return MADE.computeIfAbsent(language, Analyzers::make);
  }

  /** Of words as they are written, for prefixes. */
  static Analyzer asWritten() {
    return of(Language.STANDARD);
  }

  private static Analyzer make(Language language) {
    return switch (language) {
      case DA -> new DanishAnalyzer();
      case DE -> new GermanAnalyzer();
      case EN -> new EnglishAnalyzer();
      case ES -> new SpanishAnalyzer();
      case FI -> new FinnishAnalyzer();
      case FR -> new FrenchAnalyzer();
      case IT -> new ItalianAnalyzer();
      case NL -> new DutchAnalyzer();
      case NO -> new NorwegianAnalyzer();
      case PT -> new PortugueseAnalyzer();
      case RU -> new RussianAnalyzer();
      case SV -> new SwedishAnalyzer();
      case STANDARD -> new StandardAnalyzer();
    };
  }
}
