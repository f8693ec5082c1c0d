package io.github.anople.benchmark.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatexTextTest {

  @Test
  void nothingIsACommandOrALigatureOfAnotherSign() {
    assertEquals(
        "\\textbackslash{}input\\{/etc\\} \\$x\\_1\\$ \\& 5\\% \\#1 \\textasciitilde{}"
            + " \\textasciicircum{} \\textless{}b\\textgreater{} \\textbar{}",
        LatexText.of("\\input{/etc} $x_1$ & 5% #1 ~ ^ <b> |"));
  }

  @Test
  void signsOfTablesAndOtherScriptsStay() {
    assertEquals("1.0 $\\pm$ 0.5 -- 螺丝 é", LatexText.of("1.0 ± 0.5 – 螺丝 é"));
  }

  @Test
  void linesCannotBeBroken() {
    assertEquals("a b c", LatexText.of("a\nb\u0000c"));
  }
}
