package io.github.anople.torch.pretrained;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The stack of the pickle machine, with its marks. */
final class PickleStack {

  private final PickleInput input;
  private final List<Object> values = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();

  PickleStack(PickleInput input) {
    this.input = input;
  }

  void push(Object value) {
    values.add(value);
  }

  /** Removes the top value; what lies below the last mark cannot be reached past it. */
  Object pop() {
    Object top = top();
    values.remove(values.size() - 1);
    return top;
  }

  Object top() {
    int floor = marks.isEmpty() ? 0 : marks.peek();
    if (values.size() <= floor) {
      throw input.fault("it takes a value from an empty stack");
    }
    return values.get(values.size() - 1);
  }

  /** The top value, which must be of one type. */
  <T> T top(Class<T> type) {
    return input.as(top(), type);
  }

  <T> T pop(Class<T> type) {
    return input.as(pop(), type);
  }

  void mark() {
    marks.push(values.size());
  }

  /** Removes the last mark and everything above it. */
  List<Object> popToMark() {
    if (marks.isEmpty()) {
      throw input.fault("it goes back to a mark that it never set");
    }
    List<Object> above = values.subList(marks.pop(), values.size());
    List<Object> copy = new ArrayList<>(above);
    above.clear();
    return copy;
  }

  boolean isEmpty() {
    return values.isEmpty() && marks.isEmpty();
  }
}
