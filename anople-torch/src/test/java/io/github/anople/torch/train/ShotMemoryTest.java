package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.memory.MemoryBank;
import io.github.anople.torch.memory.ShotViews;
import io.github.anople.torch.model.EncoderMemory;
import io.github.anople.torch.model.MemoryEncoders;
import io.github.anople.torch.model.MemoryLook;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShotMemoryTest {

  private static LoadedBackbone backbone;

  @BeforeAll
  static void open() {
    backbone = TinyTraining.backbone();
  }

  @AfterAll
  static void close() {
    backbone.close();
  }

  /**
   * A disc is the same however it lies; an arrow has an up and a down. Without the trunk nobody
   * would see it: the tiny backbone's weights are random.
   */
  @ParameterizedTest
  @ValueSource(strings = {"trunk", "clip+trunk"})
  void aViewJoinsOnlyIfThePartLooksGoodInIt(String encoder) {
    assertEquals(4, views(disc(), encoder, ShotViews.AUTO), "a disc");
    assertEquals(1, views(arrow(), encoder, ShotViews.AUTO), "an arrow");
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "TURNS", "ALL"})
  void withoutAQuestionEveryViewJoins(ShotViews views) {
    assertEquals(views.symmetries().size(), views(arrow(), "clip+trunk", views));
  }

  /** Beside other encoders the backbone sees shots as they are; alone it sees every view. */
  @Test
  void theBackbonesRowsAreTurnedOnlyWhereItSeesAlone() {
    assertEquals(List.of(1, 8), copies(arrow(), "clip+trunk", ShotViews.ALL));
    assertEquals(List.of(8), copies(arrow(), "clip", ShotViews.ALL));
  }

  private static int views(BufferedImage part, String encoder, ShotViews views) {
    List<Integer> copies = copies(part, encoder, views);
    return copies.get(copies.size() - 1);
  }

  private static List<Integer> copies(BufferedImage part, String encoder, ShotViews views) {
    TrainingConfig config =
        TinyTraining.config().with("memory.encoder", encoder).with("memory.views", views.id());
    int side = backbone.clip().config().vision().imageSize();
    RgbImage image = RgbImage.of(part);
    Shot shot =
        new Shot(
            null, Resampler.resize(image, 2 * side, 2 * side), Resampler.resize(image, side, side));
    MemoryLook look =
        MemoryEncoders.look(
            config,
            backbone,
            images ->
                MemoryBank.features(
                    backbone
                        .clip()
                        .vision()
                        .encode(images, null, config.memoryLayers(backbone.clip().config()))
                        .layers()
                        .values()));
    try {
      ShotMemory memory = new ShotMemory(look, config);
      ShotPatches patches = memory.patches(List.of(shot), () -> {}).get(0);
      assertEquals(config.memory().encoders(), List.copyOf(patches.copies().keySet()));
      patches
          .copies()
          .forEach(
              (name, copies) ->
                  assertArrayEquals(
                      copies.get(0).rows().values(),
                      memory
                          .patches(List.of(shot), () -> {})
                          .get(0)
                          .copies()
                          .get(name)
                          .get(0)
                          .rows()
                          .values(),
                      "the same each time"));
      return patches.copies().values().stream().map(List::size).toList();
    } finally {
      look.further().stream().map(EncoderMemory::encoder).forEach(one -> one.close());
    }
  }

  private static BufferedImage disc() {
    BufferedImage image = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 256; y++) {
      for (int x = 0; x < 256; x++) {
        boolean inside = Math.hypot(x - 127.5, y - 127.5) < 90;
        image.setRGB(x, y, inside ? 0xb0a080 : 0x203040);
      }
    }
    return image;
  }

  private static BufferedImage arrow() {
    BufferedImage image = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(0x203040));
    graphics.fillRect(0, 0, 256, 256);
    graphics.setColor(new Color(0xe0c040));
    graphics.fillPolygon(new int[] {128, 60, 128}, new int[] {20, 120, 120}, 3);
    graphics.setColor(new Color(0xc04040));
    graphics.fillRect(110, 120, 18, 110);
    graphics.setColor(new Color(0x40c0c0));
    graphics.fillRect(180, 150, 50, 20);
    graphics.dispose();
    return image;
  }
}
