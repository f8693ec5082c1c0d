package io.github.anople.benchmark.drawing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes elements, and of what it is given only what XML may hold. Begins no new line inside. */
final class XmlElements {

  private static final char REPLACEMENT = '\uFFFD';

  private final XMLStreamWriter out;

  XmlElements(OutputStream out) {
    try {
      // The JDK's own, so that no other library on the class path changes a byte.
      this.out =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  /** Begins an element. */
  void start(String name, Map<String, ?> attributes) {
    try {
      out.writeStartElement(name);
      attributes(attributes);
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  /** An element without content. */
  void empty(String name, Map<String, ?> attributes) {
    try {
      out.writeEmptyElement(name);
      attributes(attributes);
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  /** An element of text. */
  void text(String name, Map<String, ?> attributes, String text) {
    start(name, attributes);
    try {
      out.writeCharacters(clean(text));
    } catch (XMLStreamException e) {
      throw failed(e);
    }
    end();
  }

  /** Ends the element that was begun last. */
  void end() {
    try {
      out.writeEndElement();
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  void flush() {
    try {
      out.flush();
    } catch (XMLStreamException e) {
      throw failed(e);
    }
  }

  private void attributes(Map<String, ?> attributes) throws XMLStreamException {
    for (Map.Entry<String, ?> one : attributes.entrySet()) {
      Object value = one.getValue();
      out.writeAttribute(
          one.getKey(),
          value instanceof Number number ? plain(number.doubleValue()) : clean(value.toString()));
    }
  }

  /** A number to a thousandth, without an exponent or a zero at its end. */
  static String plain(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("nothing can be drawn at " + value);
    }
    String text = String.format(Locale.ROOT, "%.3f", value);
    String cut = text.replaceFirst("\\.?0+$", "");
    return cut.equals("-0") ? "0" : cut;
  }

  /** Control characters become spaces; what XML cannot hold, half a character say, a mark. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .map(
            point -> {
              if (Character.isISOControl(point)) {
                return ' ';
              }
              boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
              return half || point == 0xFFFE || point == 0xFFFF ? REPLACEMENT : point;
            })
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static UncheckedIOException failed(XMLStreamException e) {
    return new UncheckedIOException(
        e.getCause() instanceof IOException cause ? cause : new IOException(e));
  }
}
