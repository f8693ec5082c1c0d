package io.github.anople.cli.walls;

import static io.github.anople.cli.walls.Room.of;

import java.util.List;

/**
 * Every room of every module that ships, and the rooms it may use. {@code docs/architecture.md} has
 * the same table with what each room is for; {@link WallsTest} compares the two and the code.
 */
final class Rooms {

  static final List<Room> ALL =
      List.of(
          of("core"),
          of("core.image", "core"),
          of("core.json", "core"),
          of("core.tensorfile", "core"),
          of("core.detect", "core", "core.image"),
          of("core.decide", "core", "core.detect", "core.json"),
          of("core.bundle", "core", "core.decide", "core.image", "core.json", "core.tensorfile"),
          of("core.open", "core", "core.bundle", "core.decide", "core.detect"),
          of("inspect.data", "core"),
          of("inspect.metric", "core.detect"),
          of("inspect.calibrate", "core.*", "inspect.data"),
          of("inspect.report", "core.*", "inspect.data"),
          of("inspect.page"),
          of(
              "inspect.report.html",
              "core",
              "core.decide",
              "inspect.data",
              "inspect.page",
              "inspect.report"),
          of("inspect.predict", "core.*", "inspect.data", "inspect.report"),
          of(
              "inspect.evaluate",
              "core.*",
              "inspect.data",
              "inspect.metric",
              "inspect.predict",
              "inspect.report",
              "inspect.report.html"),
          of("onnx", "core.*"),
          of("torch.backbone", "core"),
          of("torch.engine", "core", "core.bundle", "core.tensorfile"),
          of("torch.synth", "core"),
          of("torch.view", "core.image"),
          of("torch.clip", "core", "core.image", "torch.engine"),
          of("torch.pretrained", "core.*", "torch.backbone", "torch.clip", "torch.engine"),
          of("torch.prompt", "torch.clip", "torch.engine"),
          of("torch.decoder", "torch.clip", "torch.engine"),
          of("torch.memory", "torch.engine"),
          of("torch.loss", "torch.decoder", "torch.engine"),
          of(
              "torch.config",
              "core",
              "core.json",
              "torch.clip",
              "torch.loss",
              "torch.memory",
              "torch.prompt"),
          of(
              "torch.model",
              "core",
              "core.bundle",
              "core.image",
              "core.tensorfile",
              "torch.clip",
              "torch.config",
              "torch.decoder",
              "torch.engine",
              "torch.memory",
              "torch.pretrained",
              "torch.prompt"),
          of(
              "torch.train",
              "core.*",
              "torch.clip",
              "torch.config",
              "torch.decoder",
              "torch.engine",
              "torch.loss",
              "torch.memory",
              "torch.model",
              "torch.pretrained",
              "torch.prompt",
              "torch.synth",
              "torch.view"),
          of("torch", "core.*", "torch.clip", "torch.engine", "torch.model", "torch.pretrained"),
          of(
              "torch.calibrate",
              "core.*",
              "torch",
              "torch.clip",
              "torch.config",
              "torch.memory",
              "torch.model",
              "torch.pretrained",
              "torch.synth",
              "torch.train"),
          of("app.mini", "torch.backbone"),
          of(
              "app.export",
              "core.*",
              "inspect.data",
              "inspect.evaluate",
              "inspect.metric",
              "onnx",
              "torch",
              "torch.clip",
              "torch.engine",
              "torch.memory",
              "torch.model"),
          of(
              "app",
              "app.export",
              "core.*",
              "inspect.calibrate",
              "inspect.data",
              "inspect.evaluate",
              "inspect.report",
              "onnx",
              "torch",
              "torch.calibrate",
              "torch.clip",
              "torch.config",
              "torch.engine",
              "torch.pretrained",
              "torch.synth",
              "torch.train"),
          of("console", "core.*", "onnx", "torch.*"),
          of(
              "benchmark",
              "core.*",
              "inspect.data",
              "inspect.evaluate",
              "inspect.metric",
              "inspect.predict",
              "torch.config"),
          of("benchmark.descriptor", "core.detect", "core.image"),
          of(
              "benchmark.baseline",
              "benchmark",
              "benchmark.descriptor",
              "core.*",
              "inspect.*",
              "torch.*"),
          of(
              "benchmark.command",
              "benchmark",
              "benchmark.baseline",
              "console",
              "core",
              "inspect.metric",
              "torch.pretrained"),
          of("cli.demo", "app", "core.*", "inspect.*", "torch.*"),
          of("cli", "app.*", "cli.demo", "console", "core.*", "inspect.*", "onnx", "torch.*"));

  /** Rooms that talk to a person: they alone print, end the process, and know of options. */
  static final List<String> OUTERMOST = List.of("cli.*", "console", "benchmark.command");

  /** Rooms that score: what they do may not depend on a label or a threshold. */
  static final List<String> BLIND =
      List.of(
          "core.detect", "torch.model", "torch.memory", "torch.decoder", "benchmark.descriptor");

  /** Rooms that hold libtorch's tensors. */
  static final List<String> TENSORS = List.of("torch.*", "benchmark.baseline");

  /** Rooms that make tensors, each on the device that computes with it. */
  static final List<String> TENSOR_MAKERS = List.of("torch.engine", "torch.pretrained");

  /** Rooms that run a graph. */
  static final List<String> ONNX_RUNTIME = List.of("onnx", "app.export");

  /** Rooms that write one. */
  static final List<String> ONNX_OPERATORS = List.of("app.export");

  private Rooms() {}
}
