package io.github.anople.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.anople.console.Output;
import io.github.anople.torch.backbone.Backbone;
import io.github.anople.torch.backbone.BackboneCatalog;
import io.github.anople.torch.backbone.BackboneRelease;
import io.github.anople.torch.backbone.BackboneStore;
import io.github.anople.torch.backbone.BuiltInBackbone;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    List<String> names = installed.stream().map(Backbone::name).toList();
    if (output.json()) {
      output.result().println(json(installed, store.builtIn(), names).toPrettyString());
      return 0;
    }
    for (Backbone backbone : installed) {
      print(backbone.name(), "installed in " + backbone.directory());
    }
    store.builtIn().ifPresent(mini -> print(mini.name(), "built in; " + mini.note()));
    for (BackboneRelease release : BackboneCatalog.standard().releases()) {
      if (!names.contains(release.name())) {
        print(release.name(), "anople backbone pull " + release.name());
      }
    }
    return 0;
  }

  private void print(String name, String note) {
    output.result().println(String.format(Locale.ROOT, "%-24s %s", name, note));
  }

  private static ArrayNode json(
      List<Backbone> installed, Optional<BuiltInBackbone> builtIn, List<String> names) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Backbone backbone : installed) {
      json.addObject()
          .put("name", backbone.name())
          .put("installed", true)
          .put("directory", backbone.directory().toString());
    }
    builtIn.ifPresent(
        mini ->
            json.addObject()
                .put("name", mini.name())
                .put("installed", true)
                .put("built_in", true)
                .put("note", mini.note()));
    for (BackboneRelease release : BackboneCatalog.standard().releases()) {
      if (!names.contains(release.name())) {
        json.addObject().put("name", release.name()).put("installed", false);
      }
    }
    return json;
  }
}
