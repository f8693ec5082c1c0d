package io.github.anople.torch.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationTest {

  @ParameterizedTest
  @CsvSource({
    "ViT-B-32-quickgelu,                          QUICK_GELU",
    "vit_b_32-quickgelu-laion400m_e32-46683a32.pt, QUICK_GELU",
    "ViT-L-14 (openai),                           QUICK_GELU",
    "ViT-B-16_metaclip_fullcc,                    QUICK_GELU",
    "MetaCLIP-B16-400M,                           QUICK_GELU",
    "b16_fullcc2.5b.pt,                           QUICK_GELU",
    "l14_400m.pt,                                 QUICK_GELU",
    "DFN2B-CLIP-ViT-B-16,                         QUICK_GELU",
    "models--apple--DFN5B-CLIP-ViT-H-14,          QUICK_GELU",
    "ViT-B-16-dfn2b,                              QUICK_GELU",
    "DFN2B-CLIP-ViT-L-14-39B,                     UNTOLD",
    "vit_b_16_plus_240-laion400m_e32-699c4b84.pt, GELU",
    "CLIP-ViT-B-32-laion2B-s34B-b79K,             GELU",
    "CLIP-ViT-B-16-DataComp.XL-s13B-b90K,         GELU",
    "ViT-B-32-CommonPool.M,                       GELU",
    "ViT-B-32,                                    UNTOLD",
    "our fine-tuned clip,                         UNTOLD",
    "dfnx,                                        UNTOLD",
  })
  void aNameTellsWhatTheWeightsWereTrainedWith(String name, Activation activation) {
    assertEquals(activation, Activation.mentionedIn(List.of(name)));
  }

  @Test
  void anyNameOfSeveralTells() {
    assertEquals(Activation.QUICK_GELU, Activation.mentionedIn(List.of("ViT-B-16", "metaclip")));
    assertEquals(Activation.GELU, Activation.mentionedIn(List.of("epoch_3.pt", "laion2b")));
    assertEquals(Activation.UNTOLD, Activation.mentionedIn(List.of()));
  }

  @Test
  void metaClipsOwnFileNamesTellTheArchitecture() {
    assertEquals(
        "ViT-B-16-quickgelu",
        KnownArchitectures.mentionedIn("b16_fullcc2.5b.pt").orElseThrow().name());
    assertEquals(
        "ViT-L-14-quickgelu", KnownArchitectures.mentionedIn("l14_400m.pt").orElseThrow().name());
  }
}
