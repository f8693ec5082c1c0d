package io.github.anople.benchmark.drawing;

/** Text for LaTeX: names come from folders and files, and none may be a command. */
public final class LatexText {

  private LatexText() {}

  /**
   * A text that LaTeX shows as it is.
   *
   * @param text any characters; control characters become spaces
   * @return the same, escaped
   */
  public static String of(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\textbackslash{}");
        case '~' -> out.append("\\textasciitilde{}");
        case '^' -> out.append("\\textasciicircum{}");
        case '<' -> out.append("\\textless{}");
        case '>' -> out.append("\\textgreater{}");
        case '|' -> out.append("\\textbar{}");
        case '&', '%', '$', '#', '_', '{', '}' -> out.append('\\').append(c);
        case '±' -> out.append("$\\pm$");
        case '–' -> out.append("--");
        default -> out.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
    return out.toString();
  }
}
