package io.github.anople.inspect.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The pieces of a {@link PartPattern}, and where they lie in a path. Time and memory grow with
 * pieces times characters, whatever a person writes: a regular expression with as many stars could
 * take years to find that a name does not fit.
 *
 * @param pieces in order
 * @param anyExtension whether a picture's extension follows that no piece stands for
 */
record PartNames(List<Piece> pieces, boolean anyExtension) {

  static final Piece ANY = new Piece(Kind.ANY, "");
  static final Piece PART = new Piece(Kind.PART, "");
  static final Piece VIEW = new Piece(Kind.VIEW, "");

  /** What a piece stands for. */
  enum Kind {
    /** Itself. */
    TEXT,
    /** Any number of characters of a name, the fewest that do. */
    ANY,
    /** One character or more, the most that do. */
    PART,
    /** One character or more, the fewest that do. */
    VIEW
  }

  /** A piece; only {@link Kind#TEXT} has a text. */
  record Piece(Kind kind, String text) {}

  PartNames {
    pieces = List.copyOf(pieces);
  }

  static Piece text(String text) {
    return new Piece(Kind.TEXT, text);
  }

  /** The part, with the folders before the pattern, and the view; empty where it does not fit. */
  Optional<PartPattern.Match> match(String path) {
    if (!anyExtension) {
      return inside(path);
    }
    int point = path.lastIndexOf('.');
    boolean has = point > path.lastIndexOf('/') && point + 1 < path.length();
    return has ? inside(path.substring(0, point)) : Optional.empty();
  }

  private Optional<PartPattern.Match> inside(String path) {
    int begin = begin(path);
    if (begin < 0) {
      return Optional.empty();
    }
    List<BitSet> ends = fitting(path);
    if (!ends.get(0).get(begin)) {
      return Optional.empty();
    }
    String part = "";
    Optional<String> view = Optional.empty();
    int at = begin;
    for (int i = 0; i < pieces.size(); i++) {
      int end = end(path, at, pieces.get(i), ends.get(i + 1));
      if (pieces.get(i).kind() == Kind.PART) {
        part = path.substring(0, begin) + path.substring(at, end);
      } else if (pieces.get(i).kind() == Kind.VIEW) {
        view = Optional.of(path.substring(at, end));
      }
      at = end;
    }
    return Optional.of(new PartPattern.Match(part, view));
  }

  /** Behind the folders that belong to the part: only text has slashes, so their number tells. */
  private int begin(String path) {
    long names =
        pieces.stream().flatMapToInt(piece -> piece.text().chars()).filter(c -> c == '/').count();
    int at = path.length();
    for (long left = names; left >= 0; left--) {
      at = path.lastIndexOf('/', at - 1);
      if (at < 0) {
        return left == 0 ? 0 : -1;
      }
    }
    return at + 1;
  }

  /** For each piece, and behind the last, the places from which all that is left fits. */
  private List<BitSet> fitting(String path) {
    List<BitSet> places = new ArrayList<>();
    BitSet next = new BitSet();
    next.set(path.length());
    places.add(next);
    for (int i = pieces.size() - 1; i >= 0; i--) {
      next = before(path, pieces.get(i), next);
      places.add(0, next);
    }
    return places;
  }

  private static BitSet before(String path, Piece piece, BitSet next) {
    BitSet places = new BitSet();
    if (piece.kind() == Kind.TEXT) {
      for (int at = path.indexOf(piece.text()); at >= 0; at = path.indexOf(piece.text(), at + 1)) {
        places.set(at, next.get(at + piece.text().length()));
      }
      return places;
    }
    boolean reached = piece.kind() == Kind.ANY && next.get(path.length());
    places.set(path.length(), reached);
    for (int at = path.length() - 1; at >= 0; at--) {
      boolean inside = path.charAt(at) != '/';
      // One character at least, unless any number will do.
      reached = inside && (reached || next.get(at + 1));
      reached |= piece.kind() == Kind.ANY && next.get(at);
      places.set(at, reached);
    }
    return places;
  }

  private static int end(String path, int at, Piece piece, BitSet next) {
    if (piece.kind() == Kind.TEXT) {
      return at + piece.text().length();
    }
    if (piece.kind() != Kind.PART) {
      return next.nextSetBit(piece.kind() == Kind.ANY ? at : at + 1);
    }
    int slash = path.indexOf('/', at);
    return next.previousSetBit(slash < 0 ? path.length() : slash);
  }
}
