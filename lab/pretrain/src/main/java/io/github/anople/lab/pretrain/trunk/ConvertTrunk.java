package io.github.anople.lab.pretrain.trunk;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: makes the trunk's weights from the file that their makers published. */
@Command(
    name = "convert-trunk",
    mixinStandardHelpOptions = true,
    description = "Cuts the trunk out of the published detector and writes it as safetensors.")
final class ConvertTrunk implements Callable<Integer> {

  private static final int MODEL_FROM = 184;
  private static final int MODEL_TO = 9_987_912;
  private static final String MODEL_SHA256 =
      "d0a5255bf8c4f5a0bc4240741a76c41d5e939f7655078f945f50ab53a9375da6";
  private static final String ORIGIN =
      "npm package @mediapipe/objectron 0.4.1675468480, objectron_solution_packed_assets.data, "
          + "bytes 184 to 9987912: object_detection_ssd_mobilenetv2_oidv4_fp16.tflite, SHA-256 "
          + MODEL_SHA256;
  private static final String CHANGES =
      "first convolution and blocks 0 to 9 of the network alone; convolutions as "
          + "[out, in, height, width]; batch norm was folded by its makers; numbers as in the "
          + "original (fp16)";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = "objectron_solution_packed_assets.data of @mediapipe/objectron.")
  private Path from;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description = "Gets trunk.safetensors, which ships, and trunk-fp32.safetensors.")
  private Path output;

  private ConvertTrunk() {}

  /**
   * The command's entry.
   *
   * @param arguments {@code --from FILE --output FOLDER}
   */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new ConvertTrunk());
    command.setExecutionExceptionHandler(
        (fault, line, parsed) -> {
          if (fault instanceof InputException) {
            line.getErr().println(fault.getMessage());
            return 1;
          }
          throw fault;
        });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Map<String, FloatTensor> weights = weights(from);
    Files.createDirectories(output);
    write(output.resolve("trunk.safetensors"), DType.F16, weights);
    write(output.resolve("trunk-fp32.safetensors"), DType.F32, weights);
    return 0;
  }

  /**
   * Reads the weights out of the published file.
   *
   * @param assets the file
   * @return fp32, by the trunk's names
   * @throws InputException if it is another file
   */
  static Map<String, FloatTensor> weights(Path assets) {
    byte[] content;
    try {
      content = Files.readAllBytes(assets);
    } catch (IOException e) {
      throw new InputException(assets, "cannot be read (" + e + ")", "check the path", e);
    }
    byte[] model =
        content.length < MODEL_TO ? new byte[0] : Arrays.copyOfRange(content, MODEL_FROM, MODEL_TO);
    String sha256 = Sha256.of(model);
    if (!sha256.equals(MODEL_SHA256)) {
      throw new InputException(
          assets,
          content.length < MODEL_TO
              ? "has " + content.length + " bytes, fewer than " + MODEL_TO
              : "its bytes 184 to 9987912 have SHA-256 " + sha256 + ", not " + MODEL_SHA256,
          "take it out of version 0.4.1675468480 of @mediapipe/objectron");
    }
    return new TrunkConversion(assets.toString(), TfliteModel.read(assets.toString(), model))
        .weights();
  }

  /**
   * Writes weights.
   *
   * @param file the file, replaced if it is there
   * @param type fp16, which holds them as they are, or fp32
   * @param weights by name
   */
  static void write(Path file, DType type, Map<String, FloatTensor> weights) {
    List<TensorSource> tensors =
        weights.entrySet().stream()
            .map(
                entry ->
                    TensorSource.of(
                        entry.getKey(), type, entry.getValue().shape(), entry.getValue().values()))
            .toList();
    SafetensorsFile.write(
        file, Map.of("origin", ORIGIN, "licence", "Apache-2.0", "changes", CHANGES), tensors);
  }
}
