package io.github.anople.torch.backbone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A backbone that comes inside a jar. Its weights have to be a real file before libtorch can map
 * them, so it is unpacked into a cache folder when it is used, and found there the next time.
 *
 * <p>Its resources are the files of an OpenCLIP folder and {@value #SUMS}, as {@code sha256sum}
 * writes it. The cache folder's name carries the weights' hash, so that another version of the jar
 * has another folder, and every file is checked against its hash whenever the backbone is opened.
 */
public final class BuiltInBackbone {

  private static final Logger LOG = LoggerFactory.getLogger(BuiltInBackbone.class);
  private static final String SUMS = "SHA256SUMS";
  private static final String WEIGHTS = "open_clip_model.safetensors";
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})[ *]{2}([A-Za-z0-9._-]+)");
  private static final int DIGITS_IN_NAME = 12;

  private final String name;
  private final String note;
  private final Function<String, InputStream> resources;
  private final Map<String, String> sums;

  /**
   * A backbone among the resources of a jar.
   *
   * @param name what to ask for it by
   * @param note its licence and its limits, in a line
   * @param resources opens a file by its name, null if there is none, such as {@code
   *     SomeClass.class::getResourceAsStream}
   * @throws IllegalArgumentException if a resource is missing, or {@value #SUMS} is not what {@code
   *     sha256sum} writes: the jar was built wrongly
   */
  public BuiltInBackbone(String name, String note, Function<String, InputStream> resources) {
    this.name = name;
    this.note = note;
    this.resources = resources;
    this.sums = sums(new String(bytes(SUMS), UTF_8));
    if (!sums.containsKey(WEIGHTS)) {
      throw new IllegalArgumentException(SUMS + " of backbone " + name + " lacks " + WEIGHTS);
    }
  }

  private static Map<String, String> sums(String text) {
    Map<String, String> sums = new TreeMap<>();
    for (String line : text.lines().toList()) {
      Matcher sum = SUM.matcher(line);
      if (!sum.matches()) {
        throw new IllegalArgumentException(SUMS + " has the line " + InputException.quoted(line));
      }
      sums.put(sum.group(2), sum.group(1));
    }
    return sums;
  }

  /**
   * What to ask for it by.
   *
   * @return for example {@code mini}
   */
  public String name() {
    return name;
  }

  /**
   * What to know before using it.
   *
   * @return its licence and its limits, in a line
   */
  public String note() {
    return note;
  }

  /**
   * The hash by which detectors know their backbone.
   *
   * @return the weights' SHA-256, 64 lower-case hexadecimal digits
   */
  public String sha256() {
    return sums.get(WEIGHTS);
  }

  /**
   * The backbone as files: those that an earlier call left, where they are whole, else newly
   * unpacked ones. Threads and processes may call it at once.
   *
   * @param cache the folder of unpacked backbones, which is made if it does not exist. Where it
   *     cannot be written, a temporary folder serves until the program ends, and a warning is
   *     logged
   * @return the backbone, every file of the hash that it should have
   * @throws InputException if neither folder can be written, or the jar is damaged
   */
  public Backbone unpack(Path cache) {
    Path directory = cache.resolve(name + "-" + sha256().substring(0, DIGITS_IN_NAME));
    if (!isWhole(directory)) {
      try {
        Files.createDirectories(directory);
        writeMissing(directory);
      } catch (IOException | InputException e) {
        // Another process may have been quicker, and where files are locked it is then in the way.
        if (!isWhole(directory)) {
          return unpackTemporarily(directory, e);
        }
      }
    }
    return opened(directory);
  }

  private Backbone unpackTemporarily(Path instead, Exception reason) {
    Path directory;
    try {
      directory = Files.createTempDirectory("anople-" + name + "-");
    } catch (IOException e) {
      throw new InputException(
          instead,
          "cannot be written, nor can a temporary folder (" + e + ")",
          "free some space, or make one of them writable",
          e);
    }
    // In this order: the last to be registered is the first to be deleted.
    directory.toFile().deleteOnExit();
    sums.keySet().stream().map(directory::resolve).map(Path::toFile).forEach(File::deleteOnExit);
    writeMissing(directory);
    LOG.warn(
        "{} cannot be written ({}): backbone {} is unpacked to {} for this run",
        instead,
        reason.getMessage(),
        name,
        directory);
    return opened(directory);
  }

  /** By the backbone's name, not by the folder's with the digits. */
  private Backbone opened(Path directory) {
    Backbone files = Backbone.open(directory);
    return new Backbone(
        name,
        files.directory(),
        files.weights(),
        files.vocabulary(),
        files.config(),
        Optional.of(name));
  }

  private boolean isWhole(Path directory) {
    return sums.keySet().stream().allMatch(file -> isWhole(directory, file));
  }

  private boolean isWhole(Path directory, String file) {
    Path path = directory.resolve(file);
    try {
      return Files.isRegularFile(path) && PartFile.sha256(path).equals(sums.get(file));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whole files stay as they are: another process may have mapped them. */
  private void writeMissing(Path directory) {
    for (String file : sums.keySet()) {
      if (!isWhole(directory, file)) {
        byte[] content = bytes(file);
        requireSum(file, content);
        AtomicFile.write(directory.resolve(file), out -> out.write(content));
      }
    }
  }

  private void requireSum(String file, byte[] content) {
    String sum = Sha256.of(content);
    if (!sum.equals(sums.get(file))) {
      throw new InputException(
          "built-in backbone " + name,
          file + " has SHA-256 " + sum + ", not " + sums.get(file),
          "its jar is damaged: build or download it again");
    }
  }

  private byte[] bytes(String file) {
    try (InputStream in = resources.apply(file)) {
      if (in == null) {
        throw new IllegalArgumentException("backbone " + name + " has no resource " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new InputException(
          "built-in backbone " + name,
          file + " cannot be read (" + e.getMessage() + ")",
          "its jar is damaged: build or download it again",
          e);
    }
  }
}
