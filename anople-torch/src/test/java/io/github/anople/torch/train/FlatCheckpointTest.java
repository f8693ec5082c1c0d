package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.loss.LossValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints whose run is told by settings at one level. */
class FlatCheckpointTest {

  private static final String FLAT =
      "{\"interaction\":\"bidirectional\",\"text_context\":3,\"visual_context\":3,"
          + "\"depth\":{\"layer\":9,\"of\":12},\"sub_images\":true,\"view_signal\":true,"
          + "\"align\":\"weighted\",\"pixel_anomalies\":true,\"latent_anomalies\":true,"
          + "\"pixel_losses\":true,\"state_words\":[\"abnormal\"],\"class_word\":\"name\","
          + "\"memory\":true,\"memory_first\":{\"layer\":7,\"of\":12},"
          + "\"memory_last\":{\"layer\":10,\"of\":12},\"memory_shifts\":1,\"detection_shifts\":1,"
          + "\"coreset\":1.0,\"epochs\":60,\"prompt_rate\":0.001,\"decoder_rate\":2.0E-4,"
          + "\"warmup_epochs\":5,\"momentum\":0.9,\"weight_decay\":1.0E-5,\"image_size\":0,"
          + "\"seed\":0}";

  @TempDir Path folder;

  private final FloatTensor learned = new FloatTensor(List.of(2L), new float[] {1, 2});

  private final TrainingState state =
      new TrainingState(
          3,
          Map.of("a", learned),
          Map.of("a", learned),
          List.of(new TrainingState.Row(1, 1, 0, new LossValues(1, 2, 3, 4, 5, 15))));

  private TrainingState read(String written, String wanted) {
    Path file = folder.resolve("training.checkpoint");
    TrainingCheckpoint.write(file, written, state);
    return TrainingCheckpoint.read(file, wanted, Map.of("a", List.of(2L)));
  }

  @Test
  void aTrainingGoesOnFromThem() {
    String today = TrainingConfig.mvtec().toJson();

    assertEquals(3, read(FLAT + "\n{}", today + "\n{}").epochsDone());
    assertEquals(3, read(today + "\n{}", today + "\n{}").epochsDone());
  }

  @Test
  void thoseOfOtherSettingsOrPicturesAreRefused() {
    String today = TrainingConfig.mvtec().toJson();
    for (String other :
        List.of(
            FLAT.replace(":60", ":61") + "\n{}",
            FLAT + "\n{\"shots\":[]}",
            FLAT,
            "",
            "\n{}",
            "x")) {
      InputException refusal =
          assertThrows(InputException.class, () -> read(other, today + "\n{}"), other);
      assertTrue(refusal.getMessage().contains("training.checkpoint"), refusal.getMessage());
    }
  }
}
