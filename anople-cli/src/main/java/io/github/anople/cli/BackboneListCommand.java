package io.github.anople.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.anople.console.Output;
import io.github.anople.torch.backbone.Backbone;
import io.github.anople.torch.backbone.BackboneCatalog;
import io.github.anople.torch.backbone.BackboneKind;
import io.github.anople.torch.backbone.BackboneRelease;
import io.github.anople.torch.backbone.BackboneStore;
import io.github.anople.torch.backbone.BuiltInBackbone;
import io.github.anople.torch.backbone.DinoFiles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code anople backbone list}: what is installed, what is built in, and what can be pulled. */
@Command(
    name = "list",
    description = "Lists the installed backbones, the built-in one, and those that can be pulled.",
    mixinStandardHelpOptions = true)
final class BackboneListCommand implements Callable<Integer> {

  @Mixin private Output output;

  @Override
  public Integer call() {
    BackboneStore store = BackboneStore.standard();
    List<Backbone> installed = store.list();
    List<DinoFiles> encoders = store.encoders();
    List<String> names =
        Stream.concat(
                installed.stream().map(Backbone::name), encoders.stream().map(DinoFiles::name))
            .toList();
    if (output.json()) {
      output.result().println(json(installed, store.builtIn(), encoders, names).toPrettyString());
      return 0;
    }
    for (Backbone backbone : installed) {
      print(backbone.name(), "installed in " + backbone.directory());
    }
    store.builtIn().ifPresent(mini -> print(mini.name(), "built in; " + mini.note()));
    printReleases(BackboneKind.CLIP, names);
    output.result().println();
    output.result().println(BackboneKind.DINOV2.words());
    for (DinoFiles encoder : encoders) {
      print(encoder.name(), "installed in " + encoder.directory());
    }
    printReleases(BackboneKind.DINOV2, names);
    return 0;
  }

  private void printReleases(BackboneKind kind, List<String> names) {
    for (BackboneRelease release : BackboneCatalog.standard().of(kind)) {
      if (!names.contains(release.name())) {
        print(release.name(), "anople backbone pull " + release.name());
      }
    }
  }

  private void print(String name, String note) {
    output.result().println(String.format(Locale.ROOT, "%-28s %s", name, note));
  }

  private static ArrayNode json(
      List<Backbone> installed,
      Optional<BuiltInBackbone> builtIn,
      List<DinoFiles> encoders,
      List<String> names) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Backbone backbone : installed) {
      json.addObject()
          .put("name", backbone.name())
          .put("kind", BackboneKind.CLIP.id())
          .put("installed", true)
          .put("directory", backbone.directory().toString());
    }
    builtIn.ifPresent(
        mini ->
            json.addObject()
                .put("name", mini.name())
                .put("kind", BackboneKind.CLIP.id())
                .put("installed", true)
                .put("built_in", true)
                .put("note", mini.note()));
    for (DinoFiles encoder : encoders) {
      json.addObject()
          .put("name", encoder.name())
          .put("kind", BackboneKind.DINOV2.id())
          .put("installed", true)
          .put("directory", encoder.directory().toString());
    }
    for (BackboneRelease release : BackboneCatalog.standard().releases()) {
      if (!names.contains(release.name())) {
        json.addObject()
            .put("name", release.name())
            .put("kind", release.kind().id())
            .put("installed", false);
      }
    }
    return json;
  }
}
