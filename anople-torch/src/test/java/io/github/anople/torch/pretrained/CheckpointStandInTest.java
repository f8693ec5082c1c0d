package io.github.anople.torch.pretrained;

import static io.github.anople.torch.pretrained.TinyCheckpoint.CONFIG;
import static io.github.anople.torch.pretrained.TinyCheckpoint.MERGES;
import static io.github.anople.torch.pretrained.TinyCheckpoint.WEIGHTS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies where a backbone's files should be is told for what it is. */
@Timeout(60)
class CheckpointStandInTest {

  private static final String LFS =
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 598641023\n";
  private static final String PAGE =
      "\n<!DOCTYPE html>\n<html lang=\"en\"><head><title>Sign in · Hub</title></head></html>\n";

  @TempDir Path temporary;
  private TinyCheckpoint tiny;

  @BeforeEach
  void copy() throws IOException {
    tiny = TinyCheckpoint.in(temporary.resolve("tiny"));
  }

  @ParameterizedTest
  @ValueSource(strings = {WEIGHTS, "open_clip_pytorch_model.bin", "epoch_3.pt"})
  void inThePlaceOfWeights(String name) throws IOException {
    tiny.without(WEIGHTS);
    Path file = tiny.file(name);
    Files.writeString(file, LFS);
    tiny.refused(name, "Git LFS pointer", "git lfs pull", "download");
    Files.writeString(file, "/annex/objects/SHA256E-s598641023--4d7a.safetensors\n");
    tiny.refused(name, "git-annex pointer", "git annex get");
    Files.writeString(file, PAGE);
    tiny.refused(name, "an HTML page ('Sign in · Hub')", "download it again");
    Files.writeString(file, "<HTML><body>504</body></HTML>");
    tiny.refused(name, "an HTML page", "download it again");
    Files.writeString(file, "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>");
    tiny.refused(name, "an XML answer of a server", "download it again");
    Files.writeString(file, "{\"error\": \"Repository not found\"}");
    tiny.refused(name, "an answer of a server in JSON ('Repository not found')", "download");
    Files.writeString(file, "Entry not found");
    tiny.refused(name, "a text ('Entry not found')", "download it again");
    Files.writeString(file, "");
    tiny.refused(name, "is empty", "fetch or write it again");
  }

  @ParameterizedTest
  @ValueSource(strings = {CONFIG, MERGES})
  void inThePlaceOfWhatIsBesideThem(String name) throws IOException {
    for (String text : new String[] {LFS, PAGE}) {
      Files.writeString(tiny.file(name), text);
      tiny.refused(name, text.equals(LFS) ? "Git LFS pointer" : "an HTML page");
    }
    Files.writeString(tiny.file(name), "");
    tiny.refused(name, "is empty");
  }

  @Test
  void aLinkToNothingIsToldWithWhereItLeads() throws IOException {
    Files.createSymbolicLink(tiny.without(WEIGHTS).file(WEIGHTS), Path.of("../blobs/4d7a"));
    tiny.refused(WEIGHTS, "is a link to '../blobs/4d7a', which is not there", "download it again");

    Files.delete(tiny.file(WEIGHTS));
    Path annexed = Path.of("../.git/annex/objects/5G/SHA256E-s59--4d7a/SHA256E-s59--4d7a");
    Files.createSymbolicLink(tiny.file(WEIGHTS), annexed);
    tiny.refused(WEIGHTS, "git-annex pointer", "git annex get");
  }
}
