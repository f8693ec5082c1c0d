package io.github.anople.torch.pretrained;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What programs that wrap a model write into its tensors' names: {@code module.} (parallel
 * training), {@code _orig_mod.} ({@code torch.compile}), {@code model.} (trainers that hold it),
 * one before another.
 *
 * <p>What stands before all names is dropped. Marks that no model has of its own may also stand
 * inside a name, where a part of the model was wrapped, and are dropped there.
 */
final class WrapperNames {

  /** Never a part of a model's own names. */
  private static final Set<String> MARKS =
      Set.of("_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module");

  /** Wrappers only where all names begin so. */
  private static final Set<String> HOLDERS = Set.of("module", "model", "clip", "clip_model", "net");

  private WrapperNames() {}

  /**
   * The tensors by their own names.
   *
   * @param tensors by the names of a file, in its order
   * @param dropped is given what was dropped, once each, with its dot
   * @return the same where nothing is to be dropped, or two names would become one
   */
  static <T> Map<String, T> without(Map<String, T> tensors, Collection<String> dropped) {
    String before = before(tensors.keySet());
    Map<String, T> bare = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> bare.put(inside(name.substring(before.length())), tensor));
    if (bare.size() < tensors.size()) {
      return tensors;
    }
    if (!before.isEmpty()) {
      dropped.add(before);
    }
    tensors.keySet().stream()
        .flatMap(name -> parts(name.substring(before.length())).stream())
        .filter(MARKS::contains)
        .distinct()
        .sorted()
        .forEach(mark -> dropped.add(mark + "."));
    return bare;
  }

  /** What stands before all names. */
  private static String before(Set<String> names) {
    String before = "";
    for (Optional<String> next = next(names, before); next.isPresent(); ) {
      before = before + next.get() + ".";
      next = next(names, before);
    }
    return before;
  }

  /** The wrapper that follows in all names. */
  private static Optional<String> next(Set<String> names, String before) {
    return names.stream()
        .findFirst()
        .map(name -> parts(name.substring(before.length())).get(0))
        .filter(part -> MARKS.contains(part) || HOLDERS.contains(part))
        .filter(part -> names.stream().allMatch(name -> name.startsWith(before + part + ".")));
  }

  private static String inside(String name) {
    return parts(name).stream()
        .filter(part -> !MARKS.contains(part))
        .collect(Collectors.joining("."));
  }

  private static List<String> parts(String name) {
    return Arrays.asList(name.split("\\.", -1));
  }
}
