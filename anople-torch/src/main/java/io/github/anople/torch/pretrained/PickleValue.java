package io.github.anople.torch.pretrained;

import io.github.anople.core.tensorfile.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pickle can build here besides {@link String}, {@link Long}, {@link Double} and {@link
 * Boolean}: data that does nothing.
 *
 * <p>Containers are equal only to themselves: comparing or hashing one never walks into it, so one
 * that a hostile pickle has put into itself is harmless.
 */
sealed interface PickleValue {

  /** Values that weights never depend on: None, bytes, a device, a numpy scalar. */
  enum Inert implements PickleValue {
    /** The one value for all of them. */
    VALUE
  }

  /** A list or a tuple; the difference never matters here. */
  final class Sequence implements PickleValue {
    final List<Object> items;

    Sequence(List<Object> items) {
      this.items = new ArrayList<>(items);
    }
  }

  /** A dict or an OrderedDict, in order of insertion. */
  final class Dict implements PickleValue {
    final Map<Object, Object> entries = new LinkedHashMap<>();
  }

  /** The names a pickle may mention. None is looked up in a class path; each is only a word. */
  enum Callable {
    /** Called without arguments: an empty dictionary. */
    ORDERED_DICT,
    /** Called with a storage, an offset, a shape and strides: a tensor. */
    REBUILD_TENSOR,
    /** Called with a tensor: that tensor. */
    REBUILD_PARAMETER,
    /** Called with a tuple: that tuple. */
    SIZE,
    /** Called with anything: a value that weights do not depend on. */
    INERT,
    /** The type of a storage; not called. */
    STORAGE_TYPE
  }

  /**
   * A mention of a name.
   *
   * @param dtype the elements' type for {@link Callable#STORAGE_TYPE}, else null
   */
  record Global(String name, Callable callable, DType dtype) implements PickleValue {}

  /** A storage that a persistent id speaks of: an entry of the archive, not looked at yet. */
  record Storage(DType dtype, String key, long elements) implements PickleValue {}

  /** A tensor as the pickle describes it, not checked against its storage yet. */
  record Tensor(Storage storage, long offset, List<Long> shape, List<Long> strides)
      implements PickleValue {}
}
