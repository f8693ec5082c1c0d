package io.github.anople.cli.demo;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;

/** A holiday picture that got among the parts: a sunset by the sea. */
final class Landscape {

  private static final int WIDTH = 400;
  private static final int HEIGHT = 300;

  private Landscape() {}

  static BufferedImage draw() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setPaint(
        new GradientPaint(0, 0, new Color(52, 70, 130), 0, 170, new Color(250, 170, 96)));
    canvas.fillRect(0, 0, WIDTH, 170);
    canvas.setColor(new Color(255, 226, 150));
    canvas.fill(new Ellipse2D.Double(230, 118, 66, 66));
    canvas.setPaint(
        new GradientPaint(0, 160, new Color(206, 120, 86), 0, 240, new Color(36, 60, 96)));
    canvas.fillRect(0, 160, WIDTH, 140);
    canvas.setColor(new Color(255, 220, 160, 150));
    for (int i = 0; i < 9; i++) {
      canvas.fillRect(263 - 30 + 3 * i - (i % 3) * 6, 166 + 9 * i, 60 - 5 * i, 2);
    }
    canvas.setColor(new Color(34, 38, 56));
    Path2D hill = new Path2D.Double();
    hill.moveTo(0, 162);
    hill.curveTo(40, 100, 110, 112, 170, 162);
    hill.closePath();
    canvas.fill(hill);
    canvas.setColor(new Color(196, 164, 116));
    Path2D beach = new Path2D.Double();
    beach.moveTo(0, HEIGHT);
    beach.curveTo(120, 236, 260, 262, WIDTH, 290);
    beach.lineTo(WIDTH, HEIGHT);
    beach.closePath();
    canvas.fill(beach);
    canvas.dispose();
    return image;
  }
}
