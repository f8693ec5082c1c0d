package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.BinaryFile;
import io.github.anople.torch.pretrained.PickleValue.Dict;
import io.github.anople.torch.pretrained.PickleValue.Storage;
import io.github.anople.torch.pretrained.PickleValue.Tensor;
import io.github.anople.torch.pretrained.ZipDirectory.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights in a file of {@code torch.save} ({@code .bin}, {@code .pt}, torch 1.6 and later),
 * open for reading.
 *
 * <p>The file holds a state dict, or a training checkpoint with one under {@code state_dict} or
 * another usual name, whose other contents (the optimizer) are skipped. Nothing in the file is
 * executed: see {@link Unpickler}. Tensors stay where they lie and are read or mapped one by one.
 *
 * <p>Safe to share between threads.
 */
final class TorchPickle implements AutoCloseable {

  /** A state dict of CLIP has some 100 KB. */
  private static final int MAX_PICKLE_BYTES = 32 << 20;

  /** Under which names training programs keep the state dict. */
  private static final List<String> OTHERS = List.of("model_state_dict", "model", "module", "net");

  private static final String STATE_DICT = "state_dict";

  private static final String RESAVE =
      "load it in Python and save model.state_dict() again, as safetensors where you can";

  private final BinaryFile file;
  private final Map<String, StoredTensor> tensors;

  private final List<String> dropped;

  private TorchPickle(BinaryFile file, Map<String, StoredTensor> tensors, List<String> dropped) {
    this.file = file;
    this.tensors = tensors;
    this.dropped = List.copyOf(dropped);
  }

