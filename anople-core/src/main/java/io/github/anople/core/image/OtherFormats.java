package io.github.anople.core.image;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Formats of pictures that are not read, by how their files begin: a name helps more than bytes.
 */
final class OtherFormats {

  private static final Map<String, String> STARTS = starts();
  private static final Map<String, String> BRANDS =
      Map.of(
          "avif", "an AVIF picture",
          "avis", "an AVIF picture",
          "heic", "a HEIC picture",
          "heix", "a HEIC picture",
          "hevc", "a HEIC picture",
          "mif1", "a HEIF picture",
          "msf1", "a HEIF picture",
          "crx ", "a camera's raw picture");

  private static final Pattern DRAWING =
      Pattern.compile(
          "(?:\\u00ef\\u00bb\\u00bf)?\\s*(?:<\\?xml[^<]*)?(?:<!--.*?-->\\s*)*<svg\\b",
          Pattern.DOTALL);

  /** So much of a file may come before a drawing's first element. */
  private static final int TEXT = 1024;

  private OtherFormats() {}

  private static String text(byte[] file) {
    return new String(file, 0, Math.min(file.length, TEXT), StandardCharsets.ISO_8859_1);
  }

  private static Map<String, String> starts() {
    Map<String, String> starts = new LinkedHashMap<>();
    starts.put("GIF8", "a GIF picture");
    starts.put("\0\0\0\fjP  ", "a JPEG 2000 picture");
    starts.put("\u00ffO\u00ffQ", "a JPEG 2000 picture");
    starts.put("\u00ff\n", "a JPEG XL picture");
    starts.put("\0\0\0\fJXL ", "a JPEG XL picture");
    starts.put("8BPS", "a Photoshop picture");
    starts.put("v/1\1", "an OpenEXR picture");
    starts.put("SIMPLE  =", "a FITS picture");
    starts.put("II\u00bc\1", "a JPEG XR picture");
    starts.put("%PDF", "a PDF document");
    starts.put("FUJIFILMCCD-RAW", "a camera's raw picture");
    starts.put("IIRO", "a camera's raw picture");
    starts.put("IIU\0", "a camera's raw picture");
    return starts;
  }

  /** What a file is, as {@code "a GIF picture"}, if it is one of them. */
  static Optional<String> name(byte[] file) {
    String start = new String(file, 0, Math.min(file.length, 16), StandardCharsets.ISO_8859_1);
    if (start.startsWith("ftyp", 4) && start.length() >= 12) {
      return Optional.ofNullable(BRANDS.get(start.substring(8, 12)));
    }
    if (file.length > 132 && new String(file, 128, 4, StandardCharsets.ISO_8859_1).equals("DICM")) {
      return Optional.of("a DICOM picture");
    }
    if (DRAWING.matcher(text(file)).lookingAt()) {
      return Optional.of("an SVG drawing");
    }
    return STARTS.entrySet().stream()
        .filter(known -> start.startsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
