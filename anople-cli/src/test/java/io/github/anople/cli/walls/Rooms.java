package io.github.anople.cli.walls;

import static io.github.anople.cli.walls.Room.room;

import java.util.List;

/**
 * Every room of every module that ships, and the rooms it may use. {@code docs/architecture.md} has
 * the same table with what each room is for; {@link WallsTest} compares the two and the code.
 */
final class Rooms {

  static final List<Room> ALL =
      List.of(
          room("core"),
          room("core.image", "core"),
          room("core.json", "core"),
          room("core.tensorfile", "core"),
          room("core.region", "core", "core.image", "core.json"),
          room("core.detect", "core", "core.image", "core.region"),
          room("core.decide", "core", "core.detect", "core.json", "core.region"),
          room("core.drift", "core", "core.image", "core.json", "core.region"),
          room(
              "core.bundle",
              "core",
              "core.decide",
              "core.drift",
              "core.image",
              "core.json",
              "core.region",
              "core.tensorfile"),
          room(
              "core.open",
              "core",
              "core.bundle",
              "core.decide",
              "core.detect",
              "core.drift",
              "core.region"),
          room("inspect.data", "core"),
          room("inspect.metric", "core.detect"),
          room("inspect.calibrate", "core.*", "inspect.data"),
          room("inspect.report", "core.*", "inspect.data"),
          room("inspect.page"),
          room(
              "inspect.report.html",
              "core",
              "core.decide",
              "core.drift",
              "inspect.data",
              "inspect.page",
              "inspect.report"),
          room("inspect.predict", "core.*", "inspect.data", "inspect.report"),
          room(
              "inspect.evaluate",
              "core.*",
              "inspect.data",
              "inspect.metric",
              "inspect.predict",
              "inspect.report",
              "inspect.report.html"),
          room("onnx", "core.*"),
          room("spark", "core.*", "onnx"),
          room("torch.backbone", "core"),
          room("torch.engine", "core", "core.bundle", "core.tensorfile"),
          room("torch.synth", "core", "core.image"),
          room("torch.view", "core.image"),
          room("torch.layer", "torch.engine"),
          room("torch.encoder", "core", "core.tensorfile", "torch.engine"),
          room("torch.clip", "core", "core.image", "torch.encoder", "torch.engine", "torch.layer"),
          room(
              "torch.encoder.dino",
              "core",
              "core.tensorfile",
              "torch.encoder",
              "torch.engine",
              "torch.layer"),
          room(
              "torch.pretrained",
              "core.*",
              "torch.backbone",
              "torch.clip",
              "torch.encoder.dino",
              "torch.engine",
              "torch.layer"),
          room("torch.prompt", "torch.clip", "torch.engine"),
          room("torch.decoder", "torch.clip", "torch.engine"),
          room("torch.memory", "torch.engine"),
          room("torch.scene", "core.tensorfile", "torch.encoder", "torch.engine"),
          room("torch.loss", "torch.decoder", "torch.engine"),
          room(
              "torch.config",
              "core",
              "core.detect",
              "core.json",
              "torch.clip",
              "torch.encoder",
              "torch.encoder.dino",
              "torch.loss",
              "torch.memory",
              "torch.prompt"),
          room(
              "torch.model",
              "core",
              "core.bundle",
              "core.detect",
              "core.image",
              "core.region",
              "core.tensorfile",
              "torch.clip",
              "torch.config",
              "torch.decoder",
              "torch.encoder",
              "torch.encoder.dino",
              "torch.engine",
              "torch.memory",
              "torch.pretrained",
              "torch.prompt",
              "torch.scene"),
          room(
              "torch.train",
              "core.*",
              "torch.clip",
              "torch.config",
              "torch.decoder",
              "torch.encoder",
              "torch.engine",
              "torch.loss",
              "torch.memory",
              "torch.model",
              "torch.pretrained",
              "torch.prompt",
              "torch.scene",
              "torch.synth",
              "torch.view"),
          room("torch", "core.*", "torch.clip", "torch.engine", "torch.model", "torch.pretrained"),
          room(
              "torch.calibrate",
              "core.*",
              "torch",
              "torch.model",
              "torch.pretrained",
              "torch.synth",
              "torch.train"),
          room("app.mini", "torch.backbone"),
          room(
              "app.export",
              "core.*",
              "inspect.data",
              "inspect.evaluate",
              "inspect.metric",
              "onnx",
              "torch",
              "torch.clip",
              "torch.encoder",
              "torch.encoder.dino",
              "torch.memory",
              "torch.model",
              "torch.scene"),
          room(
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
              "torch.pretrained",
              "torch.synth",
              "torch.train"),
          room("console", "core.*", "onnx", "torch.*"),
          room(
              "benchmark",
              "core.*",
              "inspect.data",
              "inspect.evaluate",
              "inspect.metric",
              "inspect.predict",
              "torch.config"),
          room("benchmark.descriptor", "core.detect", "core.image"),
          room("benchmark.drawing", "core"),
          room(
              "benchmark.baseline",
              "benchmark",
              "benchmark.descriptor",
              "core.*",
              "inspect.*",
              "torch.*"),
          room(
              "benchmark.spark",
              "benchmark",
              "benchmark.baseline",
              "core",
              "core.image",
              "core.open"),
          room(
              "benchmark.command",
              "benchmark",
              "benchmark.baseline",
              "console",
              "core",
              "inspect.metric",
              "torch.pretrained"),
          room("server.store", "core"),
          room(
              "server.project",
              "core",
              "core.image",
              "core.region",
              "server",
              "server.store",
              "torch.train"),
          room("server.account", "core", "server", "server.project", "server.store"),
          room(
              "server.enrol",
              "app.*",
              "core.*",
              "inspect.calibrate",
              "inspect.evaluate",
              "onnx",
              "server",
              "server.project",
              "server.store",
              "torch",
              "torch.config",
              "torch.engine",
              "torch.pretrained",
              "torch.train"),
          room(
              "server.inspect",
              "core.*",
              "inspect.report",
              "onnx",
              "server",
              "server.enrol",
              "server.project",
              "server.store"),
          room(
              "server.exchange",
              "core",
              "core.bundle",
              "core.decide",
              "core.image",
              "core.json",
              "core.open",
              "core.region",
              "inspect.data",
              "onnx",
              "server",
              "server.project",
              "server.store"),
          room(
              "server.connect",
              "core",
              "core.image",
              "inspect.data",
              "inspect.predict",
              "server",
              "server.inspect",
              "server.project",
              "server.store"),
          room(
              "server.api",
              "core",
              "core.drift",
              "server.account",
              "server.connect",
              "server.enrol",
              "server.exchange",
              "server.inspect",
              "server.project",
              "server.store"),
          room(
              "server.web",
              "core",
              "core.decide",
              "core.drift",
              "inspect.page",
              "server.account",
              "server.connect",
              "server.enrol",
              "server.exchange",
              "server.inspect",
              "server.project",
              "server.store"),
          room("server", "core", "server.store"),
          room("cli.demo", "app", "core.*", "inspect.*", "torch.*"),
          room(
              "cli",
              "app.*",
              "cli.demo",
              "console",
              "core.*",
              "inspect.*",
              "onnx",
              "server",
              "torch.*"));

  /**
   * Rooms that talk to a person, or, a training's own process, to the server: they alone print, end
   * the process, and know of options.
   */
  static final List<String> OUTERMOST =
      List.of("cli.*", "console", "benchmark.command", "server.enrol");

  /** Rooms that score: what they do may not depend on a label or a threshold. */
  static final List<String> BLIND =
      List.of(
          "core.detect",
          "torch.model",
          "torch.memory",
          "torch.scene",
          "torch.decoder",
          "benchmark.descriptor");

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
