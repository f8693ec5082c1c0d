package io.github.anople.torch.clip;

import io.github.anople.core.InputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a vocabulary file: a comment line, then one merge a line, maybe gzipped. */
final class MergesReader {

  /** CLIP's longest line has 65 characters; an endless one must not fill the memory. */
  private static final int MAX_LINE_BYTES = 1024;

  /** CLIP's file has 3 MiB, decompressed; a gzip bomb has any number. */
  private static final int MAX_BYTES = 64 << 20;

  private static final String REMEDY =
      "restore it from the source of the backbone (merges.txt or bpe_simple_vocab_16e6.txt.gz)";

  private final InputStream source;
  private final String name;
  private int line;
  private int bytesRead;

  MergesReader(InputStream source, String name) {
    this.source = source;
    this.name = name;
  }

  /** The first {@code count} merges; nothing after them is read. */
  BytePairMerges read(int count) {
    try {
      // Not closed here: the stream belongs to the caller.
      InputStream in = plain(new BufferedInputStream(source));
      if (nextLine(in) == null) {
        throw fault("is empty");
      }
      return new BytePairMerges(merges(in, count));
    } catch (EOFException | ZipException e) {
      throw fault("is damaged or cut short at line " + line + " (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw fault("cannot be read at line " + line + " (" + e.getMessage() + ")");
    }
  }

  private Map<Long, Integer> merges(InputStream in, int count) throws IOException {
    Map<String, Integer> symbols = byteSymbols();
    Map<Long, Integer> ranks = new HashMap<>();
    for (int rank = 0; rank < count; rank++) {
      String text = nextLine(in);
      if (text == null) {
        throw new InputException(
            name,
            "has " + rank + " merges, but vocab_size " + (count + 514) + " needs " + count,
            "use the vocabulary that belongs to the model");
      }
      int space = text.indexOf(' ');
      if (space <= 0 || space == text.length() - 1 || text.indexOf(' ', space + 1) >= 0) {
        throw fault("line " + line + " is " + shown(text) + ", not two symbols and one space");
      }
      String left = text.substring(0, space);
      String right = text.substring(space + 1);
      ranks.put(BytePairMerges.pair(known(symbols, left), known(symbols, right)), rank);
      if (symbols.putIfAbsent(left + right, 512 + rank) != null) {
        throw fault("line " + line + " makes the symbol " + shown(left + right) + " a second time");
      }
    }
    return ranks;
  }

  private int known(Map<String, Integer> symbols, String symbol) {
    Integer id = symbols.get(symbol);
    if (id == null) {
      throw fault(
          "line " + line + " uses the symbol " + shown(symbol) + ", which no line before it makes");
    }
    return id;
  }

  private static Map<String, Integer> byteSymbols() {
    Map<String, Integer> symbols = new HashMap<>();
    for (int id = 0; id < 256; id++) {
      String character = String.valueOf(BytePairMerges.character(id));
      symbols.put(character, id);
      symbols.put(character + "</w>", 256 + id);
    }
    return symbols;
  }

  /** Gzip is told by its first two bytes, not by the name. */
  private static InputStream plain(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new BufferedInputStream(new GZIPInputStream(in)) : in;
  }

  /** The next line without its end (LF or CRLF), or null after the last. */
  private String nextLine(InputStream in) throws IOException {
    line++;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (bytes.size() == MAX_LINE_BYTES) {
        throw fault("line " + line + " is longer than " + MAX_LINE_BYTES + " bytes");
      }
      bytes.write(b);
    }
    bytesRead += bytes.size() + 1;
    if (bytesRead > MAX_BYTES) {
      throw fault("is longer than " + MAX_BYTES + " bytes");
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    } catch (CharacterCodingException e) {
      throw fault("line " + line + " is not UTF-8");
    }
  }

  private static String shown(String value) {
    return '"' + (value.length() <= 60 ? value : value.substring(0, 60) + "…") + '"';
  }

  private InputException fault(String problem) {
    return new InputException(name, problem, REMEDY);
  }
}
