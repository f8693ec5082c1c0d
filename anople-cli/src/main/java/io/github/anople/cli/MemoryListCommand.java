package io.github.anople.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.app.Correcting;
import io.github.anople.app.Remembered;
import io.github.anople.console.Output;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.inspect.page.Words;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code anople memory list}: which pictures a detector remembers, since when, and by whom. */
@Command(
    name = "list",
    description = "Shows which pictures a detector remembers, version by version: when, by whom.",
    mixinStandardHelpOptions = true)
final class MemoryListCommand implements Callable<Integer> {

  private static final int DIGITS = 12;

  @Parameters(index = "0", paramLabel = "DETECTOR", description = "A detector (*.anople).")
  private Path detector;

  @Mixin private Output words;

  @Override
  public Integer call() {
    Remembered remembered = new Remembered(detector, Correcting.read(detector));
    PrintWriter out = words.result();
    if (words.json()) {
      out.println(json(remembered).toPrettyString());
      return 0;
    }
    out.println("version 0, as trained: " + Words.count(remembered.trained().size(), "picture"));
    remembered.trained().forEach(shot -> out.println(line(shot.name(), shot.sha256())));
    for (Addition addition : remembered.additions()) {
      out.println(head(addition));
      addition
          .pictures()
          .forEach(
              picture ->
                  out.println(line(addition.product() + "/" + picture.name(), picture.sha256())));
    }
    words.info(
        "what earlier versions of this program added is among the pictures of version 0: they kept"
            + " no record");
    return 0;
  }

  private static String head(Addition addition) {
    return "version %d, %s%s: %s, %s"
        .formatted(
            addition.version(),
            addition.signature().time(),
            addition.signature().by().map(name -> ", by " + printable(name)).orElse(""),
            Words.count(addition.pictures().size(), "picture"),
            Words.count(addition.memoryRows(), "patch").replace("patchs", "patches"));
  }

  private static String line(String name, String hash) {
    return "  %s  %s".formatted(hash.substring(0, DIGITS), printable(name));
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }

  private ObjectNode json(Remembered remembered) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("detector", detector.toString());
    json.put("version", remembered.bundle().additions().version());
    ArrayNode versions = json.putArray("versions");
    ArrayNode trained = versions.addObject().put("version", 0).putArray("pictures");
    for (Provenance.Shot shot : remembered.trained()) {
      trained.addObject().put("name", shot.name()).put("sha256", shot.sha256());
    }
    for (Addition addition : remembered.additions()) {
      ObjectNode one = versions.addObject().put("version", addition.version());
      one.put("time", addition.signature().time().toString());
      addition.signature().by().ifPresent(name -> one.put("by", name));
      one.put("class", addition.product());
      one.put("memory_rows", addition.memoryRows());
      ArrayNode pictures = one.putArray("pictures");
      for (Addition.Picture picture : addition.pictures()) {
        pictures
            .addObject()
            .put("name", addition.product() + "/" + picture.name())
            .put("sha256", picture.sha256());
      }
    }
    return json;
  }
}