  /**
   * Opens a file, reads its pickle and checks that every tensor lies inside its storage.
   *
   * @param path the file
   * @return the open file, which the caller closes
   * @throws InputException naming what is wrong, if the file cannot be read, is not an archive of
   *     {@code torch.save}, or asks for anything that weights do not need
   */
  static TorchPickle open(Path path) {
    BinaryFile file = BinaryFile.open(path);
    try {
      Loading loading = new Loading(file);
      return new TorchPickle(file, loading.tensors(), loading.dropped);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * The file's path as it was given.
   *
   * @return the path
   */
  Path path() {
    return file.path();
  }

  /**
   * The tensors' names, without what wrappers put into them.
   *
   * @return unmodifiable, in the order of the state dict
   */
  List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /**
   * What wrappers had put into the names.
   *
   * @return for example {@code module.}; mostly nothing
   */
  List<String> dropped() {
    return dropped;
  }

  /**
   * Whether the state dict has a tensor of that name.
   *
   * @param name a tensor's name
   * @return true if it has
   */
  boolean contains(String name) {
    return tensors.containsKey(name);
  }

  /**
   * What a tensor is and where it lies.
   *
   * @param name a tensor's name
   * @return its type, shape and place
   * @throws InputException if there is no such tensor
   */
  StoredTensor tensor(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new InputException(
          path(),
          "has no tensor " + InputException.quoted(name),
          "check that this is the right file (it holds " + tensors.size() + " tensors)");
    }
    return tensor;
  }

  /**
   * A floating-point tensor's elements: F16 and BF16 widened exactly, F64 rounded to nearest.
   *
   * @param tensor a tensor of this file
   * @return a new array, row-major whatever the strides
   * @throws InputException if it holds integers, or does not fit into the Java heap
   */
  float[] floats(StoredTensor tensor) {
    if (!tensor.dtype().isFloating()) {
      throw new InputException(
          path() + ", tensor " + InputException.quoted(tensor.name()),
          "holds " + tensor.dtype() + " where floating-point numbers are expected",
          "check that this is the right file");
    }
    return StridedReader.floats(file, tensor);
  }

  /**
   * A contiguous tensor's bytes where they lie, mapped, not copied to the heap. The buffer outlives
   * {@link #close}; the file must not be shortened while it is used.
   *
   * @param tensor a tensor of this file
   * @return a read-only, little-endian buffer of {@link StoredTensor#byteSize} bytes, row-major
   * @throws InputException if it is larger than 2 GB
   * @throws IllegalArgumentException if it is not {@link StoredTensor#isContiguous contiguous}
   */
  ByteBuffer bytes(StoredTensor tensor) {
    if (!tensor.isContiguous()) {
      throw new IllegalArgumentException(tensor + " is not contiguous");
    }
    return file.map(tensor.begin(), tensor.byteSize());
  }

  /** Closes the file; buffers that were mapped stay valid. */
  @Override
  public void close() {
    file.close();
  }

  /** From the archive to its tensors, once. */
  private static final class Loading {

    private final BinaryFile file;
    private final ZipDirectory directory;
    private final Map<String, Entry> entries;
    private final String root;
    private final List<String> dropped = new ArrayList<>();

    Loading(BinaryFile file) {
      this.file = file;
      this.directory = ZipDirectory.read(file);
      this.entries = directory.entries();
      this.root = root();
    }

    Map<String, StoredTensor> tensors() {
      refuseTorchScript(); // first: its program is compressed, and that is not its fault
      directory.refuseCompressed();
      refuseBigEndian();
      Object saved = Unpickler.run(file.path(), pickle());
      Map<String, Tensor> described = described(stateDict(saved));
      Map<String, StoredTensor> tensors = new LinkedHashMap<>();
      WrapperNames.without(described, dropped)
          .forEach((name, tensor) -> tensors.put(name, located(name, tensor)));
      return tensors;
    }

    /** torch puts everything into one folder of the archive, named like the file it first was. */
    private String root() {
      List<String> roots =
          entries.keySet().stream()
              .filter(name -> name.indexOf('/') == name.length() - "/data.pkl".length())
              .filter(name -> name.endsWith("/data.pkl"))
              .map(name -> name.substring(0, name.indexOf('/') + 1))
              .toList();
      if (roots.size() != 1) {
        throw new InputException(
            file.path(),
            "is a zip archive with %d entries FOLDER/data.pkl, torch.save writes one"
                .formatted(roots.size()),
            "check that this is the weights file");
      }
      return roots.get(0);
    }

    private void refuseTorchScript() {
      if (entries.containsKey(root + "constants.pkl")
          || entries.keySet().stream().anyMatch(name -> name.startsWith(root + "code/"))) {
        throw new InputException(
            file.path(),
            "is a TorchScript archive (a program with weights inside)",
            "load it in Python with torch.jit.load and save its state_dict() as safetensors, or use"
                + " the OpenCLIP version of these weights");
      }
    }

    private void refuseBigEndian() {
      Entry order = entries.get(root + "byteorder");
      if (order != null) { // absent before torch 2.1
        int length = (int) Math.min(order.size(), 16);
        String stated =
            StandardCharsets.ISO_8859_1.decode(file.read(order.begin(), length)).toString();
        if (!stated.equals("little")) {
          throw new InputException(
              file.path(), "has the byte order " + InputException.quoted(stated), RESAVE);
        }
      }
    }

    private ByteBuffer pickle() {
      Entry pickle = entries.get(root + "data.pkl");
      if (pickle.size() > MAX_PICKLE_BYTES) {
        throw new InputException(
            file.path(),
            "its data.pkl has %d bytes, a state dict's has at most %d"
                .formatted(pickle.size(), MAX_PICKLE_BYTES),
            RESAVE);
      }
      return file.read(pickle.begin(), (int) pickle.size());
    }

    private Dict stateDict(Object saved) {
      if (saved instanceof Dict top) {
        if (top.entries.get(STATE_DICT) instanceof Dict inner && holdsTensors(inner)) {
          return inner;
        }
        return holdsTensors(top) ? top : inner(top);
      }
      throw new InputException(
          file.path(),
          "holds a " + saved.getClass().getSimpleName() + ", not a state dict",
          RESAVE);
    }

    private static Dict inner(Dict top) {
      return OTHERS.stream()
          .map(top.entries::get)
          .filter(value -> value instanceof Dict inner && holdsTensors(inner))
          .map(Dict.class::cast)
          .findFirst()
          .orElse(top);
    }

    private static boolean holdsTensors(Dict dict) {
      return dict.entries.values().stream().anyMatch(Tensor.class::isInstance);
    }

    /** The tensors of a state dict; what else is in it (a version, a flag) is no weight. */
    private Map<String, Tensor> described(Dict stateDict) {
      Map<String, Tensor> described = new LinkedHashMap<>();
      stateDict.entries.forEach(
          (key, value) -> {
            if (key instanceof String name && value instanceof Tensor tensor) {
              described.put(name, tensor);
            }
          });
      if (described.isEmpty()) {
        throw new InputException(
            file.path(), "holds no tensors, neither itself nor under 'state_dict'", RESAVE);
      }
      return described;
    }

    private StoredTensor located(String name, Tensor tensor) {
      String where = file.path() + ", tensor " + InputException.quoted(name);
      Storage storage = tensor.storage();
      Entry entry = entries.get(root + "data/" + storage.key());
      if (entry == null) {
        throw new InputException(
            where,
            "its storage " + InputException.quoted(storage.key()) + " is not in the archive",
            RESAVE);
      }
      if (storage.elements() < 0
          || entry.size() % storage.dtype().byteSize() != 0
          || storage.elements() != entry.size() / storage.dtype().byteSize()) {
        throw new InputException(
            where,
            "states a storage of %d elements of %s where the archive has %d bytes"
                .formatted(storage.elements(), storage.dtype(), entry.size()),
            RESAVE);
      }
      try {
        return new StoredTensor(
            name,
            storage.dtype(),
            tensor.shape(),
            tensor.strides(),
            tensor.offset(),
            entry.begin(),
            entry.size());
      } catch (IllegalArgumentException e) {
        throw new InputException(where, e.getMessage(), RESAVE);
      }
    }
  }
}
