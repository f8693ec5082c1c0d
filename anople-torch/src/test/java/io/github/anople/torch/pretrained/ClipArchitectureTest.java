package io.github.anople.torch.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.torch.backbone.Backbone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The activation, where no configuration or a doubtful one tells it. */
class ClipArchitectureTest {

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({
    "ViT-B-16,                              metaclip_400m.pt",
    "metaclip,                              ViT-B-16.pt",
    "DFN2B-CLIP-ViT-B-16,                   open_clip_pytorch_model.bin",
    "ViT-L-14-quickgelu,                    epoch_3.pt",
    "mine,                                  b16_fullcc2.5b.pt",
    "models--timm--ViT-B-16-openai/snapshots/3d74, open_clip_model.safetensors",
  })
  void namesOfQuickGeluWeightsAreTakenSoWithANote(String folder, String file) {
    ClipArchitecture found = found(folder, file, Optional.empty());

    assertTrue(found.config().quickGelu());
    assertTrue(found.config().name().endsWith("-quickgelu"), found.config().name());
    requireNote(found, file, "computed with QuickGELU");
  }

  @Test
  void whereNothingTellsTheNoteSaysHowToStateIt() {
    ClipArchitecture found = found("ViT-B-16", "tuned.pt", Optional.empty());

    assertFalse(found.config().quickGelu());
    requireNote(found, "tuned.pt", "computed with GELU", "-quickgelu", "\"quick_gelu\": true");
  }

  @Test
  void weightsThatAreKnownToWantGeluNeedNoNote() {
    ClipArchitecture found =
        found("x", "vit_b_16_plus_240-laion400m_e32-699c4b84.pt", Optional.empty());

    assertFalse(found.config().quickGelu());
    assertEquals(List.of(), found.notes());
  }

  @Test
  void aConfigurationHoldsAgainstTheNameWithANote() {
    Path gelu = Fixtures.golden("tiny_clip/open_clip_config.json");

    ClipArchitecture found = found("metaclip", "open_clip_model.safetensors", Optional.of(gelu));

    assertFalse(found.config().quickGelu());
    requireNote(found, "open_clip_model.safetensors", "its configuration says GELU");
    assertEquals(List.of(), found("mine", "x.pt", Optional.of(gelu)).notes());
  }

  private static void requireNote(ClipArchitecture found, String... parts) {
    assertEquals(1, found.notes().size());
    String note = found.notes().get(0);
    assertEquals(1, note.lines().count());
    for (String part : parts) {
      assertTrue(note.contains(part), note);
    }
  }

  private ClipArchitecture found(String folder, String file, Optional<Path> config) {
    Path directory = temporary.resolve(folder);
    assertFalse(Files.exists(directory)); // names alone tell
    Backbone files =
        new Backbone(
            String.valueOf(directory.getFileName()),
            directory,
            directory.resolve(file),
            directory.resolve("merges.txt"),
            config,
            Optional.empty());
    return ClipArchitecture.of(files, ClipLayout.OPEN_CLIP);
  }
}
