package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.torch.pretrained.PickleValue.Callable;
import io.github.anople.torch.pretrained.PickleValue.Dict;
import io.github.anople.torch.pretrained.PickleValue.Global;
import io.github.anople.torch.pretrained.PickleValue.Inert;
import io.github.anople.torch.pretrained.PickleValue.Sequence;
import io.github.anople.torch.pretrained.PickleValue.Storage;
import io.github.anople.torch.pretrained.PickleValue.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pickle machine that can only build data: it runs the opcodes that {@code torch.save} writes for
 * a state dict, and "calling" a name means one of the few lines of {@link #called}. Opcodes as
 * Python's {@code pickletools} describes them.
 *
 * <p>One loop, no recursion. Each opcode adds at most one value, and their number is bounded, which
 * bounds the stack, the memo and every collection.
 */
final class Unpickler {

  /** A checkpoint with its optimizer has some 25 opcodes a tensor; this is room for 40,000. */
  static final int MAX_OPCODES = 1_000_000;

  /** Weights have at most 4 dimensions; bounds what one opcode can copy. */
  private static final int MAX_RANK = 16;

  private static final int MAX_PROTOCOL = 5;
  private static final String NOT_WEIGHTS =
      "no file of weights needs it, do not open it with a loader that runs pickles: get the weights"
          + " as safetensors, or as a plain state dict";

  private final PickleInput input;
  private final PickleStack stack;
  private final Map<Long, Object> memo = new HashMap<>();

  private Unpickler(Path path, ByteBuffer pickle) {
    this.input = new PickleInput(path, pickle);
    this.stack = new PickleStack(input);
  }

  /** Runs a pickle and returns what it leaves. */
  static Object run(Path path, ByteBuffer pickle) {
    return new Unpickler(path, pickle).run();
  }

  private Object run() {
    for (int count = 0; count < MAX_OPCODES; count++) {
      int opcode = input.opcode();
      if (opcode == '.') {
        Object result = stack.pop();
        if (!stack.isEmpty()) {
          throw input.fault("it stops with values left on the stack");
        }
        return result;
      }
      if (!scalar(opcode) && !container(opcode) && !memory(opcode) && !object(opcode)) {
        throw refused(opcode);
      }
    }
    throw input.fault("it has more than " + MAX_OPCODES + " opcodes");
  }

  /** Opcodes that push one plain value. */
  private boolean scalar(int opcode) {
    switch (opcode) {
      case 'N' -> stack.push(Inert.VALUE);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'K' -> stack.push((long) input.unsignedByte());
      case 'M' -> stack.push((long) input.unsignedShort());
      case 'J' -> stack.push((long) input.signedInt());
      case 0x8a -> integer(input.unsignedByte());
      case 0x8b -> integer(input.signedInt());
      case 'G' -> stack.push(input.bigEndianDouble());
      case 'X' -> stack.push(input.text(input.unsignedInt()));
      case 0x8c -> stack.push(input.text(input.unsignedByte()));
      case 0x8d -> stack.push(input.text(input.signedLong()));
      case 'C' -> bytes(input.unsignedByte());
      case 'B' -> bytes(input.unsignedInt());
      case 0x8e -> bytes(input.signedLong());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Opcodes that build or fill lists, tuples and dictionaries. */
  private boolean container(int opcode) {
    switch (opcode) {
      case '(' -> stack.mark();
      case ']', ')' -> stack.push(new Sequence(List.of()));
      case '}' -> stack.push(new Dict());
      case 't', 'l' -> stack.push(new Sequence(stack.popToMark()));
      case 0x85, 0x86, 0x87 -> tuple(opcode - 0x84);
      case 'a' -> append(List.of(stack.pop()));
      case 'e' -> append(stack.popToMark());
      case 's' -> {
        Object value = stack.pop();
        setItems(List.of(stack.pop(), value));
      }
      case 'u' -> setItems(stack.popToMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Opcodes of the memo and of the stack itself, and those that carry nothing. */
  private boolean memory(int opcode) {
    switch (opcode) {
      case 0x80 -> protocol(input.unsignedByte());
      case 0x95 -> input.signedLong(); // a frame's length helps only readers of streams
      case 'q' -> memo.put((long) input.unsignedByte(), stack.top());
      case 'r' -> memo.put(input.unsignedInt(), stack.top());
      case 0x94 -> memo.put((long) memo.size(), stack.top());
      case 'h' -> recall(input.unsignedByte());
      case 'j' -> recall(input.unsignedInt());
      case '0' -> stack.pop();
      case '1' -> stack.popToMark();
      case '2' -> stack.push(stack.top());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Opcodes by which Python makes objects. */
  private boolean object(int opcode) {
    switch (opcode) {
      case 'c' -> global(input.line(), input.line());
      case 0x93 -> {
        String name = stack.pop(String.class);
        global(stack.pop(String.class), name);
      }
      case 'R' -> {
        List<Object> arguments = stack.pop(Sequence.class).items;
        stack.push(called(stack.pop(Global.class), arguments));
      }
      case 'b' -> build();
      case 'Q' -> stack.push(storage(stack.pop(Sequence.class).items));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void protocol(int version) {
    if (version > MAX_PROTOCOL) {
      throw input.fault("pickle protocol " + version + " is not known");
    }
  }

  private void integer(int length) {
    if (length <= Long.BYTES && length >= 0) {
      stack.push(input.integer(length));
    } else {
      bytes(length); // a random generator's state, at most
    }
  }

  private void bytes(long length) {
    input.skip(length);
    stack.push(Inert.VALUE);
  }

  private void tuple(int length) {
    Object[] items = new Object[length];
    for (int i = length - 1; i >= 0; i--) {
      items[i] = stack.pop();
    }
    stack.push(new Sequence(List.of(items)));
  }

  private void append(List<Object> items) {
    stack.top(Sequence.class).items.addAll(items);
  }

  private void setItems(List<Object> pairs) {
    Dict dict = stack.top(Dict.class);
    if (pairs.size() % 2 != 0) {
      throw input.fault("a dictionary gets a key without a value");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      dict.entries.put(pairs.get(i), pairs.get(i + 1));
    }
  }

  private void recall(long index) {
    Object value = memo.get(index);
    if (value == null) {
      throw input.fault("it recalls value " + index + ", which it never stored");
    }
    stack.push(value);
  }

  private void global(String module, String name) {
    stack.push(PickleGlobals.find(module, name).orElseThrow(() -> asksFor(module, name)));
  }

  /** What calling a name means: the whole of it. */
  private Object called(Global global, List<Object> arguments) {
    return switch (global.callable()) {
      case ORDERED_DICT -> {
        arguments(global, arguments, 0, 0);
        yield new Dict();
      }
      case REBUILD_TENSOR -> {
        arguments(global, arguments, 6, 7);
        yield tensor(arguments);
      }
      case REBUILD_PARAMETER -> {
        arguments(global, arguments, 3, 3);
        yield input.as(arguments.get(0), Tensor.class);
      }
      case SIZE -> {
        arguments(global, arguments, 1, 1);
        yield input.as(arguments.get(0), Sequence.class);
      }
      case INERT -> Inert.VALUE;
      case STORAGE_TYPE ->
          throw input.fault("it asks to call " + global.name() + ", a storage's type");
    };
  }

  /**
   * {@code _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks[, metadata])}.
   */
  private Tensor tensor(List<Object> arguments) {
    return new Tensor(
        input.as(arguments.get(0), Storage.class),
        input.as(arguments.get(1), Long.class),
        integers(input.as(arguments.get(2), Sequence.class)),
        integers(input.as(arguments.get(3), Sequence.class)));
  }

  /** The persistent id {@code ('storage', type, key, location, number of elements)}. */
  private Storage storage(List<Object> id) {
    if (id.size() != 5 || !"storage".equals(id.get(0))) {
      throw input.fault("a persistent id does not name a storage");
    }
    Global type = input.as(id.get(1), Global.class);
    if (type.callable() != Callable.STORAGE_TYPE) {
      throw input.fault("a persistent id gives " + type.name() + " for a storage's type");
    }
    return new Storage(
        type.dtype(), input.as(id.get(2), String.class), input.as(id.get(4), Long.class));
  }

  /** An OrderedDict's attributes (its {@code _metadata}) and a numpy type's state: both dropped. */
  private void build() {
    stack.pop();
    Object target = stack.top();
    if (!(target instanceof Dict) && target != Inert.VALUE) {
      throw input.fault(
          "it asks to change the state of a " + target.getClass().getSimpleName(), NOT_WEIGHTS);
    }
  }

  private List<Long> integers(Sequence sequence) {
    if (sequence.items.size() > MAX_RANK) {
      throw input.fault("a tensor has " + sequence.items.size() + " dimensions");
    }
    List<Long> values = new ArrayList<>();
    for (Object item : sequence.items) {
      values.add(input.as(item, Long.class));
    }
    return values;
  }

  private void arguments(Global global, List<Object> arguments, int least, int most) {
    if (arguments.size() < least || arguments.size() > most) {
      throw input.fault(
          "it asks to call %s with %d arguments".formatted(global.name(), arguments.size()));
    }
  }

  private InputException asksFor(String module, String name) {
    return input.fault("asks to call " + InputException.quoted(module + "." + name), NOT_WEIGHTS);
  }

  /** Python has more ways to make an object; weights need none of them. */
  private InputException refused(int opcode) {
    if (opcode == 'i') { // INST: a call with its name inside
      return asksFor(input.line(), input.line());
    }
    String name =
        switch (opcode) {
          case 'o' -> "OBJ";
          case 'P' -> "PERSID";
          case 0x81 -> "NEWOBJ";
          case 0x92 -> "NEWOBJ_EX";
          case 0x82, 0x83, 0x84 -> "EXT";
          default -> "unknown here";
        };
    return input.fault("asks for pickle opcode 0x%02x (%s)".formatted(opcode, name), NOT_WEIGHTS);
  }
}
